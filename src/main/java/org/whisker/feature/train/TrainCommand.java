package org.whisker.feature.train;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.whisker.classifier.Architecture.Kind;
import org.whisker.classifier.ModelCard.Figures;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.RecordCommand;
import org.whisker.feature.train.ModelTraining.EpochRow;
import org.whisker.feature.train.TrainJob.TrainConfig;
import org.whisker.feature.train.TrainJob.TrainOutcome;
import org.whisker.io.Decimals;
import org.whisker.value.Text;

/** {@code whisker train}: trains a classifier from photos. */
@Command(
    name = "train",
    description = {
      "Trains a classifier from photos and evaluates it.",
      "With --teacher, it learns another model's outputs for the same pictures, instead of"
          + " labels.",
      "With --init, an existing model is fine-tuned: its new last layer first, then every layer.",
      "Ctrl-C keeps finished epochs (in NAME.training beside the model); the same command, or"
          + " --resume NAME.training, continues."
    },
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
public final class TrainCommand extends RecordCommand<TrainOptions> {
  public TrainCommand(Environment environment) {
    super(environment, TrainOptions.class, Extra.RESUME, Extra.JSON);
  }

  @Override
  protected boolean draws() {
    return true;
  }

  @Override
  protected List<String> helpOrder() {
    return declared();
  }

  @Override
  public Integer call() throws IOException {
    return run(
        new TrainJob(context()),
        () -> config(TrainCommand::checked),
        this::say,
        outcome ->
            outcome instanceof TrainOutcome.Finished finished
                ? Optional.of(finished.folder())
                : Optional.empty(),
        folder -> Document.of(folder, EpochRow.TABLE));
  }

  private int say(TrainOutcome outcome) {
    if (outcome instanceof TrainOutcome.Stopped stopped) {
      environment().err().println("whisker: " + text(stopped));
      return ExitCode.INTERRUPTED;
    }
    environment().interrupts().allIsDone();
    environment().out().println(text((TrainOutcome.Finished) outcome));
    return ExitCode.OK;
  }

  /** Checks the regime, so that what is impossible is refused by its option. */
  private static TrainConfig checked(TrainOptions options) {
    TrainConfig config = options.config();
    Kind kind =
        config.start() instanceof StartingPoint.Fresh fresh
            ? fresh.architecture().kind()
            : Kind.VGG16; // which usual values differ by
    Objects.requireNonNull(config.regime().options(kind));
    return config;
  }

  private static String text(TrainOutcome.Stopped stopped) {
    if (stopped.epochs() > 0) {
      return Text.of(
          "stopped after epoch %d of %d; the same command goes on from there (%s)",
          stopped.epochs(), stopped.of(), stopped.work());
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
    return Text.of(
        "%s: best epoch %d, validation accuracy %s, %s",
        finished.folder(),
        finished.best().epoch(),
        Decimals.percent(finished.best().accuracy()),
        test + (figures != null && figures.isAtChance() ? chance(figures) : ""));
  }

  private static String chance(Figures figures) {
    return Text.of(
        "; no better than chance on %d test photos (recalls %s and %s): give it more epochs or"
            + " photos, or another --learning-rate",
        figures.photos(),
        Decimals.percent(figures.recallCat()),
        Decimals.percent(figures.recallNotCat()));
  }
}
