package org.whisker.ablation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeRank;
import org.whisker.position.ProbeMap;
import org.whisker.random.SplitMix64;
import org.whisker.stats.IsotonicFit;
import org.whisker.stats.Samples;

/**
 * The refund of a surrogate fitness for the cost of black pixels relative to the border.
 *
 * <p>The cost c(p) of a pixel is Δlogit of that pixel alone on white if that is above 0, else 0.
 * The costs of many pixels do not add up: the harm of twenty black pixels is far less than twenty
 * times that of one, and a surrogate that refunds the plain sum would reward every black pixel in
 * the centre. So the sum goes through a non-decreasing function f fitted to scattered pixels: f(Σ
 * c(p)) is their mean harm. The refund of an image of n pixels is f(Σ r(p)) − f(n b), where b is
 * the mean cost in the outermost tenth of the canvas. For a logit that is a sum over its pixels, f
 * is the identity.
 *
 * <p>The refunded cost r(p) is the pixel's own, c(p), or that of a placebo: costs of the same
 * values or the same mean at other positions ({@link Kind}).
 */
public final class PixelRefund {
  private static final int MOST = 128;
  private static final int EACH = 6;

  private final Canvas canvas;
  private final double[] costs;
  private final double[] refunds;
  private final double border;
  private final IsotonicFit together;

  /** The cost that is refunded for a pixel. */
  public enum Kind {
    /** The pixel's own cost. */
    OWN,
    /** The mean over the canvas, wherever it lies. */
    EVEN,
    /** At edge rank u, the cost of a pixel at 1 − u. */
    REVERSED,
    /** The cost of another pixel, by a permutation of the canvas drawn for each run. */
    SHUFFLED
  }

  private PixelRefund(
      Canvas canvas, double[] costs, double[] refunds, double border, IsotonicFit together) {
    this.canvas = canvas;
    this.costs = costs;
    this.refunds = refunds;
    this.border = border;
    this.together = together;
  }

  /**
   * Measures the costs of a network; each pixel is refunded its own.
   *
   * @param probe the probe of white
   * @param scores the network's, black on white
   * @param seed the seed of the scattered pixels
   */
  public static PixelRefund of(ProbeMap probe, LogitSource scores, long seed) {
    Canvas canvas = probe.delta().canvas();
    double[] costs =
        DoubleStream.of(probe.delta().values()).map(delta -> Math.max(0, delta)).toArray();
    EdgeBins bins = EdgeBins.of(canvas);
    List<BlackPixels> scattered = drawScattered(bins, seed);
    float[] logits = scores.logits(scattered);
    double[] sums = new double[scattered.size() + 1];
    double[] harm = new double[scattered.size() + 1]; // the last: no pixel, no harm
    for (int i = 0; i < logits.length; i++) {
      sums[i] = sum(costs, scattered.get(i));
      harm[i] = logits[i] - probe.baseline();
    }
    double border = bins.means(i -> costs[i])[0];
    return new PixelRefund(canvas, costs, costs, border, IsotonicFit.of(sums, harm));
  }

  /** Probes a classifier on white. */
  static ProbeMap probe(
      Classifier classifier, int batch, IntConsumer progress, BooleanSupplier stopped) {
    return ProbeMap.of(classifier, BlackPixels.none(classifier.canvas()), batch, progress, stopped)
        .orElseThrow(() -> new CancellationException("stopped while probing"));
  }

  /**
   * Returns the same costs, refunded at other positions.
   *
   * @param seed seed of the permutation, if one is drawn
   */
  PixelRefund as(Kind kind, long seed) {
    double[] placed =
        switch (kind) {
          case OWN -> costs;
          case EVEN -> even();
          case REVERSED -> reversed();
          case SHUFFLED -> shuffled(costs, SplitMix64.stream(seed, "ablate shuffled refund", 0));
        };
    return new PixelRefund(canvas, costs, placed, border, together);
  }

  private double[] even() {
    double[] placed = new double[costs.length];
    Arrays.fill(placed, DoubleStream.of(costs).average().orElseThrow());
    return placed;
  }

  private double[] reversed() {
    EdgeRank rank = new EdgeRank(canvas);
    int[] inwards =
        IntStream.range(0, costs.length)
            .boxed()
            .sorted(Comparator.comparingDouble(rank::of))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] placed = new double[costs.length];
    for (int i = 0; i < inwards.length; i++) {
      placed[inwards[i]] = costs[inwards[inwards.length - 1 - i]];
    }
    return placed;
  }

  /** Copies values to other positions, by a random permutation of the canvas. */
  static double[] shuffled(double[] values, SplitMix64 random) {
    double[] placed = values.clone();
    Samples.shuffle(placed, random);
    return placed;
  }

  /** The sum of the values at an image's black pixels. */
  static double sum(double[] values, BlackPixels image) {
    double sum = 0;
    for (int i = 0; i < image.count(); i++) {
      sum += values[image.get(i)];
    }
    return sum;
  }

  /** The refund for an image, in logits, at least 0. */
  public double of(BlackPixels image) {
    double atBorder = together.at(image.count() * border);
    return Math.max(0, together.at(sum(refunds, image)) - atBorder);
  }

  /** The scores less the refund for the search; the scores themselves for what is reported. */
  public LogitSource takenOff(LogitSource scores) {
    return scores.less(this::of);
  }

  /**
   * Images with few to many black pixels at random positions within one bin of edge ranks, or
   * within all.
   */
  static List<BlackPixels> drawScattered(EdgeBins bins, long seed) {
    Canvas canvas = bins.canvas();
    SplitMix64 random = SplitMix64.stream(seed, "ablate scattered", 0);
    List<BlackPixels> images = new ArrayList<>();
    for (int bin = -1; bin < bins.bins().size(); bin++) {
      int[] places = places(bins, bin);
      for (int count = 1; count <= Math.min(MOST, places.length / 2); count *= 2) {
        for (int i = 0; i < EACH; i++) {
          images.add(BlackPixels.of(canvas, some(places, count, random)));
        }
      }
    }
    return images;
  }

  /** The pixels of a bin; of the whole canvas for −1. */
  static int[] places(EdgeBins bins, int bin) {
    return IntStream.range(0, bins.canvas().pixels())
        .filter(p -> bin < 0 || bins.binOf(p) == bin)
        .toArray();
  }

  /** Takes {@code count} of these places without repetition; reorders them. */
  static int[] some(int[] places, int count, SplitMix64 random) {
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(places.length - i);
      int taken = places[j];
      places[j] = places[i];
      places[i] = taken;
    }
    return Arrays.copyOf(places, count);
  }
}
