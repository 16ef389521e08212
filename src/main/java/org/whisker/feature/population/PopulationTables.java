package org.whisker.feature.population;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmSummary.EdgeAtConfidence;
import org.whisker.feature.population.Associations.PopulationOutcome;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.random.SplitMix64;
import org.whisker.stats.BoundedInterval;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Samples.Summary;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.OptionalNumber;

public record PopulationTables(
    List<PopulationRow> networks,
    List<PopulationRunRow> runs,
    List<NetworkProfileRow> profiles,
    List<ClimbLevelRow> climb,
    List<ClimbMeanRow> climbMean,
    List<LevelRow> levels,
    List<AssociationRow> associations) {
  /** The tables of the networks measured so far. */
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
    PopulationRow.TABLE.writeIn(folder, networks);
    PopulationRunRow.TABLE.writeIn(folder, runs);
    NetworkProfileRow.TABLE.writeIn(folder, profiles);
    ClimbLevelRow.TABLE.writeIn(folder, climb);
    ClimbMeanRow.TABLE.writeIn(folder, climbMean);
    LevelRow.TABLE.writeIn(folder, levels);
    AssociationRow.TABLE.writeIn(folder, associations);
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
        return OptionalNumber.of(interval, Interval::low);
      }

      OptionalDouble high() {
        return OptionalNumber.of(interval, Interval::high);
      }
    }

    /**
     * Rows of every outcome: over all networks of an architecture, and over those of each level.
     */
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

    /** Mean E at every p(cat), over the networks that came so far. */
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

  /**
   * A row of {@value #FILE}: E along the climb of the runs on a network, at a p(cat) above that of
   * its white canvas.
   */
  public record ClimbLevelRow(
      String network,
      String architecture,
      @Column(value = "p_cat", unit = "probability", meaning = "the level") double catProbability,
      @Column(meaning = "runs on the network, failed ones included") int runs,
      @Column(meaning = "number of runs with an image of at least this p(cat)") int reached,
      @Column(meaning = "mean E of the first such image of each of these; empty when there is none")
          OptionalDouble edgeIndex,
      @Column(
              unit = "px",
              meaning = "mean number of black pixels of these images; empty when there is none")
          OptionalDouble pixels) {
    public static final String FILE = "climb.csv";
    public static final Table<ClimbLevelRow> TABLE = Table.of(ClimbLevelRow.class, FILE);
  }

  /** A row of {@value #FILE}: E along the climb over the networks of an architecture. */
  public record ClimbMeanRow(
      String architecture,
      @Column(value = "p_cat", unit = "probability", meaning = "the level") double catProbability,
      @Column(meaning = "networks of the architecture") int networks,
      @Column(
              meaning =
                  "number of networks whose white canvas lies below the level and of whose"
                      + " runs at least half reached it")
          int reached,
      @Column(
              meaning =
                  "mean over these networks of the mean E of their runs at the level; empty"
                      + " for none")
          OptionalDouble edgeIndex,
      @Column(meaning = "lower end of its 95 % interval over networks; empty for fewer than two")
          OptionalDouble ciLow,
      OptionalDouble ciHigh) {
    public static final String FILE = "climb_mean.csv";
    public static final Table<ClimbMeanRow> TABLE = Table.of(ClimbMeanRow.class, FILE);
  }

  /**
   * A row of {@value #FILE}: an outcome over the networks of one architecture that share a level of
   * their recipe.
   */
  public record LevelRow(
      String architecture,
      @Column(meaning = "what was measured") String outcome,
      @Column(meaning = "all, or padding, head or position") String factor,
      @Column(meaning = "level of the factor") String level,
      @Column(meaning = "networks that have it") int networks,
      @Column(meaning = "values of these that have the outcome") int values,
      @Column(meaning = "mean over these; empty for none") OptionalDouble mean,
      @Column(meaning = "lower end of its 95 % interval; empty for fewer than two")
          OptionalDouble ciLow,
      OptionalDouble ciHigh) {
    public static final String FILE = "levels.csv";
    public static final Table<LevelRow> TABLE = Table.of(LevelRow.class, FILE);
  }

  /**
   * A row of {@value #FILE}: the mean effect of one black pixel in adjacent rings of a network's
   * canvas.
   */
  public record NetworkProfileRow(
      String network,
      String architecture,
      @Column(meaning = "middle of the rings' range of the edge rank, 0 (border) to 1 (centre)")
          double edgeRank,
      @Column(unit = "px", meaning = "least distance to the border among their pixels") int nearest,
      @Column(unit = "px", meaning = "greatest distance") int farthest,
      @Column(unit = "logit", meaning = "mean Δlogit of not-cat; below 0 towards cat")
          double meanDeltaLogit) {
    public static final String FILE = "profiles.csv";
    public static final Table<NetworkProfileRow> TABLE = Table.of(NetworkProfileRow.class, FILE);
  }

  /** A row of {@value #FILE}: a run of the question's search on a network of a population. */
  public record PopulationRunRow(
      String network,
      long seed,
      @Column(meaning = "why it ended: target, generations or failed") String ending,
      @Column(unit = "px", meaning = "black pixels of the final image; empty when it failed")
          OptionalDouble pixels,
      @Column(meaning = "edge index of it; empty when it is white") OptionalDouble edgeIndex,
      @Column(value = "p_cat", unit = "probability") OptionalDouble catProbability,
      @Column(unit = "images", meaning = "images scored until p(cat) first reached the target")
          OptionalLong evaluationsToTarget,
      @Column(unit = "images", meaning = "images scored") OptionalLong evaluations,
      OptionalLong generations) {
    public static final String FILE = "runs.csv";
    public static final Table<PopulationRunRow> TABLE = Table.of(PopulationRunRow.class, FILE);

    public static PopulationRunRow of(String network, ArmRun run) {
      if (run.outcome().isEmpty()) {
        OptionalDouble none = OptionalDouble.empty();
        OptionalLong no = OptionalLong.empty();
        return new PopulationRunRow(
            network, run.seed(), run.ending(), none, none, none, no, no, no);
      }
      ArmRun.Outcome outcome = run.outcome().get();
      return new PopulationRunRow(
          network,
          run.seed(),
          run.ending(),
          OptionalDouble.of(outcome.image().count()),
          outcome.edgeIndex(),
          run.catProbability(),
          outcome.toTarget(),
          OptionalLong.of(outcome.evaluations()),
          OptionalLong.of(outcome.generations()));
    }
  }

  /**
   * A row of {@value #FILE}: whether a property of networks goes with an outcome of the search on
   * them, over the networks of one architecture.
   */
  public record AssociationRow(
      String architecture,
      @Column(
              meaning =
                  "edge_index_of_cats (E at the target), edge_index_at_half (E at p(cat) ½), edge_index "
                      + "(E of the final images) or success, as in networks.csv")
          String outcome,
      @Column(
              meaning =
                  "the property, or one level compared with another, such as"
                      + " padding:reflect-zero")
          String predictor,
      @Column(
              meaning =
                  "spearman (rho), difference (of means) or eta_squared (the share of "
                      + "the variance between levels)")
          String statistic,
      @Column(meaning = "networks of the architecture") int networks,
      @Column(meaning = "networks that have both") int values,
      @Column(
              meaning =
                  "value of the statistic; this and the next three columns are empty when it"
                      + " is not defined")
          OptionalDouble value,
      @Column(meaning = "lower end of its 95 % interval; empty for eta_squared")
          OptionalDouble ciLow,
      OptionalDouble ciHigh,
      @Column(
              unit = "probability",
              meaning =
                  "p of a two-sided permutation test over networks; empty for what is "
                      + "only described")
          OptionalDouble p,
      @Column(
              unit = "probability",
              meaning =
                  "p corrected after Holm, over all predictors and architectures of the "
                      + "outcome; empty for what is only described")
          OptionalDouble pCorrected,
      @Column(
              unit = "probability",
              meaning =
                  "p of the equivalence test (TOST) that a difference of means lies within the "
                      + "margin; empty for other statistics")
          OptionalDouble pEquivalence,
      @Column(
              meaning =
                  "associated, equivalent (the difference lies within the margin), undecided, not enough cats, too few networks, constant, "
                      + "or described")
          String verdict) {
    public static final String FILE = "associations.csv";
    public static final Table<AssociationRow> TABLE = Table.of(AssociationRow.class, FILE);
  }
}
