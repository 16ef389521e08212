package org.whisker.feature.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.whisker.classifier.ModelCard;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.job.FolderSession;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.input.PhotoReading;
import org.whisker.network.Network;
import org.whisker.torch.TorchDevice;
import org.whisker.training.EpochOrder;
import org.whisker.training.Trainer;
import org.whisker.training.TrainingTask;
import org.whisker.training.TrainingTask.FineTuning;
import org.whisker.weights.DType.Storage;

/** Trains a classifier from photos, evaluates and saves it; goes on where it was stopped. */
public final class TrainJob {
  private final TrainConfig config;
  private final JobContext context;

  public TrainJob(TrainConfig config, JobContext context) {
    this.config = config;
    this.context = context;
  }

  /**
   * Trains until done or stopped.
   *
   * @throws InvalidRequestException when there is a model already, or there can't be such a
   *     training
   * @throws IOException when photos can't be read, or a checkpoint is of another training
   */
  public TrainOutcome run() throws IOException {
    TrainingTarget target = TrainingTarget.of(config.out(), context.home(), config.force());
    TrainingOrigin origin = taught(config.start().origin(context.home(), config.regime()));
    requireLayers(origin.recipe().network());
    TrainingPhotos photos = TrainingPhotos.read(config.data(), origin.planes(), context);
    List<CachedPhoto> train = photos.train().photos();
    TrainingTask task = origin.task(train, config.balance().balances(train), config.device());
    ModelTraining training = new ModelTraining(origin, task, target, photos, context);
    return FolderSession.hold(target.work(), () -> run(training, task, target));
  }

  private TrainOutcome run(ModelTraining training, TrainingTask task, TrainingTarget target)
      throws IOException {
    Optional<Trainer.Result> result =
        training.train("training", context.listener()::detail, context.stop().listen());
    if (result.isEmpty() || !result.get().finished()) {
      int epochs = result.map(Trainer.Result::epochs).orElse(0);
      return new TrainOutcome.Stopped(
          epochs, task.options().epochs(), target.work(), keptPreparations(target));
    }
    Optional<PhotoReading> test = TrainingPhotos.readTest(config.data(), task.planes(), context);
    ModelCard saved =
        training.save(
            result.get(), test, config.photosNote(), config.researchOnly(), config.store());
    return new TrainOutcome.Finished(target.folder(), saved, result.get().best());
  }

  private boolean keptPreparations(TrainingTarget target) throws IOException {
    Optional<Path> cache = config.teaching().flatMap(TeachingConfig::cache);
    return target.hasPreparations()
        || (cache.isPresent() && !TrainingTarget.prepared(cache.get()).isEmpty());
  }

  private TrainingOrigin taught(TrainingOrigin origin) throws IOException {
    if (config.teaching().isEmpty()) {
      return origin;
    }
    InvalidRequestException.refuse(
        origin.recipe().tuning().map(FineTuning::frozenEpochs).orElse(0) > 0,
        "--teacher teaches all layers from the first epoch on; with --init, give"
            + " --frozen-epochs 0");
    Double smoothing = config.regime().labelSmoothing();
    InvalidRequestException.refuse(
        smoothing != null && smoothing > 0,
        "--label-smoothing moves labels, and with --teacher there are none; leave it out");
    return origin.taughtBy(
        config
            .teaching()
            .get()
            .find(
                context.home(),
                origin.recipe().network(),
                origin.planes(),
                origin.recipe().precision(),
                config.device()));
  }

  private void requireLayers(Network network) {
    for (String layer : config.store().half()) {
      InvalidRequestException.refuse(
          network.nodes().stream()
              .noneMatch(node -> node.name().equals(layer) && !node.parameters().isEmpty()),
          "--half " + layer + ": there is no such layer with weights; see network show");
    }
  }

  /** What became of a training. */
  public sealed interface TrainOutcome {
    /**
     * The model is saved.
     *
     * @param folder the folder of the model
     * @param card as saved; its figures are those on test photos, where there are any
     * @param best the epoch whose weights were kept
     */
    record Finished(Path folder, ModelCard card, Trainer.EpochScore best) implements TrainOutcome {}

    /**
     * The training was stopped; the same training goes on from there.
     *
     * @param epochs how many were done, 0 when there is no checkpoint
     * @param of how many
     * @param work where the checkpoint lies
     * @param keptPreparations whether features of frozen layers, or a teacher's logits, are kept,
     *     also elsewhere
     */
    record Stopped(int epochs, int of, Path work, boolean keptPreparations)
        implements TrainOutcome {}
  }

  /**
   * A training.
   *
   * @param data a folder with {@code train/}, {@code val/} and perhaps {@code test/}, or a CSV of
   *     photos
   * @param out the model's folder; a plain name means one in {@code models/}
   * @param force whether a model in that folder is replaced
   * @param start what the training begins with
   * @param regime how it is trained
   * @param teaching what teaches it; empty: the labels do
   * @param note what the photos are, for the model's card; empty: the name of {@code data}
   * @param researchOnly whether the photos may be used for research only
   * @param store how the weights file holds numbers
   */
  public record TrainConfig(
      Path data,
      Path out,
      boolean force,
      StartingPoint start,
      TrainingRegime regime,
      Optional<TeachingConfig> teaching,
      ClassBalance balance,
      TorchDevice device,
      Optional<String> note,
      boolean researchOnly,
      Storage store) {
    /** What the card says of the photos. */
    String photosNote() {
      return note.orElseGet(() -> String.valueOf(data.toAbsolutePath().normalize().getFileName()));
    }

    /**
     * Whether an epoch shows as many cats as other photos, repeating those of the smaller class.
     */
    public enum ClassBalance {
      /** Balances if one class has {@value EpochOrder#UNEVEN} times the photos of the other. */
      AUTO,
      ON,
      OFF;

      /**
       * Reads the word that users type.
       *
       * @throws IllegalArgumentException for another word
       */
      public static ClassBalance parse(String label) {
        for (ClassBalance each : values()) {
          if (each.name().toLowerCase(Locale.ROOT).equals(label)) {
            return each;
          }
        }
        throw new IllegalArgumentException(
            "--balance must be auto, on or off, was '" + label + "'");
      }

      /** Whether to balance these photos. */
      boolean balances(List<CachedPhoto> training) {
        return switch (this) {
          case ON -> true;
          case OFF -> false;
          case AUTO -> new EpochOrder(training, false).isUneven();
        };
      }
    }
  }
}
