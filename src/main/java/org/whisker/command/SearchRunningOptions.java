package org.whisker.command;

import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What networks run on, and in which numbers searches do. */
public final class SearchRunningOptions {
  @Mixin private DeviceOption device = new DeviceOption();

  @Option(
      names = "--precision",
      paramLabel = "P",
      description = {
        "Precision in which searches score: float32, bfloat16 (faster on some processors), or auto"
            + " (bfloat16 where the processor or GPU is made for it and both rank images alike).",
        "What is reported is scored in float32. Default: ${DEFAULT-VALUE}."
      })
  private String precision;

  /** With what is taken unless told. */
  public SearchRunningOptions(String usual) {
    precision = usual;
  }

  /**
   * These as configuration.
   *
   * @throws InvalidRequestException for a device or precision that can't be
   */
  public DeviceConfig config() {
    return device.float32().searchingIn(precision);
  }
}
