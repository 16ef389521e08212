package org.whisker.chart.population;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.whisker.table.population.PopulationRow;

/** The outcomes of the search on a network, as charts name them. */
enum PlottedOutcome {
  EDGE_INDEX_OF_CATS("E of cats", PopulationRow::edgeIndexOfCats),
  EDGE_INDEX_AT_HALF("E at p(cat) ½", PopulationRow::edgeIndexAtHalf),
  EDGE_INDEX("E of the final images", PopulationRow::edgeIndex),
  SUCCESS("share of runs that became cats", row -> OptionalDouble.of(row.success()));

  private final String words;
  private final Function<PopulationRow, OptionalDouble> value;

  PlottedOutcome(String words, Function<PopulationRow, OptionalDouble> value) {
    this.words = words;
    this.value = value;
  }

  String words() {
    return words;
  }

  boolean isEdgeIndex() {
    return this != SUCCESS;
  }

  OptionalDouble of(PopulationRow row) {
    return value.apply(row);
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
