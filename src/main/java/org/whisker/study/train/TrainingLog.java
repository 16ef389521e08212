package org.whisker.study.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Line;
import org.whisker.io.Csv;
import org.whisker.io.CsvRow;
import org.whisker.io.CsvWriter;
import org.whisker.io.Decimals;
import org.whisker.study.Progress;
import org.whisker.training.EpochStats;
import org.whisker.training.Trainer;

/** Shows how training goes, and keeps its epochs in a CSV file that a resumed training goes on. */
public final class TrainingLog implements Trainer.Listener {
  private static final List<String> HEADER =
      List.of(
          "epoch",
          "train_loss",
          "validation_loss",
          "validation_accuracy",
          "learning_rate",
          "seconds");

  private final Path file;
  private final int epochs;
  private final Progress progress;
  private final Consumer<String> epochNotes;
  private final List<EpochStats> done;

  /**
   * @param file what earlier epochs are read from, when it exists
   * @param epochNotes is told of every epoch in one line
   */
  public TrainingLog(Path file, int epochs, Progress progress, Consumer<String> epochNotes)
      throws IOException {
    this.file = file;
    this.epochs = epochs;
    this.progress = progress;
    this.epochNotes = epochNotes;
    this.done = Files.exists(file) ? read(file) : new ArrayList<>();
  }

  private static List<EpochStats> read(Path file) throws IOException {
    List<EpochStats> done = new ArrayList<>();
    for (CsvRow row : Csv.rows(file)) {
      done.add(
          new EpochStats(
              Math.toIntExact(row.integer("epoch")),
              row.number("train_loss"),
              row.number("validation_loss"),
              row.number("validation_accuracy"),
              row.number("learning_rate"),
              row.number("seconds")));
    }
    return done;
  }

  @Override
  public void onStep(int epoch, int step, int steps, double meanLoss) {
    String validation =
        done.isEmpty()
            ? ""
            : " validation " + Decimals.percent(done.get(done.size() - 1).validationAccuracy());
    progress.extraMessage(
        String.format(Locale.ROOT, "epoch %d/%d loss %.3f%s", epoch, epochs, meanLoss, validation));
    progress.stepTo((epoch - 1L) * steps + step);
  }

  @Override
  public void onFeatures(int photos, int of) {
    progress.extraMessage("features of frozen layers: photo %d of %d".formatted(photos, of));
    progress.stepTo(0);
  }

  @Override
  public void onEpoch(EpochStats stats) {
    // without its checkpoint a training begins anew over an old file
    done.removeIf(epoch -> epoch.epoch() >= stats.epoch());
    done.add(stats);
    try {
      write(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    epochNotes.accept(
        String.format(
            Locale.ROOT,
            "epoch %d: loss %.4f, validation loss %.4f, accuracy %s, %.0f s",
            stats.epoch(),
            stats.trainLoss(),
            stats.validationLoss(),
            Decimals.percent(stats.validationAccuracy()),
            stats.seconds()));
  }

  /** Writes all epochs so far. */
  void write(Path target) throws IOException {
    try (CsvWriter csv = CsvWriter.create(target, HEADER)) {
      for (EpochStats epoch : done) {
        csv.row(
            epoch.epoch(),
            epoch.trainLoss(),
            epoch.validationLoss(),
            epoch.validationAccuracy(),
            epoch.learningRate(),
            epoch.seconds());
      }
      csv.finish();
    }
  }

  /** Draws the epochs so far, when there are any. */
  void draw(Path target, String model) throws IOException {
    if (done.isEmpty()) {
      return;
    }
    double[] epoch = done.stream().mapToDouble(EpochStats::epoch).toArray();
    double[] training = done.stream().mapToDouble(EpochStats::trainLoss).toArray();
    double[] validation = done.stream().mapToDouble(EpochStats::validationLoss).toArray();
    double[] accuracy = done.stream().mapToDouble(EpochStats::validationAccuracy).toArray();
    Charts.training(
            "Training of " + model,
            List.of(
                new Line("training", epoch, training), new Line("validation", epoch, validation)),
            List.of(new Line("validation", epoch, accuracy)))
        .writePng(target);
  }
}
