package org.whisker.saliency.method;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.io.Npy;
import org.whisker.saliency.MethodSettings.NoiseOptions;

/**
 * Writes {@code noise-SIDE.npy} for make_embedded.py: the noise that the noisy copies of a picture
 * get, a row a copy.
 */
final class EmbeddedNoise {
  private static final NoiseOptions NOISE = new NoiseOptions(2, 0.1, 1);

  private EmbeddedNoise() {}

  /**
   * Writes the files.
   *
   * @param args the folder, and sides in pixels; of a picture in colours with a C behind
   */
  public static void main(String[] args) throws IOException {
    for (int i = 1; i < args.length; i++) {
      int planes = args[i].endsWith("C") ? PlanarImage.COLOURS : 1;
      String side = args[i].replace("C", "");
      PlanarImage black = PlanarImage.filled(Canvas.square(Integer.parseInt(side)), 0, planes);
      Path file = Path.of(args[0], "noise-" + side + ".npy");
      Npy.write(file, NOISE.samples(), black.values().length, noise(black));
    }
  }

  /** What is added to a picture is what is left where the picture is black. */
  private static float[] noise(PlanarImage black) {
    int count = black.values().length;
    float[] values = new float[NOISE.samples() * count];
    for (int copy = 0; copy < NOISE.samples(); copy++) {
      float[] noisy = NoisyGradients.noisy(black, NOISE, copy).values();
      System.arraycopy(noisy, 0, values, copy * count, count);
    }
    return values;
  }
}
