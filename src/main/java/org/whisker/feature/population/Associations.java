package org.whisker.feature.population;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.whisker.feature.population.PopulationTables.AssociationRow;
import org.whisker.option.Records;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.Correlation.RankCorrelation;
import org.whisker.stats.Equivalence;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Holm;
import org.whisker.stats.PermutationTest;
import org.whisker.stats.PermutationTest.GroupTest;
import org.whisker.stats.TestResult;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.table.Table;
import org.whisker.value.Labelled;
import org.whisker.value.OptionalNumber;

/**
 * What goes with an outcome over the networks of an architecture. All tests of one outcome, of
 * every architecture, are corrected together (Holm).
 */
final class Associations {
  private static final double ALPHA = 0.05;

  private Associations() {}

  /**
   * Tests the associations of all outcomes, architectures and predictors.
   *
   * @param seed the seed of permutations and intervals
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

  static Map<String, List<PopulationRow>> byArchitecture(List<PopulationRow> networks) {
    Map<String, List<PopulationRow>> by = Table.by(networks, PopulationRow::architecture);
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

  /**
   * An outcome over the networks of one architecture. It is tested where at least half of them have
   * it, since the others lack it for a reason, and at least {@value #FEWEST}.
   */
  record AssociationSample(PopulationOutcome outcome, List<PopulationRow> networks) {
    static final int FEWEST = 6;
    private static final int DRAWS = 9_999;

    /** Equivalence margin of outcomes, all from 0 to 1; fixed beforehand. */
    private static final double MARGIN = 0.05;

    private static final int FEWEST_OF_A_LEVEL = 2;

    AssociationSample {
      networks = List.copyOf(networks);
    }

    private List<PopulationRow> having() {
      return networks.stream().filter(row -> outcome.of(row).isPresent()).toList();
    }

    private double[] values(List<PopulationRow> some) {
      return some.stream().mapToDouble(row -> outcome.of(row).orElseThrow()).toArray();
    }

    /** Tests the outcome's rank correlation with a number that is read off networks. */
    Association with(Reading reading, RandomGenerator random) {
      List<PopulationRow> both =
          having().stream().filter(row -> reading.of(row).isPresent()).toList();
      double[] x = both.stream().mapToDouble(row -> reading.of(row).orElseThrow()).toArray();
      double[] y = values(both);
      if (isConstant(x) || isConstant(y)) {
        return made(reading.label(), "spearman", both.size(), Association.CONSTANT);
      }
      RankCorrelation rho = RankCorrelation.of(x, y, DRAWS, random);
      return judged(
          new Association(
              architecture(),
              outcome,
              reading.label(),
              "spearman",
              networks.size(),
              both.size(),
              OptionalDouble.of(rho.rho()),
              Optional.of(rho.interval()),
              OptionalDouble.of(rho.test().p()),
              OptionalDouble.empty(),
              ""));
    }

    /**
     * Tests the outcome against what is varied: one test over all levels, and each level against
     * the first.
     */
    List<Association> with(Factor factor, RandomGenerator random) {
      List<String> levels = factor.levels(networks);
      List<Association> all = new ArrayList<>();
      if (levels.size() > 2) {
        all.add(groups(factor, levels, random));
      }
      for (String level : levels.subList(Math.min(1, levels.size()), levels.size())) {
        Association difference = difference(factor, level, levels.get(0), random);
        all.add(
            levels.size() > 2 && difference.isTested()
                ? difference.untested(Association.DESCRIBED)
                : difference);
      }
      return all;
    }

    private Association groups(Factor factor, List<String> levels, RandomGenerator random) {
      List<double[]> groups =
          levels.stream().map(level -> of(factor, level)).filter(v -> v.length > 0).toList();
      double[] all = groups.stream().flatMapToDouble(Arrays::stream).toArray();
      if (groups.size() < 2 || isConstant(all)) {
        return made(factor.label(), "eta_squared", all.length, Association.CONSTANT);
      }
      TestResult test = GroupTest.of(groups, DRAWS, random);
      return judged(
          new Association(
              architecture(),
              outcome,
              factor.label(),
              "eta_squared",
              networks.size(),
              all.length,
              OptionalDouble.of(test.statistic()),
              Optional.empty(),
              OptionalDouble.of(test.p()),
              OptionalDouble.empty(),
              ""));
    }

    private Association difference(
        Factor factor, String level, String first, RandomGenerator random) {
      double[] a = of(factor, level);
      double[] b = of(factor, first);
      String name = factor.label() + ":" + level + "-" + first;
      if (Math.min(a.length, b.length) < FEWEST_OF_A_LEVEL) {
        return made(name, "difference", a.length + b.length, Association.TOO_FEW);
      }
      Interval interval = Bootstrap.standard().difference(a, b, random);
      TestResult test = PermutationTest.unpaired(a, b, Alternative.TWO_SIDED, DRAWS, random);
      return judged(
          new Association(
              architecture(),
              outcome,
              name,
              "difference",
              networks.size(),
              a.length + b.length,
              OptionalDouble.of(test.statistic()),
              Optional.of(interval),
              OptionalDouble.of(test.p()),
              OptionalDouble.of(Equivalence.unpaired(a, b, MARGIN).p()),
              ""));
    }

    private double[] of(Factor factor, String level) {
      return values(having().stream().filter(row -> factor.of(row).equals(level)).toList());
    }

    private Association judged(Association made) {
      if (isSparse()) {
        return made.untested(sparse());
      }
      return having().size() < FEWEST ? made.untested(Association.TOO_FEW) : made;
    }

    private String sparse() {
      return outcome.isOfCats() ? Association.NO_CATS : Association.TOO_FEW;
    }

    private boolean isSparse() {
      return 2 * having().size() < networks.size();
    }

    private Association made(String predictor, String statistic, int values, String why) {
      return new Association(
          architecture(),
          outcome,
          predictor,
          statistic,
          networks.size(),
          values,
          OptionalDouble.empty(),
          Optional.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          isSparse() ? sparse() : why);
    }

    private String architecture() {
      return networks.get(0).architecture();
    }

    private static boolean isConstant(double[] values) {
      return Arrays.stream(values).distinct().count() < 2;
    }
  }

  /** What is varied in the recipes of a population. */
  enum Factor implements Labelled {
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

    /** The levels of the factor, in the order in which they first occur. */
    List<String> levels(List<PopulationRow> rows) {
      return rows.stream().map(this::of).distinct().toList();
    }
  }

  /** A number that is read off a network without a search. */
  enum Reading implements Labelled {
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
  }

  /**
   * An association before p is corrected.
   *
   * @param statistic see {@link AssociationRow}
   * @param values networks that it is over, of {@code networks} of the architecture
   * @param p empty when it is not tested
   * @param pEquivalence the p-value of a difference; empty for other statistics
   * @param why the reason why it is not tested, as a verdict; empty when it is
   */
  record Association(
      String architecture,
      PopulationOutcome outcome,
      String predictor,
      String statistic,
      int networks,
      int values,
      OptionalDouble value,
      Optional<Interval> interval,
      OptionalDouble p,
      OptionalDouble pEquivalence,
      String why) {
    static final String NO_CATS = "not enough cats";
    static final String TOO_FEW = "too few networks";
    static final String CONSTANT = "constant";
    static final String DESCRIBED = "described";

    /** "As with zeros" is a statement, which a large p does not bear. */
    static final String EQUIVALENT = "equivalent";

    boolean isTested() {
      return p.isPresent();
    }

    /** Returns this association without a test. */
    Association untested(String reason) {
      return Records.changed(this, Association::p, Association::why)
          .to(OptionalDouble.empty(), reason);
    }

    AssociationRow row(OptionalDouble corrected, double alpha) {
      boolean equivalent = pEquivalence.orElse(1) <= alpha;
      String tested = corrected.orElse(1) <= alpha ? "associated" : "undecided";
      String verdict =
          !equivalent || why.equals(NO_CATS) || why.equals(TOO_FEW)
              ? corrected.isEmpty() ? why : tested
              : EQUIVALENT;
      return new AssociationRow(
          architecture,
          outcome.label(),
          predictor,
          statistic,
          networks,
          values,
          value,
          OptionalNumber.of(interval, i -> possible(i.low())),
          OptionalNumber.of(interval, i -> possible(i.high())),
          p,
          corrected,
          pEquivalence,
          verdict);
    }

    /** Differences of values from 0 to 1 lie where correlations do. */
    private static double possible(double value) {
      return Math.max(-1, Math.min(1, value));
    }
  }

  /** What the search came to on a network, from 0 to 1. The first is what is asked for. */
  enum PopulationOutcome implements Labelled {
    EDGE_INDEX_OF_CATS("E of cats"),
    EDGE_INDEX_AT_HALF("E at p(cat) ½"),
    EDGE_INDEX("E of the final images"),
    SUCCESS("share of runs that became cats");

    private final String words;

    PopulationOutcome(String words) {
      this.words = words;
    }

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

    /** The outcome of a network; empty where it has none. */
    public OptionalDouble of(PopulationRow row) {
      return switch (this) {
        case EDGE_INDEX_OF_CATS -> row.edgeIndexOfCats();
        case EDGE_INDEX_AT_HALF -> row.edgeIndexAtHalf();
        case EDGE_INDEX -> row.edgeIndex();
        case SUCCESS -> OptionalDouble.of(row.success());
      };
    }

    /** The outcome's part of file names. */
    public String stem() {
      return label().replace('_', '-');
    }
  }
}
