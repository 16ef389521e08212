package org.whisker.study.population;

import java.util.Locale;
import java.util.OptionalDouble;
import org.whisker.table.population.PopulationRow;

/** What the search came to on a network, from 0 to 1. The first is what is asked for. */
enum Outcome {
  EDGE_INDEX_OF_CATS,
  EDGE_INDEX_AT_HALF,
  EDGE_INDEX,
  SUCCESS;

  OptionalDouble of(PopulationRow row) {
    return switch (this) {
      case EDGE_INDEX_OF_CATS -> row.edgeIndexOfCats();
      case EDGE_INDEX_AT_HALF -> row.edgeIndexAtHalf();
      case EDGE_INDEX -> row.edgeIndex();
      case SUCCESS -> OptionalDouble.of(row.success());
    };
  }

  /** Whether only networks whose runs came to some p(cat) have it. */
  boolean isOfCats() {
    return this == EDGE_INDEX_OF_CATS || this == EDGE_INDEX_AT_HALF;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
