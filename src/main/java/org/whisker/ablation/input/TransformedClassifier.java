package org.whisker.ablation.input;

import java.util.List;
import java.util.function.UnaryOperator;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

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
}
