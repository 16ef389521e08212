package org.whisker.classifier;

import java.util.ArrayList;
import java.util.List;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/**
 * A picture's logit is its number of black pixels; an all black one is refused. Remembers how many
 * pictures each call had.
 */
class CountingClassifier implements Classifier {
  static final Canvas CANVAS = new Canvas(8, 8);

  final List<Integer> calls = new ArrayList<>();
  boolean closed;

  @Override
  public String name() {
    return "counting";
  }

  @Override
  public Canvas canvas() {
    return CANVAS;
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    calls.add(pictures.size());
    float[] logits = new float[pictures.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = ((BlackPixels) pictures.get(i)).count();
      if (logits[i] == CANVAS.pixels()) {
        throw new IllegalStateException("all black");
      }
    }
    return logits;
  }

  @Override
  public void close() {
    closed = true;
  }
}
