package org.whisker.torch;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.io.Npy;
import org.whisker.random.SplitMix64;

/**
 * Writes {@code noise-SIDE.npy} for make_embedded.py: the noise that the noisy copies of a picture
 * get under {@code NoiseOptions(2, 0.1, 1)}, a row a copy.
 */
final class EmbeddedNoise {
  private static final int COPIES = 2;
  private static final double SIGMA = 0.1;

  private EmbeddedNoise() {}

  /**
   * Writes the files.
   *
   * @param args the folder, and sides in pixels
   */
  public static void main(String[] args) throws IOException {
    for (int i = 1; i < args.length; i++) {
      int side = Integer.parseInt(args[i]);
      Npy.write(
          Path.of(args[0], "noise-%d.npy".formatted(side)),
          COPIES,
          side * side,
          noise(side * side));
    }
  }

  private static float[] noise(int pixels) {
    float[] values = new float[COPIES * pixels];
    for (int copy = 0; copy < COPIES; copy++) {
      SplitMix64 random = SplitMix64.stream(1, "gradient noise", copy);
      for (int i = 0; i < pixels; i++) {
        values[copy * pixels + i] = (float) (SIGMA * random.nextGaussian());
      }
    }
    return values;
  }
}
