package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.torch.Precision;

/**
 * What a sweep's numbers depend on besides what is asked: part of the key of every task.
 *
 * @param mode whether nodes of different processors are to give the same bits
 * @param on {@code cpu} or {@code gpu}, and the precision
 */
public record Numerics(Mode mode, DeviceConfig on) {
  /** Whether nodes of different processors are to give the same bits. */
  public enum Mode {
    /** Each node computes in whatever way is fastest on it. */
    NATIVE,
    /** One thread and one instruction set, which every x86-64 processor since 2015 has. */
    PORTABLE;

    /**
     * The mode of that name.
     *
     * @throws InvalidRequestException for another word
     */
    public static Mode parse(String name) {
      for (Mode mode : values()) {
        if (mode.label().equals(name)) {
          return mode;
        }
      }
      throw new InvalidRequestException("numerics are native or portable, not '" + name + "'");
    }

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  /** Read by libtorch, oneDNN, MKL and OpenMP when they are loaded, and never again. */
  private static final Map<String, String> FIXED = fixed();

  public Numerics {
    InvalidRequestException.refuse(
        !on.device().matches("cpu|gpu"),
        "a sweep runs on cpu or gpu, which its keys hold; device was '" + on.device() + "'");
    InvalidRequestException.refuse(
        mode == Mode.PORTABLE
            && !(on.device().equals("cpu") && on.precision() == Precision.FLOAT32),
        "portable numerics are those of cpu and float32; take numerics native for others");
  }

  private static Map<String, String> fixed() {
    Map<String, String> fixed = new LinkedHashMap<>();
    fixed.put("ATEN_CPU_CAPABILITY", "avx2");
    fixed.put("ONEDNN_MAX_CPU_ISA", "AVX2");
    // the only setting of MKL that is the same on processors of different makers
    fixed.put("MKL_CBWR", "COMPATIBLE");
    fixed.put("OMP_NUM_THREADS", "1");
    fixed.put("MKL_NUM_THREADS", "1");
    return fixed;
  }

  /**
   * Whether runs are done one by one: what MKL computes so, it rounds by how many rows there are.
   */
  public boolean oneByOne() {
    return mode == Mode.PORTABLE;
  }

  /** The variables that a process needs from its beginning; none for native numerics. */
  public Map<String, String> environment() {
    return mode == Mode.PORTABLE ? new LinkedHashMap<>(FIXED) : Map.of();
  }

  /** Whether a process with these variables computes so. */
  public boolean holdIn(Map<String, String> environment) {
    return environment().entrySet().stream()
        .allMatch(fixed -> fixed.getValue().equals(environment.get(fixed.getKey())));
  }

  /**
   * Looks whether this processor can compute so: a library that can't have what it is told takes
   * something else, silently.
   *
   * @throws InvalidRequestException naming the processor
   */
  public void checkProcessor() throws IOException {
    if (mode == Mode.NATIVE) {
      return;
    }
    String kind = System.getProperty("os.arch", "");
    boolean able =
        kind.equals("amd64")
            && (!Files.isReadable(PROCESSOR)
                || Files.readString(PROCESSOR).matches("(?s).*\\bavx2\\b.*"));
    InvalidRequestException.refuse(
        !able,
        "portable numerics need an x86-64 processor with AVX2, which this one (%s) has not; take native numerics"
            .formatted(kind));
  }

  /**
   * The numerics and the engine in words, for keys.
   *
   * @param engine the name and version of the engine
   */
  public String label(String engine) {
    return "%s %s %s %s %s"
        .formatted(mode.label(), on.device(), on.precision().label(), engine, environment());
  }
}
