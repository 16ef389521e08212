package org.whisker;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.chart.FolderCharts;
import org.whisker.page.SaliencyPage;
import org.whisker.study.JobListener;
import org.whisker.study.Progress;

/**
 * Draws the charts of a job's tables, and the page of saliency maps.
 *
 * @param to is told everything, too
 */
record DrawingListener(JobListener to) implements JobListener {
  @Override
  public Progress begin(String task, long total) {
    return to.begin(task, total);
  }

  @Override
  public void note(String line) {
    to.note(line);
  }

  @Override
  public void warn(String line) {
    to.warn(line);
  }

  @Override
  public void detail(String line) {
    to.detail(line);
  }

  @Override
  public void tablesWritten(Path folder) throws IOException {
    FolderCharts.draw(folder);
    SaliencyPage.write(folder);
    to.tablesWritten(folder);
  }
}
