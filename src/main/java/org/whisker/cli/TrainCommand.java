package org.whisker.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Figures;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.TrainingRecord;
import org.whisker.network.Network;
import org.whisker.training.PhotoStatistics;
import org.whisker.training.Trainer;
import org.whisker.training.TrainingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code whisker train}: trains a classifier from photos. */
@Command(
    name = "train",
    description = {
      "Trains a classifier from photos and evaluates it.",
      "Ctrl-C keeps the epochs done (in NAME.training beside the model); the same command goes on."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker train --arch vgg16 --data photos --out models/vgg16-mine",
      "  whisker train --arch inception-resnet-v2 --width 0.125 --repeats 2,4,2 --epochs 24"
          + " --data photos --out models/inception-mine"
    })
final class TrainCommand implements Callable<Integer> {
  private final Environment environment;
  @Mixin private final ArchitectureOptions architecture = new ArchitectureOptions();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "A folder with train/, val/ and perhaps test/, each with cat/ and not_cat/.")
  private Path data = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The model's folder; a plain name means one in models/.")
  private Path out = Path.of("");

  @Option(names = "--force", description = "Replace the model in that folder.")
  private boolean force;

  @Mixin private final RegimeOptions regime = new RegimeOptions();

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "What the photos are, for the model's card. Default: the folder's name.")
  private @Nullable String note;

  @Option(names = "--research-only", description = "The photos may be used for research only.")
  private boolean researchOnly;

  @Mixin private final CommonOptions common = new CommonOptions();

  TrainCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    Network network = architecture.network();
    TrainingOptions options = regime.options(architecture.kind());
    TrainingTarget target = TrainingTarget.of(out, environment.home(), force);
    TrainingPhotos photos = TrainingPhotos.read(data, environment, common);
    photos.check(options);
    Preprocessing preprocessing = PhotoStatistics.preprocessing(photos.train().photos());
    Trainer trainer =
        new Trainer(
            network,
            options,
            regime.precision(),
            preprocessing,
            target.work(),
            environment.clock());
    Optional<Trainer.Result> result = train(trainer, photos, options, target);
    if (result.isEmpty() || !result.get().finished()) {
      return interrupted(result, options, target);
    }
    finish(photos, options, preprocessing, target, result.get());
    return ExitCode.OK;
  }

  /** What came out; empty when Ctrl-C came before the first epoch was done. */
  private Optional<Trainer.Result> train(
      Trainer trainer, TrainingPhotos photos, TrainingOptions options, TrainingTarget target)
      throws IOException {
    BooleanSupplier stopped = environment.interrupts().listen();
    int steps = photos.train().photos().size() / options.batch();
    long total = (long) steps * options.epochs();
    try (Progress progress = Progress.start(environment, common, "training", total)) {
      TrainingLog log = log(target, options, progress);
      return Optional.of(
          trainer.train(photos.train().photos(), photos.val().photos(), log, stopped));
    } catch (IOException e) {
      if (stopped.getAsBoolean() && !target.begun()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private TrainingLog log(TrainingTarget target, TrainingOptions options, Progress progress)
      throws IOException {
    Path epochs = target.work().resolve(TrainingTarget.EPOCHS);
    return new TrainingLog(
        epochs,
        options.epochs(),
        progress,
        line -> {
          if (common.verbose()) {
            environment.err().println(line);
          }
        });
  }

  private int interrupted(
      Optional<Trainer.Result> result, TrainingOptions options, TrainingTarget target) {
    String line =
        result
            .map(
                r ->
                    "stopped after epoch %d of %d; the same command goes on from there (%s)"
                        .formatted(r.epochs(), options.epochs(), target.work()))
            .orElse("stopped before the first epoch was done; nothing is kept");
    environment.err().println("whisker: " + line);
    return ExitCode.INTERRUPTED;
  }

  private void finish(
      TrainingPhotos photos,
      TrainingOptions options,
      Preprocessing preprocessing,
      TrainingTarget target,
      Trainer.Result result)
      throws IOException {
    Optional<PhotoReading> test = TrainingPhotos.readTest(data, environment, common);
    TrainingRecipe recipe =
        new TrainingRecipe(
            architecture.architecture(),
            architecture.input(),
            architecture.padding(),
            options,
            regime.precision());
    TrainingRecord record = recipe.record(note(), researchOnly, photos.counts(test));
    ModelCard card = recipe.card(target.name(), preprocessing, record, environment);
    report(target, target.save(card, result, test, options), result.best());
  }

  private String note() {
    Path name = data.toAbsolutePath().normalize().getFileName();
    return note != null ? note : String.valueOf(name);
  }

  private void report(TrainingTarget target, ModelCard saved, Trainer.EpochScore best) {
    Figures figures = saved.figures();
    String test =
        figures == null
            ? "no test photos"
            : "test accuracy " + ModelsCommand.percent(figures.accuracy());
    environment
        .out()
        .println(
            "%s: best epoch %d, validation accuracy %s, %s"
                .formatted(
                    target.folder(), best.epoch(), ModelsCommand.percent(best.accuracy()), test));
  }
}
