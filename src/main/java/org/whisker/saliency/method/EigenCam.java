package org.whisker.saliency.method;

import java.util.Arrays;
import java.util.Optional;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.network.Network.FeatureShape;
import org.whisker.saliency.CamOptions;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.SaliencyMap.SignConvention;

/**
 * Eigen-CAM (Muhammad and Yeasin, 2020, arXiv:2008.00299), as in pytorch-grad-cam: the projection
 * of a layer's features at each position, centred, on their first principal component; what is
 * below 0 is 0. It knows nothing of the class.
 *
 * <p>The component has no sign of its own; here its largest value in size is above 0 (Chung and
 * Ying, 2025, doi:10.3390/app15137562, equation 13).
 *
 * <p>Shape: one value per pixel of the classifier's canvas, upsampled from the layer's grid. Unit:
 * that of the layer's features. Sign: none, at least 0.
 */
record EigenCam(CamOptions cam) implements LayerMapMethod {
  public static final Method METHOD =
      new Method(
          "eigen-cam",
          Need.FEATURES,
          "features",
          SignConvention.MAGNITUDE,
          "the first principal component of a layer's features, whatever the class",
          set -> new EigenCam(set.cam(CamOptions.Target.NOT_CAT)));

  private static final int MOST_ROUNDS = 10_000;
  private static final double CLOSE = 1e-12;

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return cam.described();
  }

  @Override
  public Optional<double[]> grid(MethodInput input) {
    double[][] centred = centred(features(input, input.picture()));
    double[] projection = projected(centred, component(centred));
    double most = Arrays.stream(projection).max().orElse(0);
    double least = Arrays.stream(projection).min().orElse(0);
    double sign = -least > most ? -1 : 1;
    return Optional.of(Arrays.stream(projection).map(v -> Math.max(0, sign * v)).toArray());
  }

  /** A row a channel, less its mean. */
  private static double[][] centred(Features of) {
    FeatureShape shape = of.shape();
    double[][] rows = new double[shape.channels()][shape.height() * shape.width()];
    for (int c = 0; c < rows.length; c++) {
      for (int i = 0; i < rows[c].length; i++) {
        rows[c][i] = of.activation(c, i / shape.width(), i % shape.width());
      }
      double mean = Arrays.stream(rows[c]).average().orElse(0);
      for (int i = 0; i < rows[c].length; i++) {
        rows[c][i] -= mean;
      }
    }
    return rows;
  }

  /** The channels' first principal component, of length 1, by power iteration. */
  private static double[] component(double[][] rows) {
    double[] found = new double[rows.length];
    for (int c = 0; c < found.length; c++) {
      found[c] = norm(rows[c]);
    }
    scale(found);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double[] next = weights(rows, projected(rows, found));
      scale(next);
      double change = 0;
      for (int c = 0; c < next.length; c++) {
        change = Math.max(change, Math.abs(next[c] - found[c]));
      }
      found = next;
      if (change < CLOSE) {
        return found;
      }
    }
    return found;
  }

  private static double[] projected(double[][] rows, double[] on) {
    double[] projection = new double[rows[0].length];
    for (int c = 0; c < rows.length; c++) {
      for (int i = 0; i < projection.length; i++) {
        projection[i] += on[c] * rows[c][i];
      }
    }
    return projection;
  }

  private static double[] weights(double[][] rows, double[] projection) {
    double[] weights = new double[rows.length];
    for (int c = 0; c < rows.length; c++) {
      for (int i = 0; i < projection.length; i++) {
        weights[c] += rows[c][i] * projection[i];
      }
    }
    return weights;
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
  }

  /** Scales the values to length 1; zeros stay. */
  private static void scale(double[] values) {
    double norm = norm(values);
    for (int i = 0; norm > 0 && i < values.length; i++) {
      values[i] /= norm;
    }
  }
}
