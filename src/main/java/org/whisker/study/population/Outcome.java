package org.whisker.study.population;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.whisker.table.population.PopulationRow;

/** What the search came to on a network, from 0 to 1. The first is what is asked for. */
enum Outcome {
  EDGE_INDEX_OF_CATS(PopulationRow::edgeIndexOfCats),
  EDGE_INDEX_AT_HALF(PopulationRow::edgeIndexAtHalf),
  EDGE_INDEX(PopulationRow::edgeIndex),
  SUCCESS(row -> OptionalDouble.of(row.success()));

  private final Function<PopulationRow, OptionalDouble> value;

  Outcome(Function<PopulationRow, OptionalDouble> value) {
    this.value = value;
  }

  OptionalDouble of(PopulationRow row) {
    return value.apply(row);
  }

  /** Whether only networks whose runs came to some p(cat) have it. */
  boolean isOfCats() {
    return this == EDGE_INDEX_OF_CATS || this == EDGE_INDEX_AT_HALF;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
