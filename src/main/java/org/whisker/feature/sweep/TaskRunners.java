package org.whisker.feature.sweep;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.result.NetworkTables.TrainedRow;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.feature.ablate.AblateConfig;
import org.whisker.feature.ablate.AblateJob;
import org.whisker.feature.ablate.AblateStudy;
import org.whisker.feature.sweep.ArmTasks.ArmTaskJson;
import org.whisker.feature.sweep.ArmTasks.ArmTaskRunner;
import org.whisker.feature.sweep.EvolveTasks.SearchTaskRunner;
import org.whisker.feature.sweep.SweepTask.TaskKey;
import org.whisker.feature.sweep.SweepTask.TaskResult;
import org.whisker.feature.sweep.TaskRunners.TrainTaskRunner.TrainingPlaces;
import org.whisker.feature.sweep.TrainTasks.TrainTaskJson;
import org.whisker.feature.train.RetrainingData.RetrainingPhotos;
import org.whisker.feature.train.TrainJob;
import org.whisker.feature.train.TrainJob.TrainConfig;
import org.whisker.feature.train.TrainJob.TrainOutcome;
import org.whisker.io.AtomicFiles;
import org.whisker.io.Contained;
import org.whisker.job.FailureMessage;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener;
import org.whisker.torch.TorchDevice.DeviceMemoryException;

/** Runners that do tasks on models. */
public final class TaskRunners {
  private TaskRunners() {}

  /** Returns a runner for each kind, on the models of the store. */
  public static Map<SweepTask.Kind, TaskRunner> stored(SweepFolder folder, JobContext context) {
    return on(OpenModels.stored(context.home()), Place.in(folder), context);
  }

  /**
   * Where tasks come from and what they leave.
   *
   * @param file the file of the tasks, for messages
   * @param networks where those that are trained are kept
   * @param trainings where their checkpoints lie meanwhile; in a folder that others share, they go
   *     on with what one has left
   */
  public record Place(Path file, ResultStore networks, Path trainings) {
    /** All in the sweep's folder. */
    public static Place in(SweepFolder folder) {
      return new Place(folder.tasks(), folder, folder.path().resolve("training"));
    }
  }

  /**
   * Returns a runner for each kind, for one thread.
   *
   * @param models the models that may be shared with others
   */
  public static Map<SweepTask.Kind, TaskRunner> on(
      OpenModels models, Place place, JobContext context) {
    Map<SweepTask.Kind, TaskRunner> runners = new EnumMap<>(SweepTask.Kind.class);
    runners.put(SweepTask.Kind.EVOLVE, new SearchTaskRunner(models));
    runners.put(
        SweepTask.Kind.ARM, new ArmTaskRunner(new StoredArms(context, models, place.file())));
    runners.put(
        SweepTask.Kind.TRAIN,
        new TrainTaskRunner(
            models,
            new TrainedNetworks(place.networks()),
            new TrainingPlaces(place.trainings()),
            place.file(),
            context));
    return runners;
  }

  /** Arms of experiments on the models of the store. */
  static final class StoredArms implements ArmTaskRunner.Arms {
    private final JobContext context;
    private final OpenModels models;
    private final Path file;
    private final Map<AblateConfig, AblateJob> known = new HashMap<>();

    /**
     * Arms.
     *
     * @param file the file of the tasks, for messages
     */
    StoredArms(JobContext context, OpenModels models, Path file) {
      this.context = context;
      this.models = models;
      this.file = file;
    }

    @Override
    public ArmTaskRunner.Arm of(SweepTask task) throws IOException {
      AblateConfig config = ArmTaskJson.config(task, file);
      AblateJob job = planned(config, task);
      AblateJob.Task planned = job.tasks().get(0);
      String name = ArmTaskJson.of(task).arm();
      for (AblationArm arm : planned.ablation().design().apply(planned.setting()).arms()) {
        if (arm.name().equals(name)) {
          return new ArmTaskRunner.Arm(arm, planned.model(), planned.setting(), job.plan());
        }
      }
      throw new IOException(
          file
              + ": "
              + task.what()
              + " has no arm "
              + name
              + " in this whisker; plan the sweep again");
    }

    private AblateJob planned(AblateConfig config, SweepTask task) throws IOException {
      AblateJob job = known.get(config);
      if (job == null) {
        job = new AblateStudy(context).plan(config, name -> models.of(task));
        known.put(config, job);
      }
      return job;
    }
  }

  /**
   * Trains networks, as {@code train} does; one that was begun and not ended is gone on with from
   * its last epoch. The result of a task is read off the network's card.
   */
  static final class TrainTaskRunner implements TaskRunner {
    private static final int DIGITS = 12;

    private final OpenModels models;
    private final TrainedNetworks networks;
    private final TrainingPlaces places;
    private final Path file;
    private final JobContext context;
    private final Map<Path, String> photos = new HashMap<>();

    /**
     * A runner.
     *
     * @param models whose weights trainings begin with
     * @param file the file of the tasks, for messages
     */
    TrainTaskRunner(
        OpenModels models,
        TrainedNetworks networks,
        TrainingPlaces places,
        Path file,
        JobContext context) {
      this.models = models;
      this.networks = networks;
      this.places = places;
      this.file = file;
      this.context = context;
    }

    @Override
    public void run(List<SweepTask> tasks, BooleanSupplier stopped, Sink ended) throws IOException {
      for (SweepTask task : tasks) {
        try {
          run(task, stopped, ended);
        } catch (CancellationException | UncheckedIOException | DeviceMemoryException e) {
          throw e; // no fault of the training
        } catch (RuntimeException e) {
          places.remove(task.key());
          String why = FailureMessage.oneLine(FailureMessage.describe(e));
          ended.accept(TaskResult.failed(task.key(), why));
        }
      }
    }

    private void run(SweepTask task, BooleanSupplier stopped, Sink ended) throws IOException {
      TrainTaskJson asked = TrainTaskJson.of(task, file);
      String name = name(task);
      Optional<JsonNode> there = networks.find(name);
      JsonNode card = there.isPresent() ? there.get() : trained(task, asked, name, stopped);
      // who was first, which may be somebody else meanwhile, is told first
      JsonNode first = networks.find(name).orElse(card);
      TaskResult result = result(task, first);
      places.remove(task.key());
      ended.accept(result);
      if (!row(task, first).equals(row(task, card))) {
        ended.accept(result(task, card));
      }
    }

    private static String name(SweepTask task) {
      String kind = task.what().substring(0, task.what().indexOf(' '));
      return kind + "-" + task.key().digits().substring(0, DIGITS);
    }

    private JsonNode trained(
        SweepTask task, TrainTaskJson asked, String name, BooleanSupplier stopped)
        throws IOException {
      check(asked);
      Optional<Path> init =
          task.model().isEmpty() ? Optional.empty() : Optional.of(models.of(task).folder());
      Path place = places.take(task.key());
      Path model = new Contained(place).resolve(name);
      ModelCard card =
          isWhole(model)
              ? new ModelStore(place).card(name)
              : train(asked.config(init, model), stopped);
      return networks.keep(model, card, String.valueOf(place.getFileName()));
    }

    /** Whether a worker ended after the training and before the network was kept. */
    private static boolean isWhole(Path model) {
      return Files.exists(model.resolve("model.json"))
          && Files.notExists(model.resolveSibling(model.getFileName() + ".training"));
    }

    private ModelCard train(TrainConfig config, BooleanSupplier stopped) throws IOException {
      JobContext quiet =
          new JobContext(context.home(), context.clock(), JobListener.silent(), () -> stopped);
      TrainOutcome outcome = new TrainJob(quiet).run(config, Optional.empty());
      if (outcome instanceof TrainOutcome.Finished finished) {
        return finished.card();
      }
      throw new CancellationException("stopped in a training");
    }

    private void check(TrainTaskJson asked) throws IOException {
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

    private static TaskResult result(SweepTask task, JsonNode card) {
      return TaskResult.of(
          task.key(),
          Map.of(
              TrainedRow.FILE,
              TrainedRow.TABLE.headerLine() + TrainedRow.TABLE.line(row(task, card))));
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
     * The folders in which checkpoints of trainings lie until a network is whole: one for each
     * attempt, named by the task's key and something unlike every other. Who goes on with what
     * another has left renames its folder, which one alone can; one that was thought dead and is
     * not then goes on by itself.
     *
     * @param root the root of all of them
     */
    record TrainingPlaces(Path root) {
      /** A folder for a task, with what an earlier attempt has left. */
      Path take(TaskKey key) throws IOException {
        Path own = new Contained(root).resolve(key + "." + UUID.randomUUID());
        Files.createDirectories(root);
        for (Path left : of(key)) {
          try {
            AtomicFiles.rename(left, own);
            return own;
          } catch (NoSuchFileException e) {
            // another was quicker
          }
        }
        return Files.createDirectories(own);
      }

      /** Removes all that attempts of a task have left. */
      void remove(TaskKey key) throws IOException {
        for (Path left : of(key)) {
          try (Stream<Path> files = Files.walk(left)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
              Files.deleteIfExists(file);
            }
          } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            // somebody who was thought dead is still at it, and removes it
          }
        }
      }

      private List<Path> of(TaskKey key) throws IOException {
        return SweepFolder.names(root).stream()
            .filter(name -> name.startsWith(key + "."))
            .sorted()
            .map(root::resolve)
            .toList();
      }
    }
  }

  /** Does tasks of one kind, and keeps open what the next ones may need. */
  public interface TaskRunner extends AutoCloseable {
    /** Takes results one after the other. */
    @FunctionalInterface
    interface Sink {
      void accept(TaskResult result) throws IOException;
    }

    /**
     * Does tasks that are alike. A task that fails by itself has a failed result; what is thrown is
     * for other reasons, such as a file that can't be read, and may be tried again.
     *
     * @param stopped polled from time to time
     * @param ended is given each result as it is there
     * @throws CancellationException when stopped
     */
    void run(List<SweepTask> tasks, BooleanSupplier stopped, Sink ended) throws IOException;

    @Override
    void close();
  }
}
