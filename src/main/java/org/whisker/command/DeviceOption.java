package org.whisker.command;

import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.torch.DeviceNames;
import org.whisker.torch.Precision;
import picocli.CommandLine.Option;

/** What the network runs on. */
public final class DeviceOption {
  @Option(
      names = "--device",
      defaultValue = DeviceNames.AUTO,
      paramLabel = "DEVICE",
      description = DeviceNames.ONE + ". Default: " + DeviceNames.AUTO + ".")
  private String device = DeviceNames.AUTO;

  /**
   * One, as {@link DeviceNames} names it.
   *
   * @throws InvalidRequestException for anything else
   */
  public String device() {
    return float32().device();
  }

  /**
   * In float32, for what must not depend on the processor's short cuts.
   *
   * @throws InvalidRequestException for a device that can't be
   */
  public DeviceConfig float32() {
    return InvalidRequestException.check(() -> new DeviceConfig(device, Precision.FLOAT32));
  }
}
