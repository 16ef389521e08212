package org.whisker.feature.train;

import java.io.IOException;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.TrainingRecord;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.Progress;
import org.whisker.job.input.PhotoReading;
import org.whisker.training.Trainer;
import org.whisker.training.TrainingTask;
import org.whisker.weights.Storage;
import org.whisker.weights.Weights;

/** The training of one network into its folder, from where an earlier process left it. */
public final class ModelTraining {
  private final TrainingOrigin origin;
  private final TrainingTask task;
  private final TrainingTarget target;
  private final TrainingPhotos photos;
  private final JobContext context;
  private final Trainer trainer;
  private final int steps;

  /**
   * Prepares it.
   *
   * @throws InvalidRequestException when the photos don't fill one batch
   */
  public ModelTraining(
      TrainingOrigin origin,
      TrainingTask task,
      TrainingTarget target,
      TrainingPhotos photos,
      JobContext context) {
    this.origin = origin;
    this.task = task;
    this.target = target;
    this.photos = photos;
    this.context = context;
    this.trainer = new Trainer(task, target.work(), context.clock());
    this.steps = trainer.steps(photos.train().photos());
    InvalidRequestException.refuse(
        steps == 0,
        "a batch of %d (--batch) is more than the %d training photos"
            .formatted(task.options().batch(), photos.train().photos().size()));
  }

  /**
   * Trains until done or stopped.
   *
   * @param name of the task, for its progress
   * @param epochs is told of every epoch in one line
   * @return the best weights, or how far it is; empty when it was stopped before its first epoch
   *     was done
   */
  public Optional<Trainer.Result> train(
      String name, Consumer<String> epochs, BooleanSupplier stopped) throws IOException {
    int all = task.options().epochs();
    target.removeLeftovers();
    try (Progress progress = context.progress(name, (long) steps * all)) {
      TrainingLog log = new TrainingLog(target.epochs(), all, progress, epochs);
      return Optional.of(
          trainer.train(photos.train().photos(), photos.val().photos(), log, stopped));
    } catch (IOException e) {
      if (stopped.getAsBoolean() && !target.begun()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /**
   * Evaluates and saves what was trained, with its epochs as {@code training.csv}, and removes the
   * checkpoints.
   *
   * @param test what it is evaluated on, if there are photos for that
   * @param note what the photos are
   * @param researchOnly whether they may be used for research only
   * @param storage of the numbers in the weights file; evaluated is what they are rounded to
   * @return the card as saved
   */
  public ModelCard save(
      Trainer.Result result,
      Optional<PhotoReading> test,
      String note,
      boolean researchOnly,
      Storage storage)
      throws IOException {
    Weights weights = result.weights().rounded(storage);
    TrainingRecord record =
        origin.record(
            origin.recipe().record(note, researchOnly, photos.counts(test)),
            task.balanced(),
            storage.half());
    ModelCard card = origin.recipe().card(target.name(), task.preprocessing(), record, context);
    ModelCard evaluated =
        test.isEmpty() ? card : card.withFigures(TestFigures.of(card, weights, test.get()));
    target.beginSaving(evaluated);
    ModelCard saved = target.store().save(evaluated, weights, storage);
    EpochRow.TABLE.write(target.folder().resolve(EpochRow.FILE), TrainingLog.read(target.epochs()));
    context.listener().tablesWritten(target.folder());
    target.removeWork();
    return saved;
  }
}
