package org.whisker.feature.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.whisker.explain.Finding;

/**
 * What an explanation came to.
 *
 * @param folder with all tables, from which a page can be drawn
 * @param took how long it took; empty when it was stopped
 */
public record ExplainResult(Path folder, Optional<Duration> took) {
  /**
   * How each hypothesis fared on each model, with the sentence that its numbers allow at a level of
   * 5 %.
   *
   * @throws IOException when they can't be read, as of an explanation that was stopped
   */
  public List<Finding> findings() throws IOException {
    return Finding.read(folder.resolve(Finding.FILE));
  }
}
