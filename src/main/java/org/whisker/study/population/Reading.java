package org.whisker.study.population;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.whisker.table.population.PopulationRow;

/** A number that is read off a network without a search. */
enum Reading {
  PROFILE_SLOPE(row -> OptionalDouble.of(row.profileSlope())),
  PROFILE_RANK(PopulationRow::profileRank),
  TEST_ACCURACY(row -> OptionalDouble.of(row.testAccuracy())),
  WHITE_P_CAT(row -> OptionalDouble.of(row.whiteCatProbability()));

  private final Function<PopulationRow, OptionalDouble> value;

  Reading(Function<PopulationRow, OptionalDouble> value) {
    this.value = value;
  }

  OptionalDouble of(PopulationRow row) {
    return value.apply(row);
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
