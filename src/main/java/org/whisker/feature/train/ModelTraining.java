package org.whisker.feature.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.Figures;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.dataset.DuplicateGroup.PhotoRings;
import org.whisker.feature.train.DatasetJob.PhotoRingRow;
import org.whisker.feature.train.EvaluateJob.ScoredPhotos;
import org.whisker.image.BlackPixels;
import org.whisker.image.GrayImage;
import org.whisker.io.Decimals;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.input.PhotoReading;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.training.Trainer;
import org.whisker.training.Trainer.EpochStats;
import org.whisker.training.TrainingTask;
import org.whisker.value.Text;
import org.whisker.weights.DType.Storage;
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
   * Prepares the training.
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
        Text.of(
            "a batch of %d (--batch) is more than the %d training photos",
            task.options().batch(), photos.train().photos().size()));
  }

  /**
   * Trains until done or stopped.
   *
   * @param name the name of the task, for its progress
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
   * Evaluates and saves what was trained, with its epochs as {@code training.csv}. The checkpoints
   * stay until {@link #end}.
   *
   * @param test what it is evaluated on, if there are photos for that
   * @param note what the photos are
   * @param researchOnly whether they may be used for research only
   * @param storage the storage of the numbers in the weights file; evaluated is what they are
   *     rounded to
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
        test.isEmpty() ? card : card.withFigures(testFigures(card, weights, test.get()));
    target.beginSaving(evaluated);
    ModelCard saved = target.store().save(evaluated, weights, storage);
    EpochRow.TABLE.writeIn(target.folder(), TrainingLog.read(target.epochs()));
    PhotoRingRow.TABLE.writeIn(target.folder(), rings(photos.train()));
    return saved;
  }

  /** Has the charts of the saved model drawn, and removes the checkpoints. */
  public void end() throws IOException {
    context.listener().tablesWritten(target.folder());
    target.removeWork();
  }

  /** What the training photos are like by depth, by class and by the collection they came from. */
  private static List<PhotoRingRow> rings(PhotoReading photos) {
    return PhotoRingRow.of(
        photos.photos().stream()
            .map(
                photo ->
                    new PhotoRingRow.Seen(
                        photo.photo().label(),
                        photo.photo().origin(),
                        PhotoRings.of(GrayImage.of(photo))))
            .toList());
  }

  /** The figures of new weights on test photos, as they will be run: folded, in float32. */
  private static Figures testFigures(ModelCard card, Weights weights, PhotoReading test)
      throws IOException {
    TorchClassifier.Settings run = TorchClassifier.Settings.cpu(Precision.FLOAT32);
    try (Classifier classifier = Classifiers.of(card, weights, run)) {
      float white = classifier.logits(List.of(BlackPixels.none(classifier.canvas())))[0];
      ScoredPhotos scored = ScoredPhotos.of(classifier, test.photos(), run.batch(), done -> {});
      return Figures.of(scored.evaluation(), Classifier.catProbability(white));
    }
  }

  /**
   * Shows how training goes, and keeps its epochs in a CSV file that a resumed training goes on.
   */
  private static final class TrainingLog implements Trainer.Listener {
    private final Path file;
    private final int epochs;
    private final Progress progress;
    private final Consumer<String> epochNotes;
    private final List<EpochRow> done;
    private long steps;

    /**
     * @param file what earlier epochs are read from, when it exists
     * @param epochNotes is told of every epoch in one line
     */
    TrainingLog(Path file, int epochs, Progress progress, Consumer<String> epochNotes)
        throws IOException {
      this.file = file;
      this.epochs = epochs;
      this.progress = progress;
      this.epochNotes = epochNotes;
      this.done = new ArrayList<>(read(file));
    }

    /** The epochs that a file tells of; none where there is no file. */
    static List<EpochRow> read(Path file) throws IOException {
      return Files.exists(file) ? EpochRow.TABLE.read(file) : List.of();
    }

    @Override
    public void onStep(int epoch, int step, int steps, double meanLoss) {
      String validation =
          done.isEmpty()
              ? ""
              : " validation " + Decimals.percent(done.get(done.size() - 1).validationAccuracy());
      progress.extraMessage(
          Text.of("epoch %d/%d loss %.3f%s", epoch, epochs, meanLoss, validation));
      this.steps = (epoch - 1L) * steps + step;
      progress.stepTo(this.steps);
    }

    @Override
    public void onFeatures(int photos, int of) {
      progress.extraMessage(Text.of("features of frozen layers: photo %d of %d", photos, of));
      progress.stepTo(0);
    }

    @Override
    public void onTeacher(int epoch, int views, int of) {
      progress.extraMessage(
          Text.of("epoch %d/%d teacher: picture %d of %d", epoch, epochs, views, of));
      progress.stepTo(steps);
    }

    @Override
    public void onEpoch(EpochStats stats) {
      // without its checkpoint a training begins anew over an old file
      done.removeIf(epoch -> epoch.epoch() >= stats.epoch());
      done.add(
          new EpochRow(
              stats.epoch(),
              stats.trainLoss(),
              stats.validationLoss(),
              stats.validationAccuracy(),
              stats.learningRate(),
              stats.seconds()));
      try {
        EpochRow.TABLE.write(file, done);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      epochNotes.accept(
          Text.of(
              "epoch %d: loss %.4f, validation loss %.4f, accuracy %s, %.0f s",
              stats.epoch(),
              stats.trainLoss(),
              stats.validationLoss(),
              Decimals.percent(stats.validationAccuracy()),
              stats.seconds()));
    }
  }

  /** A row of {@code training.csv}: one epoch of training. */
  public record EpochRow(
      @Column(meaning = "epoch, from 1") int epoch,
      @Column(
              unit = "nats",
              meaning =
                  "mean loss over the epoch's batches: binary cross-entropy on smoothed"
                      + " targets, or, for a taught model, the divergence from its teacher"
                      + " plus, if the teacher's features are learned, too, the weighted share"
                      + " of their variance that is not explained")
          double trainLoss,
      @Column(
              unit = "nats",
              meaning = "mean binary cross-entropy on validation photos, on unsmoothed targets")
          double validationLoss,
      @Column(unit = "share", meaning = "share of validation photos classified correctly")
          double validationAccuracy,
      @Column(meaning = "learning rate at the end of the epoch") double learningRate,
      @Column(unit = "s", meaning = "duration of the epoch, in seconds") double seconds) {
    public static final String FILE = "training.csv";
    public static final Table<EpochRow> TABLE = Table.of(EpochRow.class, FILE);
  }
}
