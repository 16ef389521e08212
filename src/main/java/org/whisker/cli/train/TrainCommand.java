package org.whisker.cli.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Figures;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.DeviceOption;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.RecordedArguments;
import org.whisker.io.Decimals;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.train.ClassBalance;
import org.whisker.study.train.StartingPoint;
import org.whisker.study.train.TrainConfig;
import org.whisker.study.train.TrainJob;
import org.whisker.study.train.TrainOutcome;
import org.whisker.torch.TorchDevice;
import org.whisker.weights.DType;
import org.whisker.weights.Storage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code whisker train}: trains a classifier from photos. */
@Command(
    name = "train",
    description = {
      "Trains a classifier from photos and evaluates it.",
      "With --teacher, it learns what another model says of the same pictures, instead of labels.",
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
      "  whisker train --arch vgg16 --teacher mobilenet-v2-cats --epochs 300 \\",
      "      --views 60 --data photos --out models/vgg16-taught",
      "  whisker train --init vgg16-imagenet --data photos.csv --epochs 12 \\",
      "      --frozen-epochs 8 --batch 16 --out models/vgg16-tuned",
      "  whisker train --init mobilenet-v2-imagenet --data photos --epochs 12 \\",
      "      --frozen-epochs 10 --release-rate 0.0002 --half features.18.0 \\",
      "      --out mobilenet-tuned"
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
  @Mixin private final TeacherOptions teacher = new TeacherOptions();

  @Option(
      names = "--balance",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = {
        "on: an epoch shows as many cats as other photos, repeating those of the smaller class;"
            + " off: every photo once; auto: on if one class has 1.5 times the photos of the"
            + " other. Default: auto."
      })
  private String balance = "auto";

  @Mixin private final DeviceOption device = new DeviceOption();

  @Option(
      names = "--note",
      paramLabel = "TEXT",
      description = "Description of the photos for the model's card. Default: the folder's name.")
  private @Nullable String note;

  @Option(names = "--research-only", description = "The photos may be used for research only.")
  private boolean researchOnly;

  @Option(
      names = "--store",
      paramLabel = "T",
      defaultValue = "f32",
      description =
          "Numbers in the weights file: f32, or f16 or bf16 for a file of half the size; the test"
              + " photos are scored with what is stored. Default: f32.")
  private String store = "f32";

  @Option(
      names = "--half",
      split = ",",
      paramLabel = "LAYER",
      description = "Layers whose weights are stored in f16 all the same, for a smaller file.")
  private List<String> half = List.of();

  @Mixin private final CommonOptions common = new CommonOptions();

  public TrainCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    TrainOutcome outcome = new TrainJob(config(), environment.context(common)).run();
    if (outcome instanceof TrainOutcome.Stopped stopped) {
      environment.err().println("whisker: " + text(stopped));
      return ExitCode.INTERRUPTED;
    }
    environment.interrupts().allIsDone();
    environment.out().println(text((TrainOutcome.Finished) outcome));
    return ExitCode.OK;
  }

  /**
   * What options ask for.
   *
   * @throws InvalidRequestException for options that there are not
   */
  public static TrainConfig config(List<String> words, Environment environment) {
    TrainCommand command = new TrainCommand(environment);
    RecordedArguments.parseAsked(command, "train", words);
    return command.config();
  }

  private TrainConfig config() {
    StartingPoint start = init.start(architecture);
    return InvalidRequestException.check(
        () ->
            new TrainConfig(
                data,
                out,
                force,
                start,
                regime.regime(),
                teacher.teaching(),
                ClassBalance.parse(balance),
                TorchDevice.parse(device.device()),
                Optional.ofNullable(note),
                researchOnly,
                new Storage(dtype(store), half)));
  }

  private static DType dtype(String label) {
    return switch (label) {
      case "f32" -> DType.F32;
      case "f16" -> DType.F16;
      case "bf16" -> DType.BF16;
      default ->
          throw new InvalidRequestException(
              "--store must be f32, f16 or bf16, was '" + label + "'");
    };
  }

  private static String text(TrainOutcome.Stopped stopped) {
    if (stopped.epochs() > 0) {
      return "stopped after epoch %d of %d; the same command goes on from there (%s)"
          .formatted(stopped.epochs(), stopped.of(), stopped.work());
    }
    return "stopped before the first epoch was done; "
        + (stopped.keptPreparations()
            ? "what frozen layers or the teacher gave is kept, and the same command goes on"
            : "nothing is kept");
  }

  private static String text(TrainOutcome.Finished finished) {
    Figures figures = finished.card().figures();
    String test =
        figures == null
            ? "no test photos"
            : "test accuracy " + Decimals.percent(figures.accuracy());
    return "%s: best epoch %d, validation accuracy %s, %s"
        .formatted(
            finished.folder(),
            finished.best().epoch(),
            Decimals.percent(finished.best().accuracy()),
            test + (figures != null && figures.isAtChance() ? chance(figures) : ""));
  }

  private static String chance(Figures figures) {
    return ("; no better than chance on %d test photos (recalls %s and %s): give it more epochs or"
            + " photos, or another --learning-rate")
        .formatted(
            figures.photos(),
            Decimals.percent(figures.recallCat()),
            Decimals.percent(figures.recallNotCat()));
  }
}
