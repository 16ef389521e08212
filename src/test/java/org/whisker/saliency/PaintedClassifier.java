package org.whisker.saliency;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/** A logit that is a formula of the gray values; notes what it was asked. */
public final class PaintedClassifier implements Classifier {
  private final Canvas canvas;
  private final ToDoubleFunction<float[]> logit;
  public int largestBatch;
  public int scored;
  public boolean closed;

  public PaintedClassifier(Canvas canvas, ToDoubleFunction<float[]> logit) {
    this.canvas = canvas;
    this.logit = logit;
  }

  public static PaintedClassifier constant(Canvas canvas) {
    return new PaintedClassifier(canvas, gray -> 0);
  }

  /** Logit = Σ weight · gray; exact for weights and grays of few bits. */
  public static PaintedClassifier linear(Canvas canvas, float[] weights) {
    return new PaintedClassifier(
        canvas,
        gray -> {
          double sum = 0;
          for (int i = 0; i < weights.length; i++) {
            sum += (double) weights[i] * gray[i];
          }
          return sum;
        });
  }

  /** Multiples of 1/8 of both signs. */
  public static float[] weights(Canvas canvas) {
    float[] weights = new float[canvas.pixels()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (i * 7 % 15 - 6) / 8f;
    }
    return weights;
  }

  @Override
  public String name() {
    return "painted";
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
    for (int i = 0; i < logits.length; i++) {
      float[] gray = new float[canvas.pixels()];
      pictures.get(i).paint(gray, 0);
      logits[i] = (float) logit.applyAsDouble(gray);
    }
    return logits;
  }

  @Override
  public void close() {
    closed = true;
  }
}
