package org.whisker.position;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.PatchScorer.PatchClassifier;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.position.BlockMap.BlockProbe;
import org.whisker.position.BlockMap.BlockProbe.Fill;
import org.whisker.stats.Correlation.Ties;
import org.whisker.value.Checks;

/**
 * The effect of one black pixel at every position of a background: the logit with it minus the
 * logit without. The logit is that of not-cat, so <b>below 0 is towards the target</b>.
 *
 * @param classifier the name of the one probed
 * @param delta Δlogit by position; exactly 0 where the background is already black
 * @param baseline the background's own logit
 */
public record ProbeMap(String classifier, PixelMap delta, double baseline) {
  // of the mean effect of a pixel
  private static final double NEGLIGIBLE = 1e-3;

  public ProbeMap {
    Checks.require(Double.isFinite(baseline), "the background's logit is %s", baseline);
  }

  /**
   * Probes every position, by the fastest method of the classifier.
   *
   * @param background the white canvas, or any picture
   * @param batchSize number of pictures to score per call, at least 1
   * @param progress receives after each batch the number of finished positions, of {@code pixels()}
   * @param stopped polled before each batch
   * @return empty when stopped
   * @throws IllegalArgumentException if the background is not of the classifier's size
   */
  public static Optional<ProbeMap> of(
      Classifier classifier,
      Raster background,
      int batchSize,
      IntConsumer progress,
      BooleanSupplier stopped) {
    return new Probing(background, 1).finish(classifier, batchSize, progress, stopped);
  }

  /** How many positions of a canvas are {@linkplain Probing probed} with one in each square. */
  public static int positions(Canvas canvas, int every) {
    return ((canvas.width() + every - 1) / every) * ((canvas.height() + every - 1) / every);
  }

  /**
   * Values of Δlogit that differ by less count as equal: by a millionth of the largest logit, which
   * is the rounding of its float32 sum, or by a thousandth of the mean effect of a pixel. Terms
   * that are larger than the logit and cancel leave more rounding than the logit itself tells; and
   * a search finds the last digit, so that ranks of so small differences would predict its images.
   */
  public double resolution() {
    return resolution(baseline, delta.values());
  }

  /**
   * Difference below which values of any map of Δlogit count as equal, see {@link #resolution()}.
   */
  static double resolution(double baseline, double[] delta) {
    double mean = Arrays.stream(delta).map(Math::abs).average().orElse(0);
    return Math.max(Ties.rounding(baseline, delta), NEGLIGIBLE * mean);
  }

  /**
   * The rounding of Δlogit: a pixel that the network does not read can have as much, of either
   * sign.
   */
  public double rounding() {
    return Ties.rounding(baseline, delta.values());
  }

  /** Whether Δlogit is the same everywhere, up to {@link #resolution()}: it has no order then. */
  public boolean isConstant() {
    double[] values = resolved();
    return Arrays.stream(values).allMatch(value -> value == values[0]);
  }

  /** Δlogit by position in steps of {@link #resolution()}, so that rounding leaves ties. */
  public double[] resolved() {
    return Ties.at(resolution(), delta.values());
  }

  /** The values of the places that are accepted, by index. */
  public double[] at(IntPredicate places) {
    double[] values = delta.values();
    return IntStream.range(0, values.length)
        .filter(places)
        .mapToDouble(place -> values[place])
        .toArray();
  }

  /**
   * A probe that can be interrupted: what it has measured is not measured again. It probes the
   * middle of each square of {@code every} by {@code every} positions, whose other positions have
   * its value.
   */
  public static final class Probing {
    private final BlockProbe pixels;
    private final int every;
    private final double[] delta;

    /** Creates a probe of which nothing is measured yet. */
    public Probing(Raster background, int every) {
      this.pixels = new BlockProbe(background, 1, Fill.BLACK);
      this.every = every;
      Checks.refuse(every < 1, "every must be at least 1, was %s", every);
      this.delta = pixels.unmeasured();
      IntStream.range(0, delta.length).filter(i -> middle(i) != i).forEach(i -> delta[i] = 0);
    }

    /**
     * Goes on with a probe.
     *
     * @param measured what {@link #measured()} returned
     */
    public Probing(Raster background, int every, double[] measured) {
      this(background, every);
      Checks.refuse(
          measured.length != delta.length,
          "%s values for a %s canvas",
          measured.length,
          background.canvas());
      System.arraycopy(measured, 0, delta, 0, delta.length);
    }

    /** Δlogit of the positions that are probed, NaN where it is not measured yet; a copy. */
    public double[] measured() {
      return delta.clone();
    }

    /**
     * Measures what is missing.
     *
     * @param batchSize number of pictures to score per call, at least 1
     * @param progress receives after each batch the number of finished positions, of all
     * @param stopped polled before each batch
     * @return empty when stopped
     * @throws IllegalArgumentException if the background is not of the classifier's size
     */
    public Optional<ProbeMap> finish(
        Classifier classifier, int batchSize, IntConsumer progress, BooleanSupplier stopped) {
      Canvas canvas = pixels.places();
      if (!canvas.equals(classifier.canvas())) {
        throw new IllegalArgumentException(
            classifier.name() + " takes " + classifier.canvas() + " pictures, not " + canvas);
      }
      try (PatchScorer scorer = PatchClassifier.best(classifier, pixels.base())) {
        return pixels.measure(scorer, delta, batchSize, progress, stopped)
            ? Optional.of(map(classifier.name(), scorer.baseLogit()))
            : Optional.empty();
      }
    }

    private ProbeMap map(String classifier, double baseline) {
      double[] all = new double[delta.length];
      Arrays.setAll(all, i -> pixels.changes(i) ? delta[middle(i)] : 0);
      PixelMap map =
          PixelMap.of("one black pixel", pixels.places(), "Δlogit against the target", all);
      return new ProbeMap(classifier, map, baseline);
    }

    private int middle(int position) {
      Canvas canvas = pixels.places();
      return canvas.index(
          middle(canvas.x(position), canvas.width()), middle(canvas.y(position), canvas.height()));
    }

    private int middle(int at, int length) {
      int from = at / every * every;
      return (from + Math.min(length, from + every) - 1) / 2;
    }
  }
}
