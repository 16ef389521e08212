package org.whisker.feature.sweep;

import java.io.IOException;
import org.whisker.job.Provenance.WhiskerVersion;
import org.whisker.torch.Classifiers;

/**
 * What a sweep was planned with.
 *
 * @param source the file that says so, for messages
 * @param whisker the version of whisker
 * @param engine the name and version of the engine
 */
public record SweepVersions(String source, String whisker, String engine) {
  /**
   * Looks whether this whisker's results would be those of the keys. Loads libtorch.
   *
   * @throws IOException when whisker or libtorch is another version here
   */
  public void check() throws IOException {
    check("whisker", whisker, WhiskerVersion.get());
    check("engine", engine, Classifiers.engine());
  }

  private void check(String what, String planned, String here) throws IOException {
    if (!planned.equals(here)) {
      throw new IOException(
          "%s was planned with %s %s, here it is %s; results would be mixed, plan a new sweep"
              .formatted(source, what, planned, here));
    }
  }
}
