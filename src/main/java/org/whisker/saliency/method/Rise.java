package org.whisker.saliency.method;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Batches;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.Method;
import org.whisker.saliency.RiseOptions;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SignConvention;

/**
 * RISE: randomised input sampling for explanation (Petsiuk, Das and Saenko, 2018,
 * arXiv:1806.07421), in logits.
 *
 * <p>With f the logit of not-cat and M the masks, the value of a pixel is the mean of f weighted by
 * the masks, minus the overall mean: Σ f·M / Σ M − mean(f). <b>Above 0: showing the pixel makes the
 * image less cat</b>; below 0: more cat. The paper's map is Σ f·M / (N p); subtracting the mean and
 * dividing by the actual coverage makes 0 mean "no effect" and is otherwise the same up to a
 * factor.
 *
 * <p>Border effect: in the outer half cell a mask is not interpolated with a next cell and varies
 * more; on the other hand, a border pixel shares its mask with neighbours on one side only. The
 * latter dominates: if all pixels matter equally, the map is lower at the border and lowest in the
 * corners. So compare values near the border with those of such an image, not with 0.
 *
 * @param standardError of each value over the masks; correlated between neighbours, which share
 *     masks
 * @param shown mean of the masks at each pixel, near {@link RiseOptions#shown}
 * @param meanLogit mean of f over the masked images
 */
record Rise(SaliencyMap map, SaliencyMap standardError, SaliencyMap shown, double meanLogit) {
  public Rise {
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(standardError, "standardError");
    Objects.requireNonNull(shown, "shown");
    if (!Double.isFinite(meanLogit)) {
      throw new IllegalArgumentException("the mean logit is " + meanLogit);
    }
  }

  /**
   * Computes the RISE map of an image.
   *
   * @param batchSize images per batch, at least 1
   * @param progress receives the number of masks done, of {@link RiseOptions#masks}, after each
   *     batch
   * @param stopped polled before each batch
   * @return empty when stopped
   * @throws IllegalArgumentException if the picture is not of the classifier's size, or some pixel
   *     is hidden by all masks
   */
  static Optional<Rise> of(
      Classifier classifier,
      Raster picture,
      RiseOptions options,
      int batchSize,
      IntConsumer progress,
      BooleanSupplier stopped) {
    Batches batches = new Batches(batchSize, progress, stopped);
    Inputs.checkSize(classifier, picture.canvas());
    GrayImage base = GrayImage.of(picture);
    GrayImage fill = options.fill().of(base);
    RiseMasks masks = new RiseMasks(base.canvas(), options);
    return batches
        .<Raster>logits(options.masks(), i -> masks.masked(i, base, fill), classifier::logits)
        .map(logits -> result(base.canvas(), masks, logits));
  }

  private static Rise result(Canvas canvas, RiseMasks masks, float[] logits) {
    double mean = 0;
    for (float logit : logits) {
      mean += logit;
    }
    mean /= logits.length;
    double[] shown = masks.mean();
    for (int i = 0; i < shown.length; i++) {
      if (shown[i] == 0) {
        throw new IllegalArgumentException(
            "no mask of %d shows (%d, %d): draw more masks, or show a larger share"
                .formatted(logits.length, canvas.x(i), canvas.y(i)));
      }
    }
    double[] value = values(masks, logits, mean, shown);
    double[] error = errors(masks, logits, mean, shown, value);
    SignConvention none = SignConvention.MAGNITUDE;
    Method method = RiseMethod.METHOD;
    return new Rise(
        method.map(canvas, value),
        Inputs.map(canvas, error, method.unit(), method + " standard error", none),
        Inputs.map(canvas, shown, "share shown", method + " masks", none),
        mean);
  }

  private static double[] values(RiseMasks masks, float[] logits, double mean, double[] shown) {
    double[] value = new double[shown.length];
    double[] mask = new double[shown.length];
    for (int m = 0; m < logits.length; m++) {
      masks.paint(m, mask);
      double deviation = logits[m] - mean;
      for (int i = 0; i < value.length; i++) {
        value[i] += deviation * mask[i] / (shown[i] * logits.length);
      }
    }
    return value;
  }

  /** Standard errors of a ratio of means, by the delta method. */
  private static double[] errors(
      RiseMasks masks, float[] logits, double mean, double[] shown, double[] value) {
    double[] error = new double[shown.length];
    double[] mask = new double[shown.length];
    for (int m = 0; m < logits.length; m++) {
      masks.paint(m, mask);
      double deviation = logits[m] - mean;
      for (int i = 0; i < error.length; i++) {
        double influence = mask[i] * (deviation - value[i]) / shown[i] - deviation;
        error[i] += influence * influence;
      }
    }
    double n = logits.length;
    for (int i = 0; i < error.length; i++) {
      error[i] = Math.sqrt(error[i] / (n * (n - 1)));
    }
    return error;
  }
}
