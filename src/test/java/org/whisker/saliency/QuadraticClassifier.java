package org.whisker.saliency;

import java.util.ArrayList;
import java.util.List;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/** Logit = Σ weight · gray², so its gradient is 2 · weight · gray: smooth, and known. */
public final class QuadraticClassifier implements DifferentiableClassifier {
  private final Canvas canvas;
  private final float[] weights;
  private int largestBatch;

  public QuadraticClassifier(Canvas canvas, float... weights) {
    this.canvas = canvas;
    this.weights = weights.clone();
  }

  public int largestBatch() {
    return largestBatch;
  }

  @Override
  public String name() {
    return "quadratic";
  }

  @Override
  public Canvas canvas() {
    return canvas;
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    largestBatch = Math.max(largestBatch, pictures.size());
    float[] logits = new float[pictures.size()];
    for (int k = 0; k < logits.length; k++) {
      float[] x = pictures.get(k).grayValues();
      for (int i = 0; i < x.length; i++) {
        logits[k] += weights[i] * x[i] * x[i];
      }
    }
    return logits;
  }

  @Override
  public List<float[]> inputGradients(List<? extends Raster> pictures) {
    largestBatch = Math.max(largestBatch, pictures.size());
    List<float[]> gradients = new ArrayList<>();
    for (Raster picture : pictures) {
      float[] x = picture.grayValues();
      for (int i = 0; i < x.length; i++) {
        x[i] *= 2 * weights[i];
      }
      gradients.add(x);
    }
    return gradients;
  }

  @Override
  public void close() {}
}
