package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ModelVariant.Retrained;
import org.whisker.classifier.Figures;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Preprocessing;
import org.whisker.report.NetworkFiles;
import org.whisker.report.TrainedNetwork;
import org.whisker.training.PhotoStatistics;
import org.whisker.training.Trainer;
import org.whisker.training.TrainingOptions;

/**
 * Trains the networks that experiments ask for and that are not there yet, each from where an
 * earlier process left it, and tells of all of them in {@code networks.csv}.
 *
 * @param folder of the experiments
 */
record NetworkTraining(Environment environment, CommonOptions common, Path folder) {
  /** A network that is to be trained. */
  private record Missing(RetrainedNetworks networks, Retrained network) {}

  /** Decoded photos of all splits. */
  private record Decoded(TrainingPhotos photos, PhotoReading test) {}

  /**
   * Trains what is missing.
   *
   * @throws CancellationException when stopped; epochs that are done are kept
   */
  void train(List<AblateJob.Task> tasks, BooleanSupplier stopped) throws IOException {
    List<Missing> missing = missing(tasks);
    @Nullable Decoded photos = missing.isEmpty() ? null : decoded(missing.get(0));
    for (int i = 0; i < missing.size(); i++) {
      String which = "network %d of %d".formatted(i + 1, missing.size());
      train(missing.get(i), java.util.Objects.requireNonNull(photos), which, stopped);
    }
    for (AblateJob.Task task : tasks) {
      tell(task);
    }
  }

  private static List<Missing> missing(List<AblateJob.Task> tasks) throws IOException {
    Set<Missing> missing = new LinkedHashSet<>();
    for (AblateJob.Task task : tasks) {
      RetrainedNetworks networks = task.model().retrained().orElseThrow();
      for (Retrained network : task.ablation().retrained(task.setting())) {
        if (networks.find(network).isEmpty()) {
          missing.add(new Missing(networks, network));
        }
      }
    }
    return new ArrayList<>(missing);
  }

  private Decoded decoded(Missing any) throws IOException {
    Path data = any.networks().retraining().photos().folder();
    return new Decoded(
        TrainingPhotos.read(data, environment, common),
        TrainingPhotos.readTest(data, environment, common).orElseThrow());
  }

  private void train(Missing missing, Decoded decoded, String which, BooleanSupplier stopped)
      throws IOException {
    RetrainedNetworks networks = missing.networks();
    TrainingRecipe recipe = networks.retraining().recipe(missing.network());
    Path folder = networks.path(missing.network());
    TrainingTarget target = TrainingTarget.of(folder, environment.home(), false);
    TrainingPhotos photos = decoded.photos();
    photos.check(recipe.options());
    Preprocessing preprocessing = PhotoStatistics.preprocessing(photos.train().photos());
    Trainer trainer =
        new Trainer(
            recipe.network(),
            recipe.options(),
            recipe.precision(),
            preprocessing,
            target.work(),
            environment.clock());
    Trainer.Result result = train(trainer, recipe.options(), target, photos, which, stopped);
    ModelCard card =
        recipe.card(
            target.name(),
            preprocessing,
            recipe.record(
                networks.retraining().photos().note(),
                networks.retraining().researchOnly(),
                photos.counts(Optional.of(decoded.test()))),
            environment);
    say(folder, target.save(card, result, Optional.of(decoded.test()), recipe.options()));
  }

  private Trainer.Result train(
      Trainer trainer,
      TrainingOptions options,
      TrainingTarget target,
      TrainingPhotos photos,
      String which,
      BooleanSupplier stopped)
      throws IOException {
    long steps = (long) photos.train().photos().size() / options.batch();
    try (Progress progress =
        Progress.start(
            environment,
            common,
            "training " + which,
            Math.multiplyExact(steps, options.epochs()))) {
      Path epochs = target.work().resolve(TrainingTarget.EPOCHS);
      TrainingLog log =
          new TrainingLog(
              epochs,
              options.epochs(),
              progress,
              line -> {
                if (common.verbose()) {
                  environment.err().println(target.name() + ": " + line);
                }
              });
      Trainer.Result result =
          trainer.train(photos.train().photos(), photos.val().photos(), log, stopped);
      if (result.finished()) {
        return result;
      }
    } catch (IOException e) {
      if (!stopped.getAsBoolean() || target.begun()) {
        throw e;
      }
    }
    throw new CancellationException("stopped while training " + target.name());
  }

  private void say(Path folder, ModelCard saved) {
    Figures figures = saved.figures();
    if (!common.quiet() && figures != null) {
      environment
          .err()
          .println(
              "whisker: trained %s: test accuracy %s, p(cat) of white %.3f"
                  .formatted(
                      folder,
                      ModelsCommand.percent(figures.accuracy()),
                      figures.whiteCatProbability()));
    }
  }

  /** Writes {@code networks.csv} beside the experiment's other tables. */
  private void tell(AblateJob.Task task) throws IOException {
    RetrainedNetworks networks = task.model().retrained().orElseThrow();
    List<TrainedNetwork> told = new ArrayList<>();
    for (AblationArm arm : task.ablation().design().apply(task.setting()).arms()) {
      if (arm.variant() instanceof Retrained network) {
        ModelCard card = networks.find(network).orElseThrow();
        told.add(
            new TrainedNetwork(
                arm.name(),
                network.network(),
                java.util.Objects.requireNonNull(card.training()),
                java.util.Objects.requireNonNull(card.figures()),
                card.weights().sha256()));
      }
    }
    NetworkFiles.write(folder.resolve(task.model().name()).resolve(task.ablation().id()), told);
  }
}
