package org.whisker.study.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.TrainingRecord;
import org.whisker.dataset.CachedPhoto;
import org.whisker.torch.TorchDevice;
import org.whisker.training.FineTuning;
import org.whisker.training.PhotoStatistics;
import org.whisker.training.TrainingStart;
import org.whisker.training.TrainingTask;
import org.whisker.weights.Weights;

/**
 * A recipe, and the weights that the training begins with.
 *
 * @param own preprocessing that those weights ask for; none: that of the photos
 * @param weights that the recipe trains on; empty: it begins with fresh ones
 * @param researchOnly whether those weights may be used for research only: what comes out, too
 */
public record TrainingOrigin(
    TrainingRecipe recipe,
    Optional<Preprocessing> own,
    Optional<Weights> weights,
    boolean researchOnly) {
  public static TrainingOrigin fresh(TrainingRecipe recipe) {
    return new TrainingOrigin(recipe, Optional.empty(), Optional.empty(), false);
  }

  /** What is to be trained on these photos. */
  public TrainingTask task(List<CachedPhoto> photos, boolean balanced, TorchDevice device) {
    return new TrainingTask(
        recipe.network(),
        recipe.options(),
        recipe.precision(),
        own.orElseGet(() -> PhotoStatistics.preprocessing(photos)),
        start(),
        balanced,
        device);
  }

  private TrainingStart start() {
    return weights.isEmpty()
        ? new TrainingStart.Fresh()
        : new TrainingStart.Weighted(weights.get(), recipe.tuning().orElseThrow());
  }

  /** This, with those weights trained on in this way. */
  TrainingOrigin tuned(FineTuning tuning) {
    return new TrainingOrigin(recipe.tuned(tuning), own, weights, researchOnly);
  }

  /**
   * The recipe's record with whether epochs were balanced, which layers are stored in half
   * precision, and what the weights add to it.
   */
  TrainingRecord record(TrainingRecord recorded, boolean balanced, List<String> half) {
    Map<String, String> options = new TreeMap<>(recorded.options());
    if (balanced) {
      options.put("balance", "on");
    }
    if (!half.isEmpty()) {
      options.put(TrainingRegime.HALF, String.join(",", half));
    }
    return new TrainingRecord(
        recorded.data(),
        researchOnly || recorded.researchOnly(),
        recorded.photos(),
        recorded.epochs(),
        recorded.seed(),
        options);
  }
}
