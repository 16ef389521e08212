package org.whisker.study.population;

import java.util.Locale;
import java.util.OptionalDouble;
import org.whisker.table.population.PopulationRow;

/** A number that is read off a network without a search. */
enum Reading {
  PROFILE_SLOPE,
  PROFILE_RANK,
  TEST_ACCURACY,
  WHITE_P_CAT;

  OptionalDouble of(PopulationRow row) {
    return switch (this) {
      case PROFILE_SLOPE -> OptionalDouble.of(row.profileSlope());
      case PROFILE_RANK -> row.profileRank();
      case TEST_ACCURACY -> OptionalDouble.of(row.testAccuracy());
      case WHITE_P_CAT -> OptionalDouble.of(row.whiteCatProbability());
    };
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
