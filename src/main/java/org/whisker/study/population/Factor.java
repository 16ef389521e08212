package org.whisker.study.population;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.whisker.table.population.PopulationRow;

/** What is varied in the recipes of a population. */
enum Factor {
  PADDING(PopulationRow::padding),
  HEAD(PopulationRow::head),
  POSITION(PopulationRow::position);

  private final Function<PopulationRow, String> level;

  Factor(Function<PopulationRow, String> level) {
    this.level = level;
  }

  String of(PopulationRow row) {
    return level.apply(row);
  }

  /** Its levels, in the order in which they first occur. */
  List<String> levels(List<PopulationRow> rows) {
    return rows.stream().map(level).distinct().toList();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
