package org.whisker.cli.saliency;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.page.SaliencyPage;
import org.whisker.study.JobListener;
import org.whisker.study.Progress;

/** Draws the page of the maps, too. */
record PageListener(JobListener to) implements JobListener {
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
    to.tablesWritten(folder);
    SaliencyPage.write(folder);
  }
}
