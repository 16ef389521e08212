package org.whisker.saliency.method;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
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
   * @param args the folder, and sides in pixels
   */
  public static void main(String[] args) throws IOException {
    for (int i = 1; i < args.length; i++) {
      Canvas canvas = Canvas.square(Integer.parseInt(args[i]));
      Path file = Path.of(args[0], "noise-%d.npy".formatted(canvas.width()));
      Npy.write(file, NOISE.samples(), canvas.pixels(), noise(canvas));
    }
  }

  /** What is added to a picture is what is left where the picture is black. */
  private static float[] noise(Canvas canvas) {
    GrayImage black = new GrayImage(canvas, new float[canvas.pixels()]);
    float[] values = new float[NOISE.samples() * canvas.pixels()];
    for (int copy = 0; copy < NOISE.samples(); copy++) {
      float[] noisy = NoisyGradients.noisy(black, NOISE, copy).grayValues();
      System.arraycopy(noisy, 0, values, copy * canvas.pixels(), canvas.pixels());
    }
    return values;
  }
}
