package org.whisker;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.feature.FolderCharts;
import org.whisker.feature.saliency.SaliencyPage;
import org.whisker.job.ForwardingListener;
import org.whisker.job.JobListener;

/**
 * Draws the charts of a job's tables, and the page of saliency maps.
 *
 * @param to is told everything, too
 */
record DrawingListener(JobListener to) implements ForwardingListener {
  @Override
  public void tablesWritten(Path folder) throws IOException {
    FolderCharts.draw(folder);
    SaliencyPage.write(folder);
    to.tablesWritten(folder);
  }
}
