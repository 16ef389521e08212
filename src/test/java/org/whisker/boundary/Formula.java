package org.whisker.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/** Logits that are a formula of the gray values; notes what it was asked. */
class Formula implements Classifier {
  private final Canvas canvas;
  private final ToDoubleFunction<float[]> logit;
  int scored;
  int largestBatch;

  Formula(Canvas canvas, ToDoubleFunction<float[]> logit) {
    this.canvas = canvas;
    this.logit = logit;
  }

  /** Logit = bias + Σ weight · blackness, without a gradient. */
  static Formula linear(Canvas canvas, double bias, double... weights) {
    return new Formula(canvas, gray -> sum(bias, weights, gray));
  }

  /** A formula that also has its gradient by gray values, −weight. */
  static Smooth smooth(Canvas canvas, double bias, double... weights) {
    return new Smooth(
        canvas,
        gray -> sum(bias, weights, gray),
        gray -> {
          float[] gradient = new float[weights.length];
          for (int i = 0; i < gradient.length; i++) {
            gradient[i] = (float) -weights[i];
          }
          return gradient;
        });
  }

  /** Of how many pixels are black. */
  static Formula ofBlackCount(Canvas canvas, ToDoubleFunction<Integer> logit) {
    return new Formula(
        canvas,
        gray -> {
          int black = 0;
          for (float each : gray) {
            black += each == 0 ? 1 : 0;
          }
          return logit.applyAsDouble(black);
        });
  }

  private static double sum(double bias, double[] weights, float[] gray) {
    double sum = bias;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i] * (1 - gray[i]);
    }
    return sum;
  }

  static final class Smooth extends Formula implements DifferentiableClassifier {
    private final Function<float[], float[]> gradient;
    int gradients;

    Smooth(Canvas canvas, ToDoubleFunction<float[]> logit, Function<float[], float[]> gradient) {
      super(canvas, logit);
      this.gradient = gradient;
    }

    @Override
    public List<float[]> inputGradients(List<? extends Raster> pictures) {
      List<float[]> all = new ArrayList<>();
      for (Raster picture : pictures) {
        gradients++;
        all.add(gradient.apply(picture.grayValues()));
      }
      return all;
    }
  }

  @Override
  public String name() {
    return "formula";
  }

  @Override
  public Canvas canvas() {
    return canvas;
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    scored += pictures.size();
    largestBatch = Math.max(largestBatch, pictures.size());
    float[] logits = new float[pictures.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) logit.applyAsDouble(pictures.get(i).grayValues());
    }
    return logits;
  }

  @Override
  public void close() {}
}
