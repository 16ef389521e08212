package org.whisker.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.BiasChange;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.ablation.result.SummaryRow;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.stats.Verdict;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * The test of a hypothesis on a model: a row of {@value #FILE}, and all that is said of it. Cells
 * are empty where it was not tested or a statistic does not apply. Numbers that are not finite,
 * which can't be plotted, count as absent.
 *
 * @param nullValue the value of the statistic under the null hypothesis: ½ for E itself, otherwise
 *     0
 * @param estimated over all runs where too few became cats; null if untested or no run has a value
 * @param tests null where there was nothing to test
 * @param catCounts how many runs became cats; null where no network was asked, or untested
 * @param gainTest the test of the gain of evidence, beside the effect; null where nothing was
 *     intervened on
 * @param reason why it is untested, or has no verdict though it was done, or that its units are
 *     fine-tunes of one network; else empty text
 */
public record Finding(
    @Column(meaning = "its id, such as padding") String hypothesis,
    String model,
    @Column(meaning = "experiment that tests it") String experiment,
    @Column(meaning = "the compared arms, such as replicate - zero") String comparison,
    @Column(meaning = "edge_index, or the kind of the observed statistic") String statistic,
    @Column(value = "nothing", meaning = "value of the statistic under the null hypothesis")
        OptionalDouble nullValue,
    @Nullable Estimated estimated,
    @Nullable PValues tests,
    @Column(meaning = "equivalence margin, in the statistic's unit") OptionalDouble margin,
    @Column(value = "verdict", meaning = VerdictAnswer.MEANING) VerdictAnswer answer,
    @Column(
            unit = "share",
            meaning =
                "share of the control's edge bias that is removed: 1 is all of it, above 1 the bias"
                    + " is reversed, below 0 it grew")
        OptionalDouble shareRemoved,
    @Column(
            meaning =
                "effect of the intervention on the bias: removes, weakens, reverses, strengthens,"
                    + " creates, or empty when no change was shown")
        BiasChange biasChange,
    @Column(
            value = "runs",
            meaning = "number of runs, or networks in training experiments, that have a value")
        OptionalInt units,
    @Column(meaning = "estimated number of runs needed for a decision, when undecided and known")
        OptionalLong runsNeeded,
    @Nullable CatCounts catCounts,
    @Nullable GainTest gainTest,
    @Column(meaning = "why it was not tested or has no verdict; empty otherwise") String reason) {
  public static final String FILE = "findings.csv";
  public static final Table<Finding> TABLE = Table.of(Finding.class, FILE);

  /** The level of every test of a report. */
  public static final double ALPHA = 0.05;

  /** The reason of a test whose units are no independent networks. */
  static final String FINE_TUNED =
      "the units are " + AblationResult.FINE_TUNES + ", so this holds for that network alone";

  private static final OptionalDouble NONE = OptionalDouble.empty();

  /**
   * An effect, in the unit of its statistic.
   *
   * @param ciLow lower end of its 95 % interval
   * @param ciHigh upper end
   */
  public record Estimated(
      @Column(meaning = "the estimate, in the statistic's unit") OptionalDouble effect,
      OptionalDouble ciLow,
      OptionalDouble ciHigh) {
    public Estimated {
      effect = finite(effect);
      ciLow = finite(ciLow);
      ciHigh = finite(ciHigh);
    }

    private boolean isEmpty() {
      return effect.isEmpty() && ciLow.isEmpty() && ciHigh.isEmpty();
    }
  }

  /** The p of both tests of a comparison, see {@link HypothesisTests} for their correction. */
  public record PValues(
      @Column(unit = Column.PROBABILITY, meaning = "uncorrected p-value") OptionalDouble pValue,
      @Column(unit = Column.PROBABILITY, meaning = "p-value corrected over all tests of the report")
          OptionalDouble pCorrected,
      @Column(
              unit = Column.PROBABILITY,
              meaning =
                  "uncorrected p-value of the equivalence test (TOST) that the effect lies within"
                      + " the margin")
          OptionalDouble pEquivalence,
      @Column(
              unit = Column.PROBABILITY,
              meaning = "p-value of the equivalence test, corrected with all tests of the report")
          OptionalDouble pEquivalenceCorrected) {
    public PValues {
      pValue = finite(pValue);
      pCorrected = finite(pCorrected);
      pEquivalence = finite(pEquivalence);
      pEquivalenceCorrected = finite(pEquivalenceCorrected);
    }

    private boolean isEmpty() {
      return pValue.isEmpty()
          && pCorrected.isEmpty()
          && pEquivalence.isEmpty()
          && pEquivalenceCorrected.isEmpty();
    }
  }

  /**
   * Creates a finding whose answer to the question of the hypothesis follows from {@code judged}.
   */
  public Finding(
      String hypothesis,
      String model,
      String experiment,
      String comparison,
      String statistic,
      OptionalDouble nullValue,
      @Nullable Estimated estimated,
      @Nullable PValues tests,
      OptionalDouble margin,
      Verdict judged,
      OptionalDouble shareRemoved,
      BiasChange biasChange,
      OptionalInt units,
      OptionalLong runsNeeded,
      @Nullable CatCounts catCounts,
      @Nullable GainTest gainTest,
      String reason) {
    this(
        hypothesis,
        model,
        experiment,
        comparison,
        statistic,
        nullValue,
        estimated,
        tests,
        margin,
        Hypotheses.get(hypothesis).answer(judged, beyond(estimated, nullValue)),
        shareRemoved,
        biasChange,
        units,
        runsNeeded,
        catCounts,
        gainTest,
        reason);
  }

  private static double beyond(@Nullable Estimated estimated, OptionalDouble nullValue) {
    return estimated == null ? 0 : estimated.effect().orElse(0) - nullValue.orElse(0);
  }

  public Finding {
    if (answer == VerdictAnswer.UNTESTED && reason.isBlank()) {
      throw new IllegalArgumentException(
          hypothesis + " on " + model + " needs a verdict or a reason why there is none");
    }
    nullValue = finite(nullValue);
    margin = finite(margin);
    shareRemoved = finite(shareRemoved);
    estimated = estimated == null || estimated.isEmpty() ? null : estimated;
    tests = tests == null || tests.isEmpty() ? null : tests;
  }

  static OptionalDouble finite(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble()) ? value : NONE;
  }

  /** A hypothesis that the report did not test. */
  public static Finding untested(
      String hypothesis, String model, String experiment, String reason) {
    return new Finding(
        hypothesis,
        model,
        experiment,
        "",
        "",
        NONE,
        null,
        null,
        NONE,
        Verdict.UNTESTED,
        NONE,
        BiasChange.NONE,
        OptionalInt.empty(),
        OptionalLong.empty(),
        null,
        null,
        reason);
  }

  /**
   * The rows of a file, but those of hypotheses that are none any more.
   *
   * @throws IOException naming file and line when a row can't be read
   */
  public static List<Finding> read(Path file) throws IOException {
    return TABLE.read(file).stream()
        .filter(finding -> Hypotheses.find(finding.hypothesis()).isPresent())
        .toList();
  }

  public boolean isTested() {
    return answer != VerdictAnswer.UNTESTED;
  }

  /** The verdict on what the hypothesis predicts. */
  public Verdict judged() {
    return answer.verdict(Hypotheses.get(hypothesis).wording().predictsNone());
  }

  /** The verdict; empty when untested. */
  public Optional<Verdict> verdict() {
    return isTested() ? Optional.of(judged()) : Optional.empty();
  }

  /** The verdict as tables have it, such as {@code not_the_cause} or {@code untested}. */
  public String label() {
    return answer.label();
  }

  /** The verdict as people read it, such as {@code not the cause} or {@code not tested}. */
  public String words() {
    return answer.words(margin);
  }

  /** Value of the statistic under the null hypothesis; 0 when untested. */
  public double nothing() {
    return nullValue.orElse(0);
  }

  /** The estimate, in the unit of the statistic. */
  public OptionalDouble effect() {
    return estimate(Estimated::effect);
  }

  /** Lower end of its 95 % interval. */
  public OptionalDouble low() {
    return estimate(Estimated::ciLow);
  }

  /** Upper end of its interval. */
  public OptionalDouble high() {
    return estimate(Estimated::ciHigh);
  }

  private OptionalDouble estimate(Function<Estimated, OptionalDouble> part) {
    return estimated == null ? NONE : part.apply(estimated);
  }

  /** The p of the test for an effect, uncorrected. */
  public OptionalDouble p() {
    return test(PValues::pValue);
  }

  /** The p of the test for an effect, corrected for all tests of the report. */
  public OptionalDouble pCorrected() {
    return test(PValues::pCorrected);
  }

  /** The p of the equivalence test within the margin, uncorrected. */
  public OptionalDouble pEquivalence() {
    return test(PValues::pEquivalence);
  }

  /** The p of the equivalence test within the margin, corrected for all tests of the report. */
  public OptionalDouble pEquivalenceCorrected() {
    return test(PValues::pEquivalenceCorrected);
  }

  /** The corrected p of the test on which its verdict rests: that of equivalence for no effect. */
  public OptionalDouble pOfVerdict() {
    return isOfEquivalence() ? pEquivalenceCorrected() : pCorrected();
  }

  /** Whether its verdict, that there is no effect, rests on the equivalence test. */
  public boolean isOfEquivalence() {
    return answer.isOfNone() && pEquivalenceCorrected().isPresent();
  }

  private OptionalDouble test(Function<PValues, OptionalDouble> part) {
    return tests == null ? NONE : part.apply(tests);
  }

  /** Number of runs, or of trained networks, with a value; 0 when untested. */
  public int runs() {
    return units.orElse(0);
  }

  public Optional<CatCounts> cats() {
    return Optional.ofNullable(catCounts);
  }

  /** The p(target) at which its arms are compared; empty where too few runs reached ½. */
  public OptionalDouble targetLevel() {
    return catCounts == null ? NONE : catCounts.level();
  }

  /** How the evidence for a cat differs. */
  public Optional<GainTest> gain() {
    return Optional.ofNullable(gainTest);
  }

  /** Whether its units are fine-tunes of one network. */
  boolean isOfFineTunes() {
    return reason.equals(FINE_TUNED);
  }

  /** Whether every treated run ended white, though the control gained: no pixel paid for itself. */
  boolean isAllWhite() {
    return gainTest != null
        && catCounts != null
        && gainTest.control() > 0
        && catCounts.treatedRuns().isPresent()
        && catCounts.treatedRuns().getAsInt() == gainTest.whiteTreated();
  }

  /**
   * What the verdict stands on, to follow {@link #words()}, without its full stop; for an untested
   * hypothesis, the reason.
   *
   * @param alpha level of the tests
   */
  public String evidence(double alpha) {
    return VerdictText.evidence(this, alpha);
  }

  /** The verdict and what it stands on, at the level of a report, without a full stop. */
  public String sentence() {
    return words() + ": " + evidence(ALPHA);
  }

  /** What it shows, as a clause for a heading; empty where nothing is decided. */
  public String claim() {
    return VerdictText.claim(this);
  }

  /**
   * The comparison for people. Where the value without an effect is not 0, the statistic is that of
   * one arm and no difference, and the arm stands alone.
   */
  public String shownComparison() {
    return sides()
        .filter(sides -> nothing() != 0)
        .map(Sides::first)
        .orElseGet(() -> SummaryRow.shown(comparison));
  }

  /**
   * What a comparison is of.
   *
   * @param second what the first is compared with
   */
  record Sides(String first, String second) {}

  /** Both sides of the comparison; empty where it has no two. */
  Optional<Sides> sides() {
    int minus = comparison.indexOf(ArmContrast.MINUS);
    return minus < 0
        ? Optional.empty()
        : Optional.of(
            new Sides(
                comparison.substring(0, minus),
                comparison.substring(minus + ArmContrast.MINUS.length())));
  }

  /** Name of the statistic in tables for people. */
  public String statisticName() {
    return VerdictText.statistic(this);
  }
}
