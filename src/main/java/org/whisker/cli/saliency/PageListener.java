package org.whisker.cli.saliency;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.page.SaliencyPage;
import org.whisker.study.ForwardingListener;
import org.whisker.study.JobListener;

/** Draws the page of the maps, too. */
record PageListener(JobListener to) implements ForwardingListener {
  @Override
  public void tablesWritten(Path folder) throws IOException {
    to.tablesWritten(folder);
    SaliencyPage.write(folder);
  }
}
