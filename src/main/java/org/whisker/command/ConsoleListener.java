package org.whisker.command;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.chart.file.ChartFiles;
import org.whisker.io.ShownText;
import org.whisker.job.JobListener;
import org.whisker.job.Progress;

/**
 * Shows how a job goes on standard error, as much of it as was asked for, and draws the charts of
 * its tables.
 */
record ConsoleListener(Environment environment, CommonOptions common) implements JobListener {
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
