package org.whisker.cli.shared;

import org.whisker.study.DeviceConfig;
import org.whisker.study.InvalidRequestException;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;
import picocli.CommandLine.Option;

/** What the network runs on. */
public final class DeviceOption {
  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "DEVICE",
      description = "auto (a GPU if there is one), cpu, gpu, or gpu:N. Default: auto.")
  private String device = "auto";

  /**
   * {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}.
   *
   * @throws InvalidRequestException for anything else
   */
  public String device() {
    if (!device.matches("auto|cpu|gpu(:[0-9]{1,4})?")) {
      throw new InvalidRequestException(
          "--device must be auto, cpu, gpu or gpu:N, was '" + device + "'");
    }
    return device;
  }

  /**
   * In float32, see {@link #float32(int)}.
   *
   * @throws InvalidRequestException for a device that can't be
   */
  public DeviceConfig float32() {
    return InvalidRequestException.check(() -> new DeviceConfig(device, Precision.FLOAT32));
  }

  /**
   * Settings in float32, for what must not depend on the processor's short cuts.
   *
   * @param batch pictures in one call at most
   * @throws InvalidRequestException for a device that there is not
   */
  public TorchClassifier.Settings float32(int batch) {
    TorchDevice on = InvalidRequestException.check(() -> TorchDevice.parse(device()));
    return new TorchClassifier.Settings(Precision.FLOAT32, on, batch);
  }
}
