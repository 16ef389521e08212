package org.whisker.feature.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.whisker.io.Decimals;
import org.whisker.job.Progress;
import org.whisker.training.EpochStats;
import org.whisker.training.Trainer;

/** Shows how training goes, and keeps its epochs in a CSV file that a resumed training goes on. */
final class TrainingLog implements Trainer.Listener {
  private final Path file;
  private final int epochs;
  private final Progress progress;
  private final Consumer<String> epochNotes;
  private final List<EpochRow> done;
  private long steps;

  /**
   * @param file what earlier epochs are read from, when it exists
   * @param epochNotes is told of every epoch in one line
   */
  TrainingLog(Path file, int epochs, Progress progress, Consumer<String> epochNotes)
      throws IOException {
    this.file = file;
    this.epochs = epochs;
    this.progress = progress;
    this.epochNotes = epochNotes;
    this.done = new ArrayList<>(read(file));
  }

  /** The epochs that a file tells of; none where there is no file. */
  static List<EpochRow> read(Path file) throws IOException {
    return Files.exists(file) ? EpochRow.TABLE.read(file) : List.of();
  }

  @Override
  public void onStep(int epoch, int step, int steps, double meanLoss) {
    String validation =
        done.isEmpty()
            ? ""
            : " validation " + Decimals.percent(done.get(done.size() - 1).validationAccuracy());
    progress.extraMessage(
        String.format(Locale.ROOT, "epoch %d/%d loss %.3f%s", epoch, epochs, meanLoss, validation));
    this.steps = (epoch - 1L) * steps + step;
    progress.stepTo(this.steps);
  }

  @Override
  public void onFeatures(int photos, int of) {
    progress.extraMessage("features of frozen layers: photo %d of %d".formatted(photos, of));
    progress.stepTo(0);
  }

  @Override
  public void onTeacher(int epoch, int views, int of) {
    progress.extraMessage(
        "epoch %d/%d teacher: picture %d of %d".formatted(epoch, epochs, views, of));
    progress.stepTo(steps);
  }

  @Override
  public void onEpoch(EpochStats stats) {
    // without its checkpoint a training begins anew over an old file
    done.removeIf(epoch -> epoch.epoch() >= stats.epoch());
    done.add(
        new EpochRow(
            stats.epoch(),
            stats.trainLoss(),
            stats.validationLoss(),
            stats.validationAccuracy(),
            stats.learningRate(),
            stats.seconds()));
    try {
      EpochRow.TABLE.write(file, done);
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
}
