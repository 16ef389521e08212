package org.whisker.saliency.faithfulness;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.SaliencyMap;
import org.whisker.value.Checks;

/**
 * Max-sensitivity of a map Φ (Yeh et al., 2019, arXiv:1901.09392): the largest ‖Φ(x + δ) − Φ(x)‖₂
 * over samples δ, uniform in the cube ‖δ‖∞ ≤ r. Gray values may exceed [0, 1] by r; they are not
 * clipped, which would shrink the cube at black and white pixels.
 *
 * @param largest ‖Φ(x + δ) − Φ(x)‖, in the map's unit
 * @param norm ‖Φ(x)‖₂, in the map's unit
 * @param relative the ratio of the two; empty for an all-zero map
 * @param samples number of samples δ; the maximum grows with it
 */
public record MaxSensitivity(double largest, double norm, OptionalDouble relative, int samples) {

  /**
   * Options of the estimate.
   *
   * @param samples at least 1; 10 in Captum
   * @param radius r in gray values, above 0, at most 1; 0.02 in Captum
   */
  public record Options(int samples, double radius, long seed) {
    public Options {
      Inputs.atLeast(1, "samples", samples);
      Checks.require(
          radius > 0 && radius <= 1, "radius must be above 0 and at most 1, was %s", radius);
    }
  }

  public MaxSensitivity {
    if (!(largest >= 0 && norm >= 0 && Double.isFinite(largest + norm))) {
      throw new IllegalArgumentException("norms are at least 0, were " + largest + " and " + norm);
    }
  }

  /**
   * Evaluates a method around an image.
   *
   * @param method gives the map of an image
   * @param progress receives the number of samples done after each sample
   * @param stopped polled before each sample
   * @return empty when stopped
   */
  public static Optional<MaxSensitivity> of(
      Function<Raster, SaliencyMap> method,
      Raster picture,
      Options options,
      IntConsumer progress,
      BooleanSupplier stopped) {
    PlanarImage base = PlanarImage.from(picture);
    float[] there = method.apply(picture).values();
    double largest = 0;
    for (int i = 0; i < options.samples(); i++) {
      if (stopped.getAsBoolean()) {
        return Optional.empty();
      }
      float[] near = method.apply(nearby(base, options, i)).values();
      largest = Math.max(largest, distance(near, there));
      progress.accept(i + 1);
    }
    double norm = distance(there, new float[there.length]);
    OptionalDouble relative =
        norm == 0 ? OptionalDouble.empty() : OptionalDouble.of(largest / norm);
    return Optional.of(new MaxSensitivity(largest, norm, relative, options.samples()));
  }

  private static PlanarImage nearby(PlanarImage base, Options options, int sample) {
    SplitMix64 random = SplitMix64.stream(options.seed(), "max-sensitivity", sample);
    float[] values = base.values();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (options.radius() * (2 * random.nextDouble() - 1));
    }
    return base.with(values);
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = (double) a[i] - b[i];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
