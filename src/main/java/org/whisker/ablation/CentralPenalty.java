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
 * What black pixels cost by their distance to the border beyond what as many cost at the border.
 *
 * <p>The cost a(u) of one is the mean Δlogit of one black pixel on white at edge rank u, where that
 * is above 0; where it is below, pixels help, which is no penalty. Those of many do not add up: a
 * network gives twenty black pixels far less than twenty times the harm of one, and a surrogate
 * that takes off the plain sum pays evolution for every black pixel in the centre. So the sum goes
 * through a non-decreasing function fitted to {@linkplain ScatteredPixels scattered pixels}: f(Σ
 * a(u)) is what such pixels cost on average, and the penalty of an image of n is f(Σ a(u)) − f(n
 * a(border)). For a logit that is a sum over its pixels, f changes nothing.
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
    double[] harm = new double[scattered.size() + 1]; // the last: no pixel, no harm
    for (int i = 0; i < logits.length; i++) {
      sums[i] = sum(scattered.get(i));
      harm[i] = logits[i] - probe.baseline();
    }
    this.together = IsotonicFit.of(sums, harm);
  }

  /**
   * Measures it on a network.
   *
   * @param scores the network's, black on white
   * @param seed of the scattered pixels
   */
  public static CentralPenalty of(ProbeMap probe, LogitSource scores, long seed) {
    return new CentralPenalty(probe, scores, seed);
  }

  /** Probes a classifier on white. */
  static ProbeMap probe(
      Classifier classifier, int batch, IntConsumer progress, BooleanSupplier stopped) {
    return ProbeMap.of(classifier, BlackPixels.none(classifier.canvas()), batch, progress, stopped)
        .orElseThrow(() -> new CancellationException("stopped while probing"));
  }

  /** a(u) in logits, at least 0: linear between the middles of the bins. */
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

  /** In logits, at least 0. */
  public double of(BlackPixels image) {
    double atBorder = image.count() * costs.get(0);
    return Math.max(0, together.at(sum(image)) - together.at(atBorder));
  }

  /** The scores less the penalty for the search; the scores themselves for what is reported. */
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
