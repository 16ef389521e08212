package org.whisker.feature.train;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.classifier.Preprocessing;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.feature.train.TrainArguments.TeachingRecord;
import org.whisker.option.Records;
import org.whisker.torch.TorchDevice;
import org.whisker.training.PhotoStatistics;
import org.whisker.training.Teacher;
import org.whisker.training.TrainingTask;
import org.whisker.training.TrainingTask.FineTuning;
import org.whisker.training.TrainingTask.TrainingStart;
import org.whisker.weights.Weights;

/**
 * A recipe, and the weights that the training begins with.
 *
 * @param planes in which photos are shown: 1 for their gray, 3 for their colours
 * @param own preprocessing that those weights ask for; none: that of the photos
 * @param weights the weights that the recipe trains on; empty: it begins with fresh ones
 * @param teacher whose logits are the targets; empty: the labels are
 * @param researchOnly whether those weights, or the teacher's, may be used for research only: what
 *     comes out, too
 */
public record TrainingOrigin(
    TrainingRecipe recipe,
    int planes,
    Optional<Preprocessing> own,
    Optional<Weights> weights,
    Optional<Teacher> teacher,
    boolean researchOnly) {
  public static TrainingOrigin fresh(TrainingRecipe recipe) {
    int planes = recipe.input().channels();
    return new TrainingOrigin(
        recipe, planes, Optional.empty(), Optional.empty(), Optional.empty(), false);
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
        planes,
        teacher,
        device);
  }

  private TrainingStart start() {
    return weights.isEmpty()
        ? new TrainingStart.Fresh()
        : new TrainingStart.Weighted(weights.get(), recipe.tuning().orElseThrow());
  }

  /** Returns a copy whose weights are trained on in this way. */
  TrainingOrigin tuned(FineTuning tuning) {
    return Records.changed(this, TrainingOrigin::recipe).to(recipe.tuned(tuning));
  }

  /** Returns a copy taught by a model; labels are not smoothed, since they are not used. */
  TrainingOrigin taughtBy(TeachingConfig.Found by) {
    return new TrainingOrigin(
        recipe.with(recipe.options().withLabelSmoothing(0)),
        planes,
        own,
        weights,
        Optional.of(by.teacher()),
        researchOnly || by.researchOnly());
  }

  /**
   * The recipe's record with the planes of photos, what taught it, whether epochs were balanced,
   * which layers are stored in half precision, and what the weights add to it.
   */
  TrainingRecord record(TrainingRecord recorded, boolean balanced, List<String> half) {
    Map<String, String> options = new TreeMap<>(recorded.options());
    if (planes > 1) {
      options.put(TrainingRecord.COLOUR, "true");
    }
    teacher.ifPresent(by -> options.putAll(TeachingRecord.named(by.how())));
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
