package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ModelVariant.Retrained;
import org.whisker.ablation.Observer;
import org.whisker.ablation.result.NetworkTables.NetworkRow;
import org.whisker.ablation.result.NetworkTables.TrainedRow;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.Figures;
import org.whisker.classifier.ModelCard.TrainingRecord;
import org.whisker.feature.train.ModelTraining;
import org.whisker.feature.train.TrainArguments.TuningRecord;
import org.whisker.feature.train.TrainingOrigin;
import org.whisker.feature.train.TrainingPhotos;
import org.whisker.feature.train.TrainingTarget;
import org.whisker.io.Decimals;
import org.whisker.job.JobContext;
import org.whisker.job.input.PhotoReading;
import org.whisker.training.Trainer;
import org.whisker.training.TrainingTask;
import org.whisker.weights.DType;
import org.whisker.weights.DType.Storage;

/**
 * Trains the networks that experiments ask for and that are not there yet, each from where an
 * earlier process left it, and tells of all of them (see {@link NetworkRecords}).
 */
final class NetworkTraining {
  private final JobContext context;
  private final Path folder;
  private @Nullable Decoded decoded;

  /**
   * @param folder the folder of the experiments
   */
  NetworkTraining(JobContext context, Path folder) {
    this.context = context;
    this.folder = folder;
  }

  /**
   * Decoded photos of all splits.
   *
   * @param planes 1 for their gray, 3 for their colours
   */
  private record Decoded(int planes, TrainingPhotos photos, PhotoReading test) {}

  /**
   * Trains what an experiment misses.
   *
   * @param count the number of networks an arm
   * @throws CancellationException when stopped; epochs that are done are kept
   */
  void train(AblateJob.Task task, int count, BooleanSupplier stopped) throws IOException {
    RetrainedNetworks networks = task.model().retrained().orElseThrow();
    List<Retrained> missing =
        networks.missing(task.ablation().retrained(task.model(), task.setting(), count));
    long begun = context.clock().millis();
    for (int i = 0; i < missing.size(); i++) {
      String which =
          String.format(
              Locale.ROOT,
              "%s network %d of %d%s",
              task.ablation().id(),
              i + 1,
              missing.size(),
              left(begun, i, missing.size()));
      train(networks, task.model(), missing.get(i), which, stopped);
    }
    Path own = folder.resolve(task.model().name()).resolve(task.ablation().id());
    NetworkRecords.write(own, task, networks, count);
    Path data = networks.retraining().photos().folder();
    new ManipulationCheck(task, networks, count)
        .write(own, () -> test(data, networks.retraining().planes()).photos(), context, stopped);
  }

  /** How long the rest will take, network for network; nothing before the first is done. */
  private String left(long begun, int done, int all) {
    if (done == 0) {
      return "";
    }
    double minutes = (context.clock().millis() - begun) / 60_000.0 * (all - done) / done;
    return String.format(Locale.ROOT, ", %.0f min left:", Math.ceil(minutes));
  }

  private PhotoReading test(Path data, int planes) throws IOException {
    return decoded == null || decoded.planes() != planes
        ? TrainingPhotos.readTest(data, planes, context).orElseThrow()
        : decoded.test();
  }

  /** All experiments have the same photos, which some models see in colours. */
  private Decoded decoded(Path data, int planes) throws IOException {
    if (decoded == null || decoded.planes() != planes) {
      decoded =
          new Decoded(
              planes,
              TrainingPhotos.read(data, planes, context),
              TrainingPhotos.readTest(data, planes, context).orElseThrow());
    }
    return decoded;
  }

  private void train(
      RetrainedNetworks networks,
      StoredAblatedModel model,
      Retrained network,
      String which,
      BooleanSupplier stopped)
      throws IOException {
    ModelRetraining retraining = networks.retraining();
    TrainingOrigin origin = retraining.origin(network, model.stored());
    TrainingTarget target = TrainingTarget.of(networks.path(network), context.home(), false);
    Decoded all = decoded(retraining.photos().folder(), origin.planes());
    TrainingPhotos photos = all.photos();
    TrainingTask task = origin.task(photos.train().photos(), false, model.settings().device());
    ModelTraining training = new ModelTraining(origin, task, target, photos, context);
    Trainer.Result result =
        training
            .train(
                "training " + which,
                line -> context.listener().detail(target.name() + ": " + line),
                stopped)
            .filter(Trainer.Result::finished)
            .orElseThrow(
                () -> new CancellationException("stopped while training " + target.name()));
    ModelCard saved =
        training.save(
            result,
            Optional.of(all.test()),
            retraining.photos().note(),
            retraining.researchOnly(),
            Storage.all(DType.F32));
    training.end();
    say(target, saved);
  }

  private void say(TrainingTarget target, ModelCard saved) {
    Figures figures = saved.figures();
    if (figures != null) {
      context.note(
          String.format(
              Locale.ROOT,
              "trained %s: test accuracy %s, p(cat) of white %.3f",
              target.folder(),
              Decimals.percent(figures.accuracy()),
              figures.whiteCatProbability()));
    }
  }

  /** What is told of the networks that were trained for an experiment. */
  static final class NetworkRecords {
    private NetworkRecords() {}

    /**
     * Writes {@code networks.csv}.
     *
     * @param folder the folder of the experiment's tables
     * @param count the number of networks an arm
     */
    static void write(Path folder, AblateJob.Task task, RetrainedNetworks networks, int count)
        throws IOException {
      List<NetworkRow> told = new ArrayList<>();
      for (AblationArm arm : task.ablation().design().apply(task.setting()).arms()) {
        for (int i = 0; i < count; i++) {
          if (arm.ofNetwork(i).variant() instanceof Retrained network) {
            told.add(told(arm.name(), i + 1, networks.find(network).orElseThrow()));
          }
        }
      }
      for (Observer observer : task.ablation().observers()) {
        for (Retrained first : observer.trained(task.model(), task.setting())) {
          for (int i = 0; i < count; i++) {
            Retrained network = first.ofNetwork(i);
            told.add(told(first.change().label(), i + 1, networks.find(network).orElseThrow()));
          }
        }
      }
      NetworkRow.TABLE.writeIn(folder, told);
    }

    private static NetworkRow told(String arm, int number, ModelCard card) {
      TrainingRecord training = Objects.requireNonNull(card.training());
      Figures figures = Objects.requireNonNull(card.figures());
      return new NetworkRow(
          arm,
          number,
          new TrainedRow(
              card.name(),
              training.seed(),
              training.epochs(),
              figures.photos(),
              figures.accuracy(),
              figures.recallCat(),
              figures.recallNotCat(),
              figures.rocAuc(),
              figures.whiteCatProbability(),
              card.weights().sha256()),
          training.options().getOrDefault(TuningRecord.KEY, ""));
    }
  }
}
