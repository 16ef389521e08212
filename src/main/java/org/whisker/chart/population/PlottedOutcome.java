package org.whisker.chart.population;

import java.util.Locale;
import java.util.OptionalDouble;
import org.whisker.table.population.PopulationRow;

/** The outcomes of the search on a network, as charts name them. */
enum PlottedOutcome {
  EDGE_INDEX_OF_CATS("E of cats"),
  EDGE_INDEX_AT_HALF("E at p(cat) ½"),
  EDGE_INDEX("E of the final images"),
  SUCCESS("share of runs that became cats");

  private final String words;

  PlottedOutcome(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  boolean isEdgeIndex() {
    return this != SUCCESS;
  }

  OptionalDouble of(PopulationRow row) {
    return switch (this) {
      case EDGE_INDEX_OF_CATS -> row.edgeIndexOfCats();
      case EDGE_INDEX_AT_HALF -> row.edgeIndexAtHalf();
      case EDGE_INDEX -> row.edgeIndex();
      case SUCCESS -> OptionalDouble.of(row.success());
    };
  }

  /** As in tables. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As in names of files. */
  String stem() {
    return label().replace('_', '-');
  }
}
