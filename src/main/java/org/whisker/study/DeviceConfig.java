package org.whisker.study;

import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;

/**
 * On which device a job scores, and in which precision.
 *
 * @param device {@code auto} (a GPU if there is one), {@code cpu}, {@code gpu}, {@code gpu:N} or
 *     {@code mps}
 */
public record DeviceConfig(String device, Precision precision) {
  public DeviceConfig {
    if (!device.matches("auto|cpu|gpu(:[0-9]{1,4})?|mps")) {
      throw new IllegalArgumentException(
          "--device must be auto, cpu, gpu, gpu:N or mps, was '" + device + "'");
    }
  }

  /** In float32, on a GPU if there is one. */
  public static DeviceConfig standard() {
    return new DeviceConfig("auto", Precision.FLOAT32);
  }

  /**
   * For batches of at most {@code batch} pictures.
   *
   * @throws InvalidRequestException for a device that there is not
   */
  public TorchClassifier.Settings settings(int batch) {
    TorchDevice on = InvalidRequestException.check(() -> TorchDevice.parse(device));
    return new TorchClassifier.Settings(precision, on, batch);
  }
}
