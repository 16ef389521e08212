package org.whisker.feature.saliency;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.job.ForwardingListener;
import org.whisker.job.JobListener;

/** Draws the page of the maps, too. */
record PageListener(JobListener to) implements ForwardingListener {
  @Override
  public void tablesWritten(Path folder) throws IOException {
    to.tablesWritten(folder);
    SaliencyPage.write(folder);
  }
}
