package org.whisker.ablation.input;

import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;

/**
 * An image with multiplicative noise: every gray is multiplied by a factor drawn for its position,
 * so white becomes noise and black stays black.
 */
public final class Noise implements Raster {
  private final Raster picture;
  private final float[] factors;

  /**
   * Applies noise to an image.
   *
   * @param factors one per pixel, row-major, shared by all images of a run
   */
  public Noise(Raster picture, float[] factors) {
    this.picture = picture;
    this.factors = factors;
  }

  /** Factors, uniform from {@code low} to 1, one per pixel. */
  public static float[] draw(Canvas canvas, float low, long seed) {
    SplitMix64 random = SplitMix64.stream(seed, "ablate noise", 0);
    float[] factors = new float[canvas.pixels()];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = low + (1 - low) * (float) random.nextDouble();
    }
    return factors;
  }

  @Override
  public Canvas canvas() {
    return picture.canvas();
  }

  @Override
  public void paint(float[] target, int offset) {
    picture.paint(target, offset);
    for (int i = 0; i < factors.length; i++) {
      target[offset + i] *= factors[i];
    }
  }
}
