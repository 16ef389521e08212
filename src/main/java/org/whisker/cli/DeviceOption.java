package org.whisker.cli;

import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;
import picocli.CommandLine.Option;

/** What the network runs on. */
final class DeviceOption {
  @Option(
      names = "--device",
      defaultValue = "auto",
      paramLabel = "DEVICE",
      description = "auto (a GPU if there is one), cpu, gpu, or gpu:N. Default: auto.")
  private String device = "auto";

  /**
   * {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}.
   *
   * @throws UsageException for anything else
   */
  String device() {
    if (!device.matches("auto|cpu|gpu(:[0-9]{1,4})?")) {
      throw new UsageException("--device must be auto, cpu, gpu or gpu:N, was '" + device + "'");
    }
    return device;
  }

  /**
   * Settings in float32, for what must not depend on the processor's short cuts.
   *
   * @param batch pictures in one call at most
   * @throws UsageException for a device that there is not
   */
  TorchClassifier.Settings float32(int batch) {
    TorchDevice on = UsageException.check(() -> TorchDevice.parse(device()));
    return new TorchClassifier.Settings(Precision.FLOAT32, on, batch);
  }
}
