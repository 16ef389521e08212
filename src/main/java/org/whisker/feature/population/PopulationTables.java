package org.whisker.feature.population;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.whisker.ablation.ArmSummary.EdgeAtConfidence;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.random.SplitMix64;
import org.whisker.stats.BoundedInterval;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Samples.Summary;

/** All tables of a population. */
record PopulationTables(
    List<PopulationRow> networks,
    List<PopulationRunRow> runs,
    List<NetworkProfileRow> profiles,
    List<ClimbLevelRow> climb,
    List<ClimbMeanRow> climbMean,
    List<LevelRow> levels,
    List<AssociationRow> associations) {
  /** Those of the networks measured so far. */
  static PopulationTables of(List<MeasuredNetwork> measured, long seed) {
    List<PopulationRow> networks = measured.stream().map(MeasuredNetwork::row).toList();
    return new PopulationTables(
        networks,
        measured.stream()
            .flatMap(m -> m.runs().stream().map(r -> PopulationRunRow.of(m.member().name(), r)))
            .toList(),
        measured.stream().flatMap(m -> profile(m).stream()).toList(),
        measured.stream().flatMap(m -> climb(m).stream()).toList(),
        LevelMeans.climb(measured, seed),
        LevelMeans.of(networks, seed),
        Associations.of(networks, seed));
  }

  private static List<NetworkProfileRow> profile(MeasuredNetwork network) {
    EdgeBins bins = EdgeBins.of(network.probe().delta().canvas());
    double[] delta = network.probe().delta().values();
    double[] means = bins.means(i -> delta[i]);
    List<NetworkProfileRow> rows = new ArrayList<>();
    for (int i = 0; i < means.length; i++) {
      EdgeBin bin = bins.bins().get(i);
      rows.add(
          new NetworkProfileRow(
              network.member().name(),
              network.member().architecture(),
              bin.middle(),
              bin.nearest(),
              bin.farthest(),
              means[i]));
    }
    return rows;
  }

  private static List<ClimbLevelRow> climb(MeasuredNetwork network) {
    return EdgeAtConfidence.levels().stream()
        .filter(level -> level > network.white())
        .map(
            level ->
                new ClimbLevelRow(
                    network.member().name(),
                    network.member().architecture(),
                    level,
                    network.runs().size(),
                    network.reached(level),
                    network.edgeIndexAt(level),
                    network.pixelsAt(level)))
        .toList();
  }

  /** Writes each under its name. */
  void write(Path folder) throws IOException {
    PopulationRow.TABLE.write(folder.resolve(PopulationRow.FILE), networks);
    PopulationRunRow.TABLE.write(folder.resolve(PopulationRunRow.FILE), runs);
    NetworkProfileRow.TABLE.write(folder.resolve(NetworkProfileRow.FILE), profiles);
    ClimbLevelRow.TABLE.write(folder.resolve(ClimbLevelRow.FILE), climb);
    ClimbMeanRow.TABLE.write(folder.resolve(ClimbMeanRow.FILE), climbMean);
    LevelRow.TABLE.write(folder.resolve(LevelRow.FILE), levels);
    AssociationRow.TABLE.write(folder.resolve(AssociationRow.FILE), associations);
  }

  /** Means over networks, of outcomes by level of the recipe and of E along the climb. */
  static final class LevelMeans {
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
          for (Associations.Factor factor : Associations.Factor.values()) {
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
        PopulationOutcome outcome,
        String factor,
        String level,
        List<PopulationRow> some,
        long seed) {
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
}
