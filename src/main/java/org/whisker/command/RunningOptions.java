package org.whisker.command;

import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the network runs on, and in which numbers. */
public final class RunningOptions {
  @Mixin private DeviceOption device = new DeviceOption();

  @Option(
      names = "--precision",
      paramLabel = "P",
      defaultValue = "float32",
      description = "float32, or bfloat16: faster on some processors. Default: float32.")
  private String precision = "float32";

  /** The device as it was asked for. */
  public String device() {
    return device.device();
  }

  /** The precision as it was asked for. */
  public String precision() {
    return precision;
  }

  /**
   * These as configuration.
   *
   * @throws InvalidRequestException for a device or precision that can't be
   */
  public DeviceConfig config() {
    return InvalidRequestException.check(
        () -> new DeviceConfig(device.device(), Precision.parse("--precision", precision)));
  }

  /**
   * These as settings for batches of at most {@code batch}.
   *
   * @throws InvalidRequestException for a device or precision that there is not
   */
  public TorchClassifier.Settings settings(int batch) {
    return config().settings(batch);
  }
}
