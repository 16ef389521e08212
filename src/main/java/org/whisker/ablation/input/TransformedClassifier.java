package org.whisker.ablation.input;

import java.util.List;
import java.util.function.UnaryOperator;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;

/**
 * A classifier behind an image transform. Closing it does not close the classifier.
 *
 * @param canvas size of the images before the transform
 * @param change transforms an image to the classifier's size
 */
public record TransformedClassifier(
    Classifier classifier, String name, Canvas canvas, UnaryOperator<Raster> change)
    implements Classifier {
  @Override
  public float[] logits(List<? extends Raster> pictures) {
    for (Raster picture : pictures) {
      if (!picture.canvas().equals(canvas)) {
        throw new IllegalArgumentException(
            name + " takes " + canvas + " pictures, not " + picture.canvas());
      }
    }
    return classifier.logits(pictures.stream().map(change).toList());
  }

  @Override
  public void close() {
    // the caller owns the classifier
  }

  /**
   * An image on a background of noise or a photo: every gray is multiplied by that of its position,
   * so white becomes the background and black stays black.
   */
  public static final class Background implements Raster {
    private final Raster picture;
    private final float[] grays;

    /**
     * Puts a picture on a background.
     *
     * @param grays one per pixel, row-major, shared by all images of a run
     */
    public Background(Raster picture, float[] grays) {
      this.picture = picture;
      this.grays = grays;
    }

    /** Grays of noise, uniform from {@code low} to 1, one per pixel. */
    public static float[] noise(Canvas canvas, float low, long seed) {
      SplitMix64 random = SplitMix64.stream(seed, "ablate noise", 0);
      float[] grays = new float[canvas.pixels()];
      for (int i = 0; i < grays.length; i++) {
        grays[i] = low + (1 - low) * (float) random.nextDouble();
      }
      return grays;
    }

    @Override
    public Canvas canvas() {
      return picture.canvas();
    }

    @Override
    public void paint(float[] target, int offset) {
      picture.paint(target, offset);
      for (int i = 0; i < grays.length; i++) {
        target[offset + i] *= grays[i];
      }
    }
  }
}
