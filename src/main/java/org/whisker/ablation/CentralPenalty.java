package org.whisker.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeRank;
import org.whisker.position.ProbeMap;

/**
 * What a black pixel costs by its distance to the border beyond what it costs at the border itself:
 * the mean Δlogit of one black pixel on white, by edge rank u, less its value at the border; where
 * that is below 0, the border's helps the cat, and it, or the rest, is no penalty and counts as 0.
 */
public final class CentralPenalty {
  private final EdgeRank rank;
  private final List<Double> middles = new ArrayList<>();
  private final List<Double> costs = new ArrayList<>();

  /**
   * From the effect of one black pixel at every position.
   *
   * @param probe on white
   */
  public CentralPenalty(ProbeMap probe) {
    Canvas canvas = probe.delta().canvas();
    double[] delta = probe.delta().values();
    this.rank = new EdgeRank(canvas);
    EdgeBins bins = EdgeBins.of(canvas);
    double[] means = bins.means(i -> delta[i]);
    double border = Math.max(0, means[0]);
    for (int bin = 0; bin < means.length; bin++) {
      middles.add(bins.bins().get(bin).middle());
      costs.add(Math.max(0, means[bin] - border));
    }
  }

  /** Probes a classifier on white. */
  static ProbeMap probe(Classifier classifier, int batch, BooleanSupplier stopped) {
    return ProbeMap.of(
            classifier, BlackPixels.none(classifier.canvas()), batch, done -> {}, stopped)
        .orElseThrow(() -> new CancellationException("stopped while probing"));
  }

  /** In logits, at least 0, at edge rank u: linear between the middles of the bins. */
  public double at(double u) {
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

  /** Of all black pixels together, as if they added up. */
  double of(BlackPixels image) {
    double sum = 0;
    for (int i = 0; i < image.count(); i++) {
      sum += at(rank.of(image.get(i)));
    }
    return sum;
  }

  /** The scores less the penalty for the search; the scores themselves for what is reported. */
  LogitSource takenOff(LogitSource scores) {
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
