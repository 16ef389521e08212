package org.whisker.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Figures;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.TrainingRecord;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.ConsoleProgress;
import org.whisker.cli.shared.DeviceOption;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.dataset.CachedPhoto;
import org.whisker.io.Decimals;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.Progress;
import org.whisker.study.input.PhotoReading;
import org.whisker.study.train.TrainingLog;
import org.whisker.study.train.TrainingOrigin;
import org.whisker.study.train.TrainingPhotos;
import org.whisker.study.train.TrainingRecipe;
import org.whisker.study.train.TrainingTarget;
import org.whisker.torch.TorchDevice;
import org.whisker.training.Trainer;
import org.whisker.training.TrainingOptions;
import org.whisker.training.TrainingTask;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code whisker train}: trains a classifier from photos. */
@Command(
    name = "train",
    description = {
      "Trains a classifier from photos and evaluates it.",
      "With --init, an existing model is fine-tuned: its new last layer first, then every layer.",
      "Ctrl-C keeps finished epochs (in NAME.training beside the model); the same command"
          + " continues."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker train --arch vgg16 --data photos --out models/vgg16-mine",
      "  whisker train --arch inception-resnet-v2 --width 0.125 --repeats 2,4,2 \\",
      "      --epochs 24 --data photos --out models/inception-mine",
      "  whisker train --init vgg16-imagenet --data photos.csv --epochs 12 \\",
      "      --frozen-epochs 8 --batch 16 --out models/vgg16-tuned"
    })
public final class TrainCommand implements Callable<Integer> {
  private final Environment environment;
  @Mixin private final ArchitectureOptions architecture = new ArchitectureOptions();
  @Mixin private final InitOptions init = new InitOptions();

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR|CSV",
      description = {
        "A folder with train/, val/ and optionally test/, each with cat/ and not_cat/; or a CSV"
            + " with the columns path, label (cat or 0, not_cat or 1) and optionally split"
            + " (train, val, test). Without split, it is decided by the CRC-32 of the file modulo"
            + " 100, below 70 train, below 85 val, else test."
      })
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
  @Mixin private final BalanceOption balance = new BalanceOption();
  @Mixin private final DeviceOption device = new DeviceOption();

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "Description of the photos for the model's card. Default: the folder's name.")
  private @Nullable String note;

  @Option(names = "--research-only", description = "The photos may be used for research only.")
  private boolean researchOnly;

  @Mixin private final CommonOptions common = new CommonOptions();

  public TrainCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    TrainingTarget target = TrainingTarget.of(out, environment.home(), force);
    TrainingOrigin origin = origin();
    TorchDevice on = InvalidRequestException.check(() -> TorchDevice.parse(device.device()));
    TrainingPhotos photos = TrainingPhotos.read(data, environment.context(common));
    List<CachedPhoto> training = photos.train().photos();
    TrainingTask task = origin.task(training, balance.on(training), on);
    Trainer trainer = new Trainer(task, target.work(), environment.clock());
    InvalidRequestException.refuse(
        trainer.steps(training) == 0,
        "a batch of %d (--batch) is more than the %d training photos"
            .formatted(task.options().batch(), training.size()));
    Optional<Trainer.Result> result = train(trainer, photos, task.options(), target);
    if (result.isEmpty() || !result.get().finished()) {
      return interrupted(result, task.options(), target);
    }
    finish(photos, task, origin, target, result.get());
    return ExitCode.OK;
  }

  private TrainingOrigin origin() throws IOException {
    if (init.model().isPresent()) {
      return init.origin(environment.home(), architecture, regime);
    }
    architecture.network();
    return TrainingOrigin.fresh(
        new TrainingRecipe(
            architecture.architecture(),
            architecture.input(),
            architecture.padding(),
            regime.options(architecture.kind()),
            regime.precision()));
  }

  /** What came out; empty when Ctrl-C came before the first epoch was done. */
  private Optional<Trainer.Result> train(
      Trainer trainer, TrainingPhotos photos, TrainingOptions options, TrainingTarget target)
      throws IOException {
    BooleanSupplier stopped = environment.interrupts().listen();
    long total = (long) trainer.steps(photos.train().photos()) * options.epochs();
    try (Progress progress = ConsoleProgress.start(environment, common, "training", total)) {
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
      Optional<Trainer.Result> result, TrainingOptions options, TrainingTarget target)
      throws IOException {
    String kept =
        target.hasFeatures()
            ? "what the frozen layers gave is kept, and the same command goes on"
            : "nothing is kept";
    String line =
        result
            .map(
                r ->
                    "stopped after epoch %d of %d; the same command goes on from there (%s)"
                        .formatted(r.epochs(), options.epochs(), target.work()))
            .orElse("stopped before the first epoch was done; " + kept);
    environment.err().println("whisker: " + line);
    return ExitCode.INTERRUPTED;
  }

  private void finish(
      TrainingPhotos photos,
      TrainingTask task,
      TrainingOrigin origin,
      TrainingTarget target,
      Trainer.Result result)
      throws IOException {
    Optional<PhotoReading> test = TrainingPhotos.readTest(data, environment.context(common));
    TrainingRecord record =
        origin.record(origin.recipe().record(note(), researchOnly, photos.counts(test)), task);
    ModelCard card =
        origin
            .recipe()
            .card(target.name(), task.preprocessing(), record, environment.context(common));
    report(target, target.save(card, result, test, task.options()), result.best());
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
            : "test accuracy " + Decimals.percent(figures.accuracy());
    environment
        .out()
        .println(
            "%s: best epoch %d, validation accuracy %s, %s"
                .formatted(target.folder(), best.epoch(), Decimals.percent(best.accuracy()), test));
  }
}
