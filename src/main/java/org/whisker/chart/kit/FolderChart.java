package org.whisker.chart.kit;

import java.io.IOException;
import java.nio.file.Path;

/** Charts that are drawn from tables alone, beside them. */
public interface FolderChart {
  /**
   * Draws the charts of the tables in {@code folder}, over those that are there; does nothing where
   * the tables that it needs are missing.
   *
   * @throws IOException naming file and line when a table can't be read, or when a chart can't be
   *     written
   */
  void draw(Path folder) throws IOException;
}
