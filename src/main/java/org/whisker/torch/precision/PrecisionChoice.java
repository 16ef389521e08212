package org.whisker.torch.precision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchDevice;
import org.whisker.value.Text;

/**
 * Float32 or bfloat16 for the searches on a network, by rule: bfloat16 where the device convolves
 * faster in it ({@link FastBfloat16}), if the network then still ranks siblings, pictures that
 * differ in a few pixels, as in float32. No speed is measured: for one network on one machine the
 * choice is the same each time.
 *
 * @param faster whether bfloat16 is worth looking at, and why
 * @param agreement the agreement of both precisions; empty where bfloat16 was not looked at
 */
public record PrecisionChoice(FastBfloat16 faster, Optional<RankAgreement> agreement) {
  /** The smallest agreement among siblings for which bfloat16 is chosen. */
  public static final double LEAST_AGREEMENT = 0.98;

  public Precision precision() {
    boolean agrees = agreement.filter(a -> a.siblings() >= LEAST_AGREEMENT).isPresent();
    return faster.available() && agrees ? Precision.BFLOAT16 : Precision.FLOAT32;
  }

  /** The reason, in one line. */
  public String reason() {
    if (agreement.isEmpty()) {
      return faster.reason();
    }
    return Text.of(
        "%s; the network ranks siblings in bfloat16 as in float32 to %.4f%s",
        faster.reason(),
        agreement.get().siblings(),
        precision() == Precision.BFLOAT16 ? "" : ", " + LEAST_AGREEMENT + " is wanted");
  }

  /** What a manifest says of it. */
  public Map<String, Object> manifest() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("reason", reason());
    agreement.ifPresent(
        found -> {
          map.put("pictures", found.pictures());
          map.put("spearman_siblings", found.siblings());
          map.put("spearman_all", found.all());
          map.put("least_spearman_siblings", LEAST_AGREEMENT);
        });
    return map;
  }

  /**
   * Whether a device convolves faster in bfloat16 than in float32. That is told by what the device
   * is, so it is the same each time; speeds were measured once, to find the rule:
   *
   * <ul>
   *   <li>A processor with AMX ({@code amx_bf16}) does: oneDNN scored the embedded networks 2.2 to
   *       3.3 times as fast (a Xeon of family 6, model 143).
   *   <li>So does one of AMD with {@code avx512_bf16} (from Zen 4 on): 1.4 to 2.4 times.
   *   <li>One of Intel with {@code avx512_bf16} and no AMX does not: 0.7 to 1.1 times, since its
   *       products of bfloat16 take as long as twice as many of float32.
   *   <li>Without such instructions oneDNN converts each value: 0.3 to 0.5 times.
   *   <li>An NVIDIA GPU does from compute capability 8.0 on, whose tensor cores have bfloat16. This
   *       is from the maker's tables and was not measured here.
   *   <li>Of everything else nothing is known.
   * </ul>
   *
   * @param available whether it does
   * @param reason in words, such as {@code the processor has amx_bf16}
   */
  public record FastBfloat16(boolean available, String reason) {
    /** The compute capability from which on GPUs have bfloat16 in their tensor cores, times 10. */
    private static final int LEAST_CAPABILITY = 80;

    /** Tells whether a device of this machine has fast bfloat16. */
    public static FastBfloat16 on(TorchDevice device) {
      if (device.isCpu()) {
        return of(Processor.here());
      }
      return device.computeCapability().isPresent()
          ? ofCapability(device.computeCapability().getAsInt())
          : new FastBfloat16(false, "whether " + device + " is fast in bfloat16 is not known");
    }

    /** Tells whether a processor has fast bfloat16. */
    static FastBfloat16 of(Processor processor) {
      if (processor.instructions().isEmpty()) {
        return new FastBfloat16(false, "the instructions of the processor are not known here");
      }
      if (processor.instructions().contains("amx_bf16")) {
        return new FastBfloat16(true, "the processor has amx_bf16");
      }
      if (!processor.instructions().contains("avx512_bf16")) {
        return new FastBfloat16(false, "the processor has neither amx_bf16 nor avx512_bf16");
      }
      return processor.vendor().equals("AuthenticAMD")
          ? new FastBfloat16(true, "the processor is AMD's and has avx512_bf16")
          : new FastBfloat16(
              false, "the processor has avx512_bf16 but no amx_bf16, and is none of AMD's");
    }

    /**
     * Tells whether an NVIDIA GPU has fast bfloat16.
     *
     * @param capability its compute capability times 10, such as 90 for 9.0
     */
    static FastBfloat16 ofCapability(int capability) {
      return new FastBfloat16(
          capability >= LEAST_CAPABILITY,
          Text.of("the GPU has compute capability %d.%d", capability / 10, capability % 10)
              + (capability >= LEAST_CAPABILITY ? "" : ", and bfloat16 begins at 8.0"));
    }
  }

  /**
   * What Linux says of the processor, in {@code /proc/cpuinfo}; other systems say nothing there.
   *
   * @param name its maker's, empty if unknown
   * @param vendor such as {@code GenuineIntel}, empty if unknown
   * @param instructions the sets that it has, such as {@code amx_bf16}; empty if unknown
   */
  public record Processor(Optional<String> name, String vendor, Set<String> instructions) {
    public Processor {
      instructions = Set.copyOf(instructions);
    }

    /** The processor of this machine. */
    public static Processor here() {
      return of(Path.of("/"));
    }

    /**
     * The processor of a system.
     *
     * @param root where {@code proc} lies
     */
    public static Processor of(Path root) {
      String text = text(root.resolve("proc/cpuinfo"));
      Set<String> instructions = new LinkedHashSet<>();
      first(text, "flags|Features")
          .ifPresent(flags -> instructions.addAll(List.of(flags.split(" ", -1))));
      return new Processor(
          first(text, "model name"), first(text, "vendor_id").orElse(""), instructions);
    }

    private static Optional<String> first(String text, String key) {
      Matcher line = Pattern.compile("(?m)^(?:" + key + ")\\s*: (.*)$").matcher(text);
      return line.find() ? Optional.of(line.group(1).strip()) : Optional.empty();
    }

    private static String text(Path file) {
      try {
        return Files.readString(file);
      } catch (IOException e) {
        return ""; // another system
      }
    }
  }
}
