package org.whisker.boundary;

import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;

/**
 * A net of one hidden layer with small whole weights: logit = bias + Σ out · max(0, threshold + Σ
 * in · blackness). Its hidden units see all pixels, so that pixels help only together.
 */
final class ReluNet {
  private static final double BIAS = 4;

  private final Canvas canvas;
  private final int[][] in;
  private final int[] thresholds;
  private final int[] out;

  private ReluNet(Canvas canvas, int[][] in, int[] thresholds, int[] out) {
    this.canvas = canvas;
    this.in = in;
    this.thresholds = thresholds;
    this.out = out;
  }

  static ReluNet random(Canvas canvas, int hidden, long seed) {
    SplitMix64 random = SplitMix64.stream(seed, "net", 0);
    int[][] in = new int[hidden][canvas.pixels()];
    int[] thresholds = new int[hidden];
    int[] out = new int[hidden];
    for (int h = 0; h < hidden; h++) {
      for (int i = 0; i < canvas.pixels(); i++) {
        in[h][i] = random.nextInt(7) - 3;
      }
      thresholds[h] = random.nextInt(5) - 3;
      out[h] = random.nextInt(2) == 0 ? -1 : 1;
    }
    return new ReluNet(canvas, in, thresholds, out);
  }

  Formula classifier() {
    return new Formula(canvas, this::logit);
  }

  private double logit(float[] gray) {
    double logit = BIAS;
    for (int h = 0; h < out.length; h++) {
      double sum = thresholds[h];
      for (int i = 0; i < gray.length; i++) {
        sum += in[h][i] * (1 - gray[i]);
      }
      logit += out[h] * Math.max(0, sum);
    }
    return logit;
  }

  /**
   * How far blackening a pixel can lower the logit, whatever the others are: each unit changes by
   * at most its weight, in the direction of the weight's sign.
   */
  double most(int pixel) {
    double most = 0;
    for (int h = 0; h < out.length; h++) {
      most += Math.max(0, -out[h] * in[h][pixel]);
    }
    return most;
  }
}
