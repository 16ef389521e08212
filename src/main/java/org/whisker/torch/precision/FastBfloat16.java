package org.whisker.torch.precision;

import java.util.Locale;
import org.whisker.torch.TorchDevice;

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
        String.format(
                Locale.ROOT,
                "the GPU has compute capability %d.%d",
                capability / 10,
                capability % 10)
            + (capability >= LEAST_CAPABILITY ? "" : ", and bfloat16 begins at 8.0"));
  }
}
