package org.whisker.position;

import java.util.List;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/** Logit = bias + Σ weight · gray; notes the sizes of its batches. */
final class LinearClassifier implements Classifier {
  private final Canvas canvas;
  private final float bias;
  private final float[] weights;
  int largestBatch;
  int scored;

  LinearClassifier(Canvas canvas, float bias, float[] weights) {
    this.canvas = canvas;
    this.bias = bias;
    this.weights = weights;
  }

  @Override
  public String name() {
    return "linear";
  }

  @Override
  public Canvas canvas() {
    return canvas;
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    largestBatch = Math.max(largestBatch, pictures.size());
    scored += pictures.size();
    float[] logits = new float[pictures.size()];
    float[] gray = new float[canvas.pixels() + 1];
    for (int i = 0; i < logits.length; i++) {
      pictures.get(i).paint(gray, 1);
      logits[i] = bias;
      for (int p = 0; p < weights.length; p++) {
        logits[i] += weights[p] * gray[p + 1];
      }
    }
    return logits;
  }

  @Override
  public void close() {}
}
