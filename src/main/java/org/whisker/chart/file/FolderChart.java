package org.whisker.chart.file;

import java.io.IOException;
import java.nio.file.Path;

/** Charts drawn only from the tables of a folder, and written beside these. */
public interface FolderChart {
  /**
   * Draws the charts of the tables in {@code folder}, replacing existing ones; does nothing when
   * required tables are missing.
   *
   * @param files writes the charts
   * @throws IOException naming file and line when a table can't be read, or when a chart can't be
   *     written
   */
  void draw(Path folder, ChartFiles files) throws IOException;
}
