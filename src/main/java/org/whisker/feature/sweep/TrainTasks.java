package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.dataset.DatasetListing;
import org.whisker.feature.sweep.SweepPlan.SweepGroup;
import org.whisker.feature.train.RetrainingData.RetrainingPhotos;
import org.whisker.feature.train.StartingPoint;
import org.whisker.feature.train.TrainJob.TrainConfig;
import org.whisker.feature.train.TrainJob.TrainConfig.ClassBalance;
import org.whisker.feature.train.TrainingRecipe;
import org.whisker.feature.train.TrainingRegime;
import org.whisker.job.ConfigJson;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.weights.DType;
import org.whisker.weights.DType.Storage;

/** Makes the tasks of trainings: a network each. */
final class TrainTasks {
  private final JobContext context;
  private final SweepPlanner.Pace pace;
  private final SweepPlanner.SweepKeys keys;
  private final Map<Path, Photos> known = new HashMap<>();

  TrainTasks(JobContext context, SweepPlanner.Pace pace, SweepPlanner.SweepKeys keys) {
    this.context = context;
    this.pace = pace;
    this.keys = keys;
  }

  /** What is asked for in the spec's words. */
  record Asked(String group, Map<String, String> options, List<Long> seeds) {}

  /** Photos, and how many there are for training and for validation. */
  private record Photos(String sha256, long train, long val) {}

  /**
   * Adds the tasks of a configuration.
   *
   * @throws InvalidRequestException when there can't be such a training
   */
  SweepGroup make(Asked asked, TrainConfig config, List<SweepTask> tasks) throws IOException {
    Photos photos = photos(config.data());
    TrainingRecipe recipe = config.start().origin(context.home(), config.regime()).recipe();
    InvalidRequestException.check(recipe::network);
    ObjectNode json = (ObjectNode) ConfigJson.write(TrainTaskJson.of(config, photos.sha256()));
    double epochs = recipe.epochs();
    // a photo of validation is scored and not learned from: about a third of the work
    double seconds =
        epochs * (photos.train() + photos.val() / 3.0) * pace.training(recipe, config.runsOn());
    String identity = photos.sha256();
    String text = text(recipe, config);
    for (long seed : asked.seeds()) {
      tasks.add(
          new SweepTask(
              keys.of(SweepTask.Kind.TRAIN, identity, text, seed),
              SweepTask.Kind.TRAIN,
              asked.group(),
              recipe.architecture().kind().label() + " " + asked.options(),
              config.start() instanceof StartingPoint.Pretrained init ? init.model() : "",
              recipe.initSha256(),
              seed,
              epochs * photos.train(),
              seconds,
              1,
              seeded(json, seed)));
    }
    return new SweepGroup(asked.group(), "train", asked.options(), json);
  }

  /** All that is asked for but the seed, which stands alone in keys. */
  private static String text(TrainingRecipe recipe, TrainConfig config) {
    return String.join(
        " ",
        recipe.withSeed(0).toString(),
        config.balance().toString(),
        config.note().toString(),
        Boolean.toString(config.researchOnly()));
  }

  private static ObjectNode seeded(ObjectNode json, long seed) {
    ObjectNode own = json.deepCopy();
    own.withObject("/regime").put("seed", seed);
    return own;
  }

  private Photos photos(Path data) throws IOException {
    Photos before = known.get(data);
    if (before != null) {
      return before;
    }
    String sha256 = RetrainingPhotos.of(data).sha256();
    long train = DatasetListing.of(data).stream().filter(p -> p.split().equals("train")).count();
    long val = DatasetListing.of(data).stream().filter(p -> p.split().equals("val")).count();
    Photos photos = new Photos(sha256, train, val);
    known.put(data, photos);
    return photos;
  }

  /**
   * The configuration of a task that trains a network.
   *
   * @param data the folder of photos, under the same path on all nodes
   * @param photos SHA-256 of every photo's split, label, name and content
   * @param fresh the network, where it begins with fresh weights; else
   * @param init the model whose weights it begins with
   * @param regime how it is trained, with its seed
   * @param device such as {@code cpu}
   */
  record TrainTaskJson(
      Path data,
      String photos,
      Optional<StartingPoint.Fresh> fresh,
      Optional<StartingPoint.Pretrained> init,
      TrainingRegime regime,
      ClassBalance balance,
      String device,
      Optional<String> note,
      boolean researchOnly) {
    /**
     * The configuration of a training from labels, whose weights are kept in float32.
     *
     * @param sha256 the SHA-256 of the photos
     */
    public static TrainTaskJson of(TrainConfig config, String sha256) {
      StartingPoint start = config.start();
      return new TrainTaskJson(
          config.data().toAbsolutePath().normalize(),
          sha256,
          start instanceof StartingPoint.Fresh fresh ? Optional.of(fresh) : Optional.empty(),
          start instanceof StartingPoint.Pretrained init ? Optional.of(init) : Optional.empty(),
          config.regime(),
          config.balance(),
          config.runsOn().label(),
          config.note(),
          config.researchOnly());
    }

    /**
     * Reads the configuration of a task.
     *
     * @param file the file that the task is from, for the message
     */
    public static TrainTaskJson of(SweepTask task, Path file) throws IOException {
      return ConfigJson.read(task.configuration(), TrainTaskJson.class, file);
    }

    /**
     * The training.
     *
     * @param init where the model lies whose weights it begins with, if it does
     * @param out the folder of the network
     */
    public TrainConfig config(Optional<Path> init, Path out) {
      return new TrainConfig(
          data,
          out,
          false,
          start(init),
          regime,
          Optional.empty(),
          balance,
          device,
          note,
          researchOnly,
          new Storage(DType.F32, List.of()));
    }

    private StartingPoint start(Optional<Path> at) {
      if (init.isEmpty()) {
        return fresh.orElseThrow();
      }
      StartingPoint.Pretrained from = init.get();
      return new StartingPoint.Pretrained(
          at.orElseThrow().toString(),
          from.size(),
          from.padding(),
          from.dropout(),
          from.frozenEpochs(),
          from.releaseRate());
    }
  }
}
