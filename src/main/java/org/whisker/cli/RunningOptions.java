package org.whisker.cli;

import java.util.Locale;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the network runs on, and in which numbers. */
final class RunningOptions {
  @Mixin private DeviceOption device = new DeviceOption();

  @Option(
      names = "--precision",
      paramLabel = "P",
      defaultValue = "float32",
      description = "float32, or bfloat16: faster on some processors. Default: float32.")
  private String precision = "float32";

  /**
   * These as settings for batches of at most {@code batch}.
   *
   * @throws UsageException for a device or precision that there is not
   */
  TorchClassifier.Settings settings(int batch) {
    return new TorchClassifier.Settings(
        parse("--precision", precision),
        UsageException.check(() -> TorchDevice.parse(device.device())),
        batch);
  }

  static Precision parse(String option, String label) {
    for (Precision each : Precision.values()) {
      // float64 is for checks: nothing that commands do needs it
      if (label(each).equals(label) && each != Precision.FLOAT64) {
        return each;
      }
    }
    throw new UsageException(option + " must be float32 or bfloat16, was '" + label + "'");
  }

  /** As users type it. */
  static String label(Precision precision) {
    return precision.name().toLowerCase(Locale.ROOT);
  }
}
