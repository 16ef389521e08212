package org.whisker.study.population;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Holm;
import org.whisker.table.population.AssociationRow;
import org.whisker.table.population.PopulationOutcome;
import org.whisker.table.population.PopulationRow;

/**
 * What goes with an outcome over the networks of an architecture. All tests of one outcome, of
 * every architecture, are corrected together (Holm).
 */
final class Associations {
  private static final double ALPHA = 0.05;

  private Associations() {}

  /**
   * Those of all outcomes, architectures and predictors.
   *
   * @param seed of permutations and intervals
   */
  static List<AssociationRow> of(List<PopulationRow> networks, long seed) {
    List<AssociationRow> rows = new ArrayList<>();
    for (PopulationOutcome outcome : PopulationOutcome.values()) {
      List<Association> family = new ArrayList<>();
      byArchitecture(networks).forEach((name, each) -> family.addAll(of(outcome, each, seed)));
      rows.addAll(corrected(family));
    }
    return rows;
  }

  /** The networks of each architecture. */
  static Map<String, List<PopulationRow>> byArchitecture(List<PopulationRow> networks) {
    Map<String, List<PopulationRow>> by = new LinkedHashMap<>();
    networks.forEach(
        row -> by.computeIfAbsent(row.architecture(), a -> new ArrayList<>()).add(row));
    return by;
  }

  private static List<Association> of(
      PopulationOutcome outcome, List<PopulationRow> networks, long seed) {
    AssociationSample sample = new AssociationSample(outcome, networks);
    String name = "population " + networks.get(0).architecture() + " " + outcome.label() + " ";
    List<Association> all = new ArrayList<>();
    for (Reading reading : Reading.values()) {
      all.add(sample.with(reading, stream(seed, name + reading.label())));
    }
    for (Factor factor : Factor.values()) {
      all.addAll(sample.with(factor, stream(seed, name + factor.label())));
    }
    return all;
  }

  private static RandomGenerator stream(long seed, String name) {
    return SplitMix64.stream(seed, name, 0);
  }

  private static List<AssociationRow> corrected(List<Association> family) {
    double[] adjusted =
        Holm.adjust(
            family.stream()
                .filter(Association::isTested)
                .mapToDouble(each -> each.p().orElseThrow())
                .toArray());
    List<AssociationRow> rows = new ArrayList<>();
    int next = 0;
    for (Association each : family) {
      OptionalDouble p =
          each.isTested() ? OptionalDouble.of(adjusted[next++]) : OptionalDouble.empty();
      rows.add(each.row(p, ALPHA));
    }
    return rows;
  }
}
