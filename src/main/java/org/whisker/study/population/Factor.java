package org.whisker.study.population;

import java.util.List;
import java.util.Locale;
import org.whisker.table.population.PopulationRow;

/** What is varied in the recipes of a population. */
enum Factor {
  PADDING,
  HEAD,
  POSITION;

  String of(PopulationRow row) {
    return switch (this) {
      case PADDING -> row.padding();
      case HEAD -> row.head();
      case POSITION -> row.position();
    };
  }

  /** Its levels, in the order in which they first occur. */
  List<String> levels(List<PopulationRow> rows) {
    return rows.stream().map(this::of).distinct().toList();
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
