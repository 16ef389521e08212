package org.whisker.classifier;

import java.util.List;
import java.util.random.RandomGenerator;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/**
 * A classifier that receives every picture with its pixels permuted: always the same permutation of
 * the canvas, drawn once. Any positional preference is then unrelated to position in the picture:
 * the negative control for an edge bias. Not thread-safe.
 */
public final class PermutedClassifier implements Classifier {
  private final Classifier classifier;
  private final int[] places;
  private final float[] scratch;

  /**
   * Wraps a classifier. Closing this leaves {@code classifier} open.
   *
   * @param random draws the permutation, all equally likely
   */
  public PermutedClassifier(Classifier classifier, RandomGenerator random) {
    this.classifier = classifier;
    this.places = new int[classifier.canvas().pixels()];
    this.scratch = new float[places.length];
    for (int i = 0; i < places.length; i++) {
      int j = random.nextInt(i + 1);
      places[i] = places[j];
      places[j] = i;
    }
  }

  @Override
  public String name() {
    return classifier.name() + " (permuted)";
  }

  @Override
  public Canvas canvas() {
    return classifier.canvas();
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    return classifier.logits(pictures.stream().map(Permuted::new).toList());
  }

  @Override
  public void close() {
    // the classifier belongs to its owner
  }

  /** Pixel i of the picture is shown at places[i]. */
  private final class Permuted implements Raster {
    private final Raster picture;

    Permuted(Raster picture) {
      this.picture = picture;
    }

    @Override
    public Canvas canvas() {
      return picture.canvas();
    }

    @Override
    public void paint(float[] target, int offset) {
      if (!canvas().equals(classifier.canvas())) {
        throw new IllegalArgumentException(
            name() + " takes " + classifier.canvas() + " pictures, not " + canvas());
      }
      picture.paint(scratch, 0);
      for (int i = 0; i < places.length; i++) {
        target[offset + places[i]] = scratch[i];
      }
    }
  }
}
