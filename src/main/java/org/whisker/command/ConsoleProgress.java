package org.whisker.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.whisker.job.JobListener.Progress;
import org.whisker.value.Text;

/**
 * How far a command is: a bar on a terminal, a plain line now and then elsewhere, nothing with
 * {@code --quiet}. For one thread.
 */
public final class ConsoleProgress {
  private ConsoleProgress() {}

  /**
   * Begins to show progress on standard error.
   *
   * @param task what is done, in a word or two
   * @param total how many steps there are
   */
  public static Progress start(
      Environment environment, CommonOptions options, String task, long total) {
    if (options.quiet() || total == 0) { // of nothing, there is no share
      return Progress.silent();
    }
    return environment.columns() > 0
        ? new Bar(environment.err(), environment.columns(), task, total)
        : new Lines(environment.err(), task, total, System::nanoTime);
  }

  /** A bar that redraws itself. */
  static final class Bar implements Progress {
    /** Characters of the numbers beside a bar, and of a short one. */
    private static final int NUMBERS = 45;

    private final ProgressBar bar;
    private final int columns;
    private final String task;

    Bar(PrintStream err, int columns, String task, long total) {
      this.columns = columns;
      this.task = task;
      bar =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(total)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(250)
              // the width is given: left to itself the bar opens the terminal through JLine
              .setConsumer(new ConsoleProgressBarConsumer(err, columns))
              .build();
    }

    @Override
    public void stepTo(long done) {
      bar.stepTo(done);
    }

    @Override
    public void extraMessage(String message) {
      bar.setExtraMessage(" " + within(message, columns - task.length() - NUMBERS));
    }

    /** Shortens a message to as many of its parts, which commas separate, as there is room for. */
    static String within(String message, int room) {
      String part = message;
      while (part.length() > room && part.contains(", ")) {
        part = part.substring(0, part.lastIndexOf(", "));
      }
      return part.length() > room ? "" : part;
    }

    @Override
    public void close() {
      bar.close();
    }
  }

  /** A line every half minute, and one at the end. */
  static final class Lines implements Progress {
    static final Duration PERIOD = Duration.ofSeconds(30);

    private static final long SECOND = 1_000_000_000;

    private final PrintStream err;
    private final String task;
    private final long total;
    private final LongSupplier nanoTime;
    private long printedAt;
    private long done;
    private long firstDone = -1;
    private long firstAt;
    private String message = "";

    Lines(PrintStream err, String task, long total, LongSupplier nanoTime) {
      this.err = err;
      this.task = task;
      this.total = total;
      this.nanoTime = nanoTime;
      this.printedAt = nanoTime.getAsLong();
    }

    @Override
    public void stepTo(long done) {
      this.done = done;
      if (firstDone < 0) {
        firstDone = done;
        firstAt = nanoTime.getAsLong();
      }
      if (nanoTime.getAsLong() - printedAt >= PERIOD.toNanos()) {
        print(left());
      }
    }

    /** Told alone where no step follows for long. */
    @Override
    public void extraMessage(String message) {
      this.message = message;
      if (nanoTime.getAsLong() - printedAt > PERIOD.toNanos() + SECOND) {
        print(left());
      }
    }

    @Override
    public void close() {
      print("");
    }

    private void print(String left) {
      printedAt = nanoTime.getAsLong();
      double percent = 100.0 * done / total;
      err.println(
          Text.of("%s %d/%d (%.0f %%)%s %s", task, done, total, percent, left, message).strip());
    }

    /**
     * The time left, at the pace since the first step: what a resumed job had done before took no
     * time.
     */
    private String left() {
      if (firstDone < 0 || done <= firstDone || done >= total) {
        return "";
      }
      double seconds =
          1e-9 * (nanoTime.getAsLong() - firstAt) * (total - done) / (done - firstDone);
      return ", about " + (seconds < 90 ? Math.round(seconds) + " s" : minutes(seconds)) + " left";
    }

    private static String minutes(double seconds) {
      long minutes = Math.round(seconds / 60);
      return minutes < 90 ? minutes + " min" : Math.round(minutes / 60.0) + " h";
    }
  }
}
