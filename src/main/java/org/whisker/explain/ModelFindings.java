package org.whisker.explain;

import java.util.List;
import java.util.Optional;
import org.whisker.ablation.PaddingSwap;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.GenerationStats;
import org.whisker.evolution.RunResult;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.position.DensityProfile;
import org.whisker.position.EdgeBias;
import org.whisker.position.PositionHeatmap;
import org.whisker.position.ProbeMap;
import org.whisker.position.ProbeProfile;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyProfile;
import org.whisker.stats.TestResult;

/**
 * All that the protocol measured on one model.
 *
 * @param whiteLogit logit (of not-cat) of the pure white image
 * @param runs evolution, one a seed
 * @param histories of those runs, generation by generation
 * @param positions empty when no run has a black pixel
 * @param probe Δlogit of one black pixel at every position on white
 * @param gradient of the logit by the gray values at white
 * @param landscape rank correlation of being black with the probe map; empty when all runs are
 *     white
 * @param padding empty when the model can't be swapped
 */
public record ModelFindings(
    ModelSummary model,
    double whiteLogit,
    List<RunResult> runs,
    List<List<GenerationStats>> histories,
    PositionHeatmap heatmap,
    Optional<Positions> positions,
    ProbeMap probe,
    ProbeProfile probeProfile,
    SaliencyMap gradient,
    SaliencyProfile gradientProfile,
    Optional<TestResult> landscape,
    Optional<PaddingSwap> padding) {
  public ModelFindings {
    runs = List.copyOf(runs);
    histories = List.copyOf(histories);
  }

  /** Where black pixels lie, over the runs that have some. */
  public record Positions(EdgeBias bias, DensityProfile profile) {}

  public List<BlackPixels> finalImages() {
    return runs.stream().map(r -> r.best().genome()).toList();
  }

  public Canvas canvas() {
    return heatmap.frequency().canvas();
  }

  /** p(cat) of the pure white image. */
  public double whiteCatProbability() {
    return Classifier.catProbability(whiteLogit);
  }

  /** How many runs ended with at least this p(cat). */
  public long crossed(double catProbability) {
    return runs.stream().filter(r -> r.crossed(catProbability)).count();
  }
}
