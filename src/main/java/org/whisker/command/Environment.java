package org.whisker.command;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.io.ClassWords;
import org.whisker.io.ShownText;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;
import org.whisker.job.JobListener.Progress;
import org.whisker.option.Records;

/**
 * All that a command takes from outside its command line.
 *
 * @param out standard output: results
 * @param err standard error: progress, notes, errors
 * @param columns the width of the terminal behind {@code err}, 0 when there is none
 * @param home where models, analyses and reports lie
 * @param clock the time that folders are named by and manifests hold
 * @param interrupts Ctrl-C
 * @param charts draws the charts of a folder whose tables are there
 */
public record Environment(
    PrintStream out,
    PrintStream err,
    int columns,
    WhiskerHome home,
    Clock clock,
    Interrupts interrupts,
    FolderChart charts) {
  /** The class that a process of whisker begins with. */
  public static final String MAIN = "org.whisker.cli.Main";

  /** The launcher sets this system property. */
  static final String COLUMNS = "whisker.columns";

  /** Likewise, where results are printed on a terminal: elsewhere a name is written as it is. */
  private static final String TERMINAL = "whisker.terminal";

  /** The process's own. */
  public static Environment system(FolderChart charts) {
    return new Environment(
        Boolean.getBoolean(TERMINAL) ? onTerminal(System.out) : System.out,
        onTerminal(System.err),
        Integer.getInteger(COLUMNS, 0),
        WhiskerHome.of(
            System.getProperty(WhiskerHome.PROPERTY, System.getenv(WhiskerHome.VARIABLE))),
        Clock.system(ZoneId.systemDefault()),
        Interrupts.ofProcess(System.err),
        charts);
  }

  /** Returns a copy whose results are not shown. */
  Environment silent() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Environment(nowhere, err, columns, home, clock, interrupts, charts);
  }

  /** Returns a copy whose results name another class than cat. */
  Environment said(ClassWords words) {
    return Records.changed(this, Environment::out).to(new Said(out, words::in));
  }

  /** A stream on which no name of a file or class moves the cursor or reorders a line. */
  static PrintStream onTerminal(PrintStream to) {
    return new Said(to, ShownText::onTerminal);
  }

  /**
   * Prints texts in other words, such as those of a class, to a stream that knows how characters
   * are encoded. Arrays of characters, as those of help with its colours, stay as they are.
   */
  private static final class Said extends PrintStream {
    private final PrintStream to;
    private final UnaryOperator<String> words;

    Said(PrintStream to, UnaryOperator<String> words) {
      super(to, true, StandardCharsets.US_ASCII); // of line feeds and numbers
      this.to = to;
      this.words = words;
    }

    @Override
    public void print(@Nullable String text) {
      to.print(text == null ? null : words.apply(text));
    }

    @Override
    public void print(char[] text) {
      to.print(text);
    }
  }

  public JobContext context(CommonOptions common) {
    return new JobContext(home, clock, new ConsoleListener(this, common), interrupts::listen);
  }

  /**
   * Shows how a job goes on standard error, as much of it as was asked for, and draws the charts of
   * its tables.
   */
  private record ConsoleListener(Environment environment, CommonOptions common)
      implements JobListener {
    @Override
    public Progress begin(String task, long total) {
      return ConsoleProgress.start(environment, common, task, total);
    }

    @Override
    public void note(String line) {
      if (!common.quiet()) {
        warn(line);
      }
    }

    @Override
    public void warn(String line) {
      environment.err().println("whisker: " + ShownText.of(line));
    }

    @Override
    public void detail(String line) {
      if (common.verbose()) {
        environment.err().println(ShownText.of(line));
      }
    }

    @Override
    public void tablesWritten(Path folder) throws IOException {
      environment.charts().draw(folder, ChartFiles.of(folder));
    }
  }
}
