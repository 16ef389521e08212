package org.whisker.feature.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.classifier.ModelCard;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.feature.train.TrainJob.TrainConfig;
import org.whisker.feature.train.TrainJob.TrainOutcome;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.PhotoReading;
import org.whisker.network.Network;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.TorchDevice.DeviceNames;
import org.whisker.training.EpochOrder;
import org.whisker.training.Trainer;
import org.whisker.training.TrainingTask;
import org.whisker.training.TrainingTask.FineTuning;
import org.whisker.value.Labelled;
import org.whisker.weights.DType.Storage;

/**
 * Trains a classifier from photos, evaluates and saves it. Until it is whole, the job's folder is
 * {@code NAME.training} beside the model, with checkpoints by which the same training goes on; then
 * the manifest is in the model's folder.
 */
public final class TrainJob extends ResumableJob<TrainConfig, TrainOutcome> {
  private static final String COMMAND = "train";

  public TrainJob(JobContext context) {
    super(context, COMMAND, TrainConfig.class);
  }

  /**
   * Trains until done or stopped. A new training goes on from the checkpoints that one with the
   * same options has left.
   *
   * @throws InvalidRequestException when there is a model already, or there can't be such a
   *     training
   * @throws IOException when photos can't be read, or a checkpoint is of another training
   */
  @Override
  public TrainOutcome run(TrainConfig config, JobFolder.Place place) throws IOException {
    TrainingTarget target = TrainingTarget.of(model(config, place), context.home(), config.force());
    TrainingOrigin origin = taught(config, config.start().origin(context.home(), config.regime()));
    requireLayers(config, origin.recipe().network());
    TrainingPhotos photos = TrainingPhotos.read(config.data(), origin.planes(), context);
    List<CachedPhoto> train = photos.train().photos();
    TrainingTask task = origin.task(train, config.balance().balances(train), config.runsOn());
    ModelTraining training = new ModelTraining(origin, task, target, photos, context);
    JobFolder.Job job =
        new JobFolder.Job(
            context.home().models(),
            COMMAND,
            Provenance.manifest(COMMAND, context),
            config,
            List.of()); // checkpoints tell whose they are
    return JobFolder.hold(
        context, kept(place, target), job, folder -> run(config, training, task, target, folder));
  }

  private static Path model(TrainConfig config, JobFolder.Place place) {
    return place instanceof JobFolder.Place.Begun begun
        ? TrainingTarget.modelOf(begun.manifest().folder())
        : config.out();
  }

  private static JobFolder.Place kept(JobFolder.Place place, TrainingTarget target) {
    return place instanceof JobFolder.Place.New fresh
        ? new JobFolder.Place.Kept(target.work(), fresh.arguments())
        : place;
  }

  private TrainOutcome run(
      TrainConfig config,
      ModelTraining training,
      TrainingTask task,
      TrainingTarget target,
      JobFolder folder)
      throws IOException {
    Optional<Trainer.Result> trained =
        folder.inParts(
            work -> training.train("training", context.listener()::detail, context.stop().listen()),
            result -> isFinished(result) ? "running" : "stopped");
    if (!isFinished(trained)) {
      int epochs = trained.map(Trainer.Result::epochs).orElse(0);
      return new TrainOutcome.Stopped(
          epochs, task.options().epochs(), target.work(), keptPreparations(config, target));
    }
    Optional<PhotoReading> test = TrainingPhotos.readTest(config.data(), task.planes(), context);
    ModelCard saved =
        training.save(
            trained.get(), test, config.photosNote(), config.researchOnly(), config.store());
    folder.finishIn(
        target.folder(),
        Map.of("model", Map.of("name", saved.name(), "sha256", saved.weights().sha256())));
    training.end();
    return new TrainOutcome.Finished(target.folder(), saved, trained.get().best());
  }

  private static boolean isFinished(Optional<Trainer.Result> trained) {
    return trained.isPresent() && trained.get().finished();
  }

  private static boolean keptPreparations(TrainConfig config, TrainingTarget target)
      throws IOException {
    Optional<Path> cache = config.teaching().flatMap(TeachingConfig::cache);
    return target.hasPreparations()
        || (cache.isPresent() && !TrainingTarget.prepared(cache.get()).isEmpty());
  }

  private TrainingOrigin taught(TrainConfig config, TrainingOrigin origin) throws IOException {
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
                config.runsOn()));
  }

  private static void requireLayers(TrainConfig config, Network network) {
    for (String layer : config.store().half()) {
      InvalidRequestException.refuse(
          network.nodes().stream()
              .noneMatch(node -> node.name().equals(layer) && !node.parameters().isEmpty()),
          "--half " + layer + ": there is no such layer with weights; see network show");
    }
  }

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
   * @param device where it is trained, as {@link TorchDevice#parse} reads it
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
      String device,
      Optional<String> note,
      boolean researchOnly,
      Storage store) {
    public TrainConfig {
      DeviceNames.one(device);
    }

    /**
     * The device.
     *
     * @throws IllegalArgumentException when it is not here
     */
    public TorchDevice runsOn() {
      return TorchDevice.parse(device);
    }

    /** What the card says of the photos. */
    String photosNote() {
      return note.orElseGet(() -> String.valueOf(data.toAbsolutePath().normalize().getFileName()));
    }

    /**
     * Whether an epoch shows as many cats as other photos, repeating those of the smaller class.
     */
    public enum ClassBalance implements Labelled {
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
        return Labelled.find(values(), label)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "--balance must be auto, on or off, was '" + label + "'"));
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
