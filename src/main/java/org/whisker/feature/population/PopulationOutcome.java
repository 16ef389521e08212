package org.whisker.feature.population;

import java.util.Locale;
import java.util.OptionalDouble;

/** What the search came to on a network, from 0 to 1. The first is what is asked for. */
public enum PopulationOutcome {
  EDGE_INDEX_OF_CATS("E of cats"),
  EDGE_INDEX_AT_HALF("E at p(cat) ½"),
  EDGE_INDEX("E of the final images"),
  SUCCESS("share of runs that became cats");

  private final String words;

  PopulationOutcome(String words) {
    this.words = words;
  }

  /** As charts name it. */
  public String words() {
    return words;
  }

  /** Whether it is a mean edge index. */
  public boolean isEdgeIndex() {
    return this != SUCCESS;
  }

  /** Whether only networks whose runs came to some p(cat) have it. */
  public boolean isOfCats() {
    return this == EDGE_INDEX_OF_CATS || this == EDGE_INDEX_AT_HALF;
  }

  /** That of a network; empty where it has none. */
  public OptionalDouble of(PopulationRow row) {
    return switch (this) {
      case EDGE_INDEX_OF_CATS -> row.edgeIndexOfCats();
      case EDGE_INDEX_AT_HALF -> row.edgeIndexAtHalf();
      case EDGE_INDEX -> row.edgeIndex();
      case SUCCESS -> OptionalDouble.of(row.success());
    };
  }

  /** As in tables. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** As in names of files. */
  public String stem() {
    return label().replace('_', '-');
  }
}
