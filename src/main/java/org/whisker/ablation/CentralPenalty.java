package org.whisker.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeRank;
import org.whisker.position.ProbeMap;
import org.whisker.stats.IsotonicFit;

/**
 * The penalty of black pixels by edge rank, relative to the same number at the border.
 *
 * <p>The cost a(u) of a single pixel is the positive part of the mean Δlogit of one black pixel on
 * white at edge rank u. Costs are not additive: the effect of twenty black pixels is far below
 * twenty times that of one, and a surrogate that subtracts the sum would reward every black pixel
 * in the centre. So the sum is transformed by a non-decreasing function f fitted to {@linkplain
 * ScatteredPixels scattered pixels}: f(Σ a(u)) is the mean cost of such pixels, and the penalty of
 * an image with n pixels is f(Σ a(u)) − f(n a(border)). For an additive logit, f is the identity.
 */
public final class CentralPenalty {
  private final EdgeRank rank;
  private final List<Double> middles = new ArrayList<>();
  private final List<Double> costs = new ArrayList<>();
  private final IsotonicFit together;

  private CentralPenalty(ProbeMap probe, LogitSource scores, long seed) {
    Canvas canvas = probe.delta().canvas();
    double[] delta = probe.delta().values();
    this.rank = new EdgeRank(canvas);
    EdgeBins bins = EdgeBins.of(canvas);
    double[] means = bins.means(i -> delta[i]);
    for (int bin = 0; bin < means.length; bin++) {
      middles.add(bins.bins().get(bin).middle());
      costs.add(Math.max(0, means[bin]));
    }
    List<BlackPixels> scattered = ScatteredPixels.draw(bins, seed);
    float[] logits = scores.logits(scattered);
    double[] sums = new double[scattered.size() + 1];
    double[] harm = new double[scattered.size() + 1]; // the last point: no pixel, no cost
    for (int i = 0; i < logits.length; i++) {
      sums[i] = sum(scattered.get(i));
      harm[i] = logits[i] - probe.baseline();
    }
    this.together = IsotonicFit.of(sums, harm);
  }

  /**
   * Measures the penalty on a network.
   *
   * @param scores of the network, for black on white
   * @param seed of the scattered pixels
   */
  public static CentralPenalty of(ProbeMap probe, LogitSource scores, long seed) {
    return new CentralPenalty(probe, scores, seed);
  }

  /** The probe map of a classifier on white. */
  static ProbeMap probe(
      Classifier classifier, int batch, IntConsumer progress, BooleanSupplier stopped) {
    return ProbeMap.of(classifier, BlackPixels.none(classifier.canvas()), batch, progress, stopped)
        .orElseThrow(() -> new CancellationException("stopped while probing"));
  }

  /** a(u) in logits, at least 0: interpolated linearly between bin centres. */
  private double cost(double u) {
    int last = middles.size() - 1;
    if (u <= middles.get(0)) {
      return costs.get(0);
    }
    for (int i = 1; i <= last; i++) {
      if (u < middles.get(i)) {
        double part = (u - middles.get(i - 1)) / (middles.get(i) - middles.get(i - 1));
        return costs.get(i - 1) + part * (costs.get(i) - costs.get(i - 1));
      }
    }
    return costs.get(last);
  }

  private double sum(BlackPixels image) {
    double sum = 0;
    for (int i = 0; i < image.count(); i++) {
      sum += cost(rank.of(image.get(i)));
    }
    return sum;
  }

  /** The penalty of an image, in logits, at least 0. */
  public double of(BlackPixels image) {
    double atBorder = image.count() * costs.get(0);
    return Math.max(0, together.at(sum(image)) - together.at(atBorder));
  }

  /** The scores minus the penalty for the search, with the original scores as exact ones. */
  public LogitSource takenOff(LogitSource scores) {
    LogitSource surrogate =
        genomes -> {
          float[] logits = scores.logits(genomes);
          for (int i = 0; i < logits.length; i++) {
            logits[i] -= (float) of(genomes.get(i));
          }
          return logits;
        };
    return surrogate.reporting(scores);
  }
}
