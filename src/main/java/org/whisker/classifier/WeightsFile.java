package org.whisker.classifier;

import java.util.Objects;
import org.whisker.weights.DType;

/**
 * The weights file named on a model card.
 *
 * @param file its name inside the model's folder
 * @param dtype how it stores numbers
 * @param sha256 of the whole file, 64 hexadecimal digits in lower case; empty before it is saved
 */
public record WeightsFile(String file, DType dtype, String sha256) {
  /** No file yet. */
  public static final WeightsFile UNSAVED = new WeightsFile("weights.safetensors", DType.F32, "");

  /** A TorchScript module that takes float32, not saved yet. */
  public static final WeightsFile UNSAVED_MODULE = new WeightsFile("model.pt", DType.F32, "");

  public WeightsFile {
    SafeName.check(Objects.requireNonNull(file, "file"));
    Objects.requireNonNull(dtype, "dtype");
    if (!sha256.isEmpty() && !Sha256.isHash(sha256)) {
      throw new IllegalArgumentException("sha256 is not 64 hexadecimal digits: " + sha256);
    }
  }

  /** Whether there is a file with a known hash. */
  public boolean saved() {
    return !sha256.isEmpty();
  }
}
