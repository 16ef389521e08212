package org.whisker.saliency.faithfulness;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.whisker.classifier.Batches;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Fill;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.table.Column;

/**
 * Infidelity of a map Φ (Yeh et al., 2019, arXiv:1901.09392): the mean over random perturbations I
 * of (Σ I·Φ − (f(x) − f(x − I)))², where f is the logit against the target; in squared logits, 0 at
 * best.
 *
 * <p>For a gradient, I·Φ is the change of gray times the value. For a map relative to a replacement
 * (occlusion, Shapley values), whose values are in logits already, I is 1 where the gray changes
 * and 0 elsewhere, as with Captum's {@code multiply_by_inputs}; for these, only replaced squares
 * are meaningful.
 *
 * @param ofZeroMap the mean of (f(x) − f(x − I))²; 0 if no perturbation changes the logit
 * @param scale by least squares
 * @param scaled comparable between methods with different units
 */
public record Infidelity(
    @Column(
            value = "infidelity",
            unit = "squared logit",
            meaning = "infidelity of the unscaled map")
        double value,
    @Column(
            value = "infidelity_se",
            unit = "squared logit",
            meaning = "standard error of the infidelity, over the squares")
        double standardError,
    @Column(
            value = "infidelity_of_zero_map",
            unit = "squared logit",
            meaning = "infidelity of a map of zeros")
        double ofZeroMap,
    @Column(
            value = "infidelity_scale",
            meaning =
                "the optimal scale factor of the map; empty when all of its " + "predictions are 0")
        OptionalDouble scale,
    @Column(
            value = "infidelity_scaled",
            unit = "squared logit",
            meaning = "infidelity of the map times that factor")
        double scaled) {

  /**
   * Options of the estimate.
   *
   * @param samples at least 2; 1,000 in the paper
   */
  public record Options(Perturbation perturbation, int samples, long seed) {
    public Options {
      Inputs.atLeast(2, "samples", samples);
    }
  }

  public Infidelity {
    if (!(value >= 0 && standardError >= 0 && Double.isFinite(value + standardError))) {
      throw new IllegalArgumentException(
          "infidelity is finite and at least 0, was " + value + " ± " + standardError);
    }
  }

  /** The scaled one relative to that of a map of zeros; empty when no square changed the logit. */
  public OptionalDouble relative() {
    return ofZeroMap == 0 ? OptionalDouble.empty() : OptionalDouble.of(scaled / ofZeroMap);
  }

  /**
   * Evaluates a map of this image.
   *
   * @param batchSize images per batch, at least 1
   * @param progress receives the number of samples done after each batch; samples that change
   *     nothing are not scored and count as done from the start
   * @param stopped polled before each batch
   * @return empty when stopped
   * @throws IllegalArgumentException if sizes differ, or the map's values cannot predict the logit
   *     under this perturbation
   */
  public static Optional<Infidelity> of(
      Classifier classifier,
      Raster picture,
      SaliencyMap map,
      Options options,
      int batchSize,
      IntConsumer progress,
      BooleanSupplier stopped) {
    Batches batches = new Batches(batchSize, progress, stopped);
    Inputs.checkSize(classifier, picture.canvas());
    Inputs.checkSize(map, picture.canvas());
    options.perturbation().check(map, picture.canvas());
    Samples samples = new Samples(PlanarImage.from(picture), map, options);
    double logit = classifier.logits(List.of(picture))[0];
    return batches
        .<Raster>logits(
            samples.changing.length,
            i -> samples.picture(samples.changing[i]),
            classifier::logits,
            options.samples() - samples.changing.length)
        .map(logits -> samples.result(logit, logits));
  }

  private static final class Samples {
    private final PlanarImage base;
    private final PlanarImage replacement;
    private final Options options;
    private final double[] predicted;
    private final int[] changing;

    Samples(PlanarImage base, SaliencyMap map, Options options) {
      this.base = base;
      this.options = options;
      this.replacement = options.perturbation().replacement(base);
      this.predicted = new double[options.samples()];
      this.changing =
          IntStream.range(0, predicted.length).filter(sample -> predict(map, sample)).toArray();
    }

    PlanarImage picture(int sample) {
      return options.perturbation().of(base, replacement, options.seed(), sample);
    }

    /** Stores Σ I·Φ; returns whether the sample changes the image. */
    private boolean predict(SaliencyMap map, int sample) {
      PlanarImage changed = picture(sample);
      for (int i = 0; i < base.canvas().pixels(); i++) {
        predicted[sample] += DeletionInsertion.towardsNotCat(map, i, base, changed);
      }
      return !changed.equals(base);
    }

    Infidelity result(double logit, float[] logits) {
      double[] actual = new double[predicted.length];
      for (int i = 0; i < logits.length; i++) {
        actual[changing[i]] = logit - logits[i];
      }
      double cross = 0;
      double own = 0;
      for (int i = 0; i < actual.length; i++) {
        cross += predicted[i] * actual[i];
        own += predicted[i] * predicted[i];
      }
      OptionalDouble scale = own == 0 ? OptionalDouble.empty() : OptionalDouble.of(cross / own);
      double[] errors = errors(actual, 1);
      double zero = mean(errors(actual, 0));
      double scaled = mean(errors(actual, scale.orElse(0)));
      return new Infidelity(mean(errors), standardError(errors), zero, scale, scaled);
    }

    private double[] errors(double[] actual, double scale) {
      return IntStream.range(0, actual.length)
          .mapToDouble(i -> scale * predicted[i] - actual[i])
          .map(error -> error * error)
          .toArray();
    }

    private static double mean(double[] x) {
      return IntStream.range(0, x.length).mapToDouble(i -> x[i]).sum() / x.length;
    }

    private static double standardError(double[] x) {
      double mean = mean(x);
      double sum = 0;
      for (double value : x) {
        sum += (value - mean) * (value - mean);
      }
      return Math.sqrt(sum / ((double) x.length * (x.length - 1)));
    }
  }

  /** A random perturbation of an image, for {@link Infidelity}. */
  public sealed interface Perturbation {
    /** The image from which replaced values are taken. */
    PlanarImage replacement(PlanarImage base);

    /** Sample number {@code sample} of the perturbed image. */
    PlanarImage of(PlanarImage base, PlanarImage replacement, long seed, int sample);

    /**
     * Checks that the map can predict the logit after such a perturbation.
     *
     * @throws IllegalArgumentException if not
     */
    void check(SaliencyMap map, Canvas canvas);

    /**
     * Additive Gaussian noise on every pixel, the same in each plane, not clipped to [0, 1].
     *
     * @param sigma standard deviation in gray values, above 0
     */
    record Gaussian(double sigma) implements Perturbation {
      public Gaussian {
        Inputs.above0("sigma", sigma);
      }

      @Override
      public PlanarImage replacement(PlanarImage base) {
        return base;
      }

      @Override
      public PlanarImage of(PlanarImage base, PlanarImage replacement, long seed, int sample) {
        SplitMix64 random = SplitMix64.stream(seed, "infidelity", sample);
        float[] values = base.values();
        for (int pixel = 0; pixel < base.canvas().pixels(); pixel++) {
          float noise = (float) (sigma * random.nextGaussian());
          for (int i = pixel; i < values.length; i += base.canvas().pixels()) {
            values[i] += noise;
          }
        }
        return base.with(values);
      }

      @Override
      public void check(SaliencyMap map, Canvas canvas) {
        if (!map.sign().isOfWhite()) {
          throw new IllegalArgumentException(
              map.method() + " is no gradient: test it with squares, not with noise");
        }
      }
    }

    /**
     * Replaces one square at a uniform position inside the canvas. Pixels near the border lie in
     * fewer squares.
     *
     * @param side in pixels, at least 1
     * @param fill replacement of the square
     */
    record Square(int side, Fill fill) implements Perturbation {
      public Square {
        Inputs.atLeast(1, "the square's side", side);
      }

      @Override
      public PlanarImage replacement(PlanarImage base) {
        return fill.of(base);
      }

      @Override
      public PlanarImage of(PlanarImage base, PlanarImage replacement, long seed, int sample) {
        SplitMix64 random = SplitMix64.stream(seed, "infidelity", sample);
        Canvas canvas = base.canvas();
        int left = random.nextInt(canvas.width() - side + 1);
        int top = random.nextInt(canvas.height() - side + 1);
        float[] values = base.values();
        for (int y = top; y < top + side; y++) {
          for (int x = left; x < left + side; x++) {
            replacement.copyTo(values, canvas.index(x, y));
          }
        }
        return base.with(values);
      }

      @Override
      public void check(SaliencyMap map, Canvas canvas) {
        if (side > Math.min(canvas.width(), canvas.height())) {
          throw new IllegalArgumentException(
              "a " + side + "x" + side + " square is larger than the " + canvas + " canvas");
        }
        if (map.sign() == SignConvention.MAGNITUDE) {
          throw new IllegalArgumentException(
              map.method() + " says how strongly, not which way: it predicts no logit");
        }
      }
    }
  }
}
