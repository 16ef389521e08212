package org.whisker.feature.train;

import java.nio.file.Path;
import org.whisker.classifier.ModelCard;
import org.whisker.training.Trainer;

/** What became of a training. */
public sealed interface TrainOutcome {
  /**
   * The model is saved.
   *
   * @param folder of the model
   * @param card as saved; its figures are those on test photos, where there are any
   * @param best the epoch whose weights were kept
   */
  record Finished(Path folder, ModelCard card, Trainer.EpochScore best) implements TrainOutcome {}

  /**
   * It was stopped; the same training goes on from there.
   *
   * @param epochs how many were done, 0 when there is no checkpoint
   * @param of how many
   * @param work where the checkpoint lies
   * @param keptPreparations whether features of frozen layers, or a teacher's logits, are kept,
   *     also elsewhere
   */
  record Stopped(int epochs, int of, Path work, boolean keptPreparations) implements TrainOutcome {}
}
