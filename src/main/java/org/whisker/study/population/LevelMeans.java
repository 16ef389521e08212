package org.whisker.study.population;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.whisker.ablation.EdgeAtConfidence;
import org.whisker.random.SplitMix64;
import org.whisker.stats.BoundedInterval;
import org.whisker.stats.Interval;
import org.whisker.stats.Summary;
import org.whisker.table.population.ClimbMeanRow;
import org.whisker.table.population.LevelRow;
import org.whisker.table.population.PopulationOutcome;
import org.whisker.table.population.PopulationRow;

/** Means over networks, of outcomes by level of the recipe and of E along the climb. */
final class LevelMeans {
  private static final int FEWEST = 2;

  private LevelMeans() {}

  /**
   * A mean of values from 0 to 1.
   *
   * @param interval 95 %; empty for fewer than two
   */
  private record Mean(OptionalDouble value, Optional<Interval> interval) {
    static Mean of(double[] values, long seed, String stream) {
      if (values.length == 0) {
        return new Mean(OptionalDouble.empty(), Optional.empty());
      }
      return new Mean(
          OptionalDouble.of(Summary.of(values).mean()),
          values.length < FEWEST
              ? Optional.empty()
              : Optional.of(
                  BoundedInterval.ofShares().mean(values, SplitMix64.stream(seed, stream, 0))));
    }

    OptionalDouble low() {
      return interval.map(i -> OptionalDouble.of(i.low())).orElse(OptionalDouble.empty());
    }

    OptionalDouble high() {
      return interval.map(i -> OptionalDouble.of(i.high())).orElse(OptionalDouble.empty());
    }
  }

  /** Of every outcome: over all networks of an architecture, and over those of each level. */
  static List<LevelRow> of(List<PopulationRow> networks, long seed) {
    List<LevelRow> rows = new ArrayList<>();
    for (PopulationOutcome outcome : PopulationOutcome.values()) {
      for (List<PopulationRow> each : Associations.byArchitecture(networks).values()) {
        rows.add(row(outcome, "all", "all", each, seed));
        for (Factor factor : Factor.values()) {
          for (String level : factor.levels(each)) {
            List<PopulationRow> some =
                each.stream().filter(row -> factor.of(row).equals(level)).toList();
            rows.add(row(outcome, factor.label(), level, some, seed));
          }
        }
      }
    }
    return rows;
  }

  private static LevelRow row(
      PopulationOutcome outcome, String factor, String level, List<PopulationRow> some, long seed) {
    String architecture = some.get(0).architecture();
    double[] values =
        some.stream()
            .map(outcome::of)
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    String stream = String.join(" ", "level", architecture, outcome.label(), factor, level);
    Mean mean = Mean.of(values, seed, stream);
    return new LevelRow(
        architecture,
        outcome.label(),
        factor,
        level,
        some.size(),
        values.length,
        mean.value(),
        mean.low(),
        mean.high());
  }

  /** Of E at every p(cat), over the networks that came so far. */
  static List<ClimbMeanRow> climb(List<MeasuredNetwork> measured, long seed) {
    Set<String> architectures = new LinkedHashSet<>();
    measured.forEach(m -> architectures.add(m.member().architecture()));
    List<ClimbMeanRow> rows = new ArrayList<>();
    for (String architecture : architectures) {
      List<MeasuredNetwork> own =
          measured.stream().filter(m -> m.member().architecture().equals(architecture)).toList();
      for (double level : EdgeAtConfidence.levels()) {
        rows.add(climb(architecture, level, own, seed));
      }
    }
    return rows;
  }

  private static ClimbMeanRow climb(
      String architecture, double level, List<MeasuredNetwork> all, long seed) {
    List<MeasuredNetwork> reached = all.stream().filter(m -> m.hasReached(level)).toList();
    double[] values =
        reached.stream()
            .map(m -> m.edgeIndexAt(level))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .toArray();
    Mean mean = Mean.of(values, seed, "climb " + architecture + " " + level);
    return new ClimbMeanRow(
        architecture, level, all.size(), reached.size(), mean.value(), mean.low(), mean.high());
  }
}
