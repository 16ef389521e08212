package org.whisker.study;

import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.TorchDevice;

/**
 * What networks run on, as users type it.
 *
 * @param device {@code auto}, {@code cpu}, {@code gpu} or {@code gpu:N}
 * @param precision {@code float32} or {@code bfloat16}
 */
public record RunSettings(String device, String precision) {
  /** The fastest device there is, in float32. */
  public static RunSettings standard() {
    return new RunSettings("auto", Precision.FLOAT32.label());
  }

  /**
   * For batches of at most {@code batch}.
   *
   * @throws InvalidRequestException for a device or precision that there is not
   */
  public TorchClassifier.Settings settings(int batch) {
    return new TorchClassifier.Settings(
        InvalidRequestException.check(() -> Precision.parse("--precision", precision)),
        InvalidRequestException.check(() -> TorchDevice.parse(device)),
        batch);
  }
}
