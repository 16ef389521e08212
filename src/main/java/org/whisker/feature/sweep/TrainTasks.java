package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.whisker.ablation.result.NetworkTables.TrainedRow;
import org.whisker.dataset.DatasetListing;
import org.whisker.feature.sweep.SweepFolder.SweepGroup;
import org.whisker.feature.sweep.SweepPlanner.Planning;
import org.whisker.feature.sweep.SweepTask.Kind;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.SweepTask.TaskResult;
import org.whisker.feature.sweep.SweepWorker.OpenModel;
import org.whisker.feature.sweep.SweepWorker.TaskRunner;
import org.whisker.feature.train.RetrainingData.RetrainingPhotos;
import org.whisker.feature.train.StartingPoint;
import org.whisker.feature.train.TrainJob;
import org.whisker.feature.train.TrainJob.TrainConfig;
import org.whisker.feature.train.TrainJob.TrainConfig.ClassBalance;
import org.whisker.feature.train.TrainJob.TrainOutcome;
import org.whisker.feature.train.TrainingRecipe;
import org.whisker.feature.train.TrainingRegime;
import org.whisker.feature.train.TrainingTarget;
import org.whisker.io.Contained;
import org.whisker.io.JsonFile;
import org.whisker.job.ConfigJson;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener;
import org.whisker.weights.DType;
import org.whisker.weights.DType.Storage;

/**
 * The tasks of trainings, a network each, trained as by {@code train} into {@value #NETWORKS}/ of
 * the sweep. One that was begun goes on from its last epoch; the result is read off its card.
 */
final class TrainTasks implements TaskRunner {
  static final String NETWORKS = "networks";

  private static final int DIGITS = 12;

  private final OpenModel models;
  private final SweepFolder folder;
  private final JobContext context;
  private final Map<Path, String> photos = new HashMap<>();

  TrainTasks(OpenModel models, SweepFolder folder, JobContext context) {
    this.models = models;
    this.folder = folder;
    this.context = context;
  }

  /**
   * Adds the tasks of a configuration.
   *
   * @throws InvalidRequestException when there can't be such a training
   */
  static SweepGroup plan(
      Planning planning,
      String group,
      Map<String, String> options,
      List<Long> seeds,
      TrainConfig config)
      throws IOException {
    TrainingRecipe recipe =
        config.start().origin(planning.context().home(), config.regime()).recipe();
    InvalidRequestException.check(recipe::network);
    String photos = RetrainingPhotos.of(config.data()).sha256();
    ObjectNode json = (ObjectNode) ConfigJson.write(TrainTaskConfig.of(config, photos));
    double train = photos(config.data(), "train");
    // a photo of validation is scored and not learned from: about a third of the work
    double seconds =
        recipe.epochs()
            * (train + photos(config.data(), "val") / 3)
            * planning.pace().training(recipe, config.runsOn());
    String text = text(recipe, config);
    for (long seed : seeds) {
      ObjectNode own = json.deepCopy();
      own.withObject("/regime").put("seed", seed);
      planning.add(
          new SweepTask(
              TaskKey.of(Kind.TRAIN, photos, text, seed, planning.numerics()),
              Kind.TRAIN,
              group,
              recipe.architecture().kind().label() + " " + options,
              config.start() instanceof StartingPoint.Pretrained init ? init.model() : "",
              recipe.initSha256(),
              seed,
              recipe.epochs() * train,
              seconds,
              own));
    }
    return new SweepGroup(group, "train", options, json);
  }

  private static double photos(Path data, String split) throws IOException {
    return DatasetListing.of(data).stream().filter(p -> p.split().equals(split)).count();
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

  @Override
  public TaskResult run(SweepTask task, BooleanSupplier stopped) throws IOException {
    TrainTaskConfig asked =
        ConfigJson.read(
            task.configuration(), TrainTaskConfig.class, folder.path().resolve(SweepFolder.TASKS));
    String kind = task.what().substring(0, task.what().indexOf(' '));
    String name = kind + "-" + task.key().digits().substring(0, DIGITS);
    Path model = new Contained(folder.path()).resolve(NETWORKS + "/" + name);
    if (!TrainingTarget.isEnded(model)) {
      train(task, asked, model, stopped);
    }
    TrainedRow row = row(task, JsonFile.read(model.resolve("model.json")));
    String text = TrainedRow.TABLE.headerLine() + TrainedRow.TABLE.line(row);
    return TaskResult.of(task.key(), Map.of(TrainedRow.FILE, text));
  }

  private void train(SweepTask task, TrainTaskConfig asked, Path model, BooleanSupplier stopped)
      throws IOException {
    check(asked);
    Optional<Path> init =
        task.model().isEmpty() ? Optional.empty() : Optional.of(models.of(task).folder());
    Files.createDirectories(model.resolveSibling(""));
    JobContext quiet =
        new JobContext(context.home(), context.clock(), JobListener.silent(), () -> stopped);
    TrainOutcome outcome = new TrainJob(quiet).run(asked.config(init, model), Optional.empty());
    if (!(outcome instanceof TrainOutcome.Finished)) {
      throw new CancellationException("stopped in a training");
    }
  }

  private void check(TrainTaskConfig asked) throws IOException {
    String here = photos.get(asked.data());
    if (here == null) {
      here = RetrainingPhotos.of(asked.data()).sha256();
      photos.put(asked.data(), here);
    }
    if (!here.equals(asked.photos())) {
      throw new IOException(
          asked.data()
              + " has other photos here than when the sweep was planned; restore them, or plan"
              + " again");
    }
  }

  private static TrainedRow row(SweepTask task, JsonNode card) {
    JsonNode figures = card.path("figures");
    return new TrainedRow(
        card.path("name").asText(),
        task.seed(),
        card.at("/training/epochs").asInt(),
        figures.path("photos").asInt(),
        figures.path("accuracy").asDouble(),
        figures.path("recallCat").asDouble(),
        figures.path("recallNotCat").asDouble(),
        figures.path("rocAuc").asDouble(),
        figures.path("whiteCatProbability").asDouble(),
        card.at("/weights/sha256").asText());
  }

  @Override
  public void close() {
    // nothing stays open
  }

  /**
   * The configuration of a task that trains a network.
   *
   * @param data the folder of photos, under the same path on all nodes
   * @param photos SHA-256 of every photo's split, label, name and content
   * @param fresh the network, where it begins with fresh weights; else
   * @param init the model whose weights it begins with
   * @param regime how it is trained, with its seed
   */
  record TrainTaskConfig(
      Path data,
      String photos,
      Optional<StartingPoint.Fresh> fresh,
      Optional<StartingPoint.Pretrained> init,
      TrainingRegime regime,
      ClassBalance balance,
      String device,
      Optional<String> note,
      boolean researchOnly) {
    /** The configuration of a training from labels, whose weights are kept in float32. */
    static TrainTaskConfig of(TrainConfig config, String sha256) {
      StartingPoint start = config.start();
      return new TrainTaskConfig(
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

    /** The training, from the model in a folder if it begins with one. */
    TrainConfig config(Optional<Path> from, Path out) {
      return new TrainConfig(
          data,
          out,
          false,
          init.isPresent() ? start(init.get(), from.orElseThrow()) : fresh.orElseThrow(),
          regime,
          Optional.empty(),
          balance,
          device,
          note,
          researchOnly,
          new Storage(DType.F32, List.of()));
    }

    private static StartingPoint start(StartingPoint.Pretrained init, Path from) {
      return new StartingPoint.Pretrained(
          from.toString(),
          init.size(),
          init.padding(),
          init.dropout(),
          init.frozenEpochs(),
          init.releaseRate());
    }
  }
}
