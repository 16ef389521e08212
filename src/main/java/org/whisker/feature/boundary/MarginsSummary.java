package org.whisker.feature.boundary;

import java.util.List;
import org.whisker.boundary.Margin;
import org.whisker.command.TextTable;

/** What the command line says of margins. */
final class MarginsSummary {
  private static final String BOUND =
      "flips: of the picture as it is (a gray pixel becomes black or white), found greedily and"
          + " none taken back, so at most so many are needed"
          + System.lineSeparator();

  private MarginsSummary() {}

  /** A table with a row a group and side; a dash where more than half are not reached. */
  static String text(List<Margin.Summary> summary) {
    return TextTable.of(Margin.Summary.TABLE, summary) + BOUND;
  }
}
