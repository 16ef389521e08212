package org.whisker.table.report;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.whisker.ablation.BiasChange;
import org.whisker.explain.CatCounts;
import org.whisker.explain.GainTest;
import org.whisker.explain.HypothesisTest;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.stats.Verdict;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: the result of testing a hypothesis on a model. Cells are empty when it
 * was not tested or a statistic does not apply.
 */
public record FindingRow(
    @Column(meaning = "its id, such as padding") String hypothesis,
    String model,
    @Column(meaning = "experiment that tests it") String experiment,
    @Column(meaning = "the compared arms, such as replicate − zero") String comparison,
    @Column(meaning = "edge_index, or the kind of the observed statistic") String statistic,
    @Column(meaning = "value of the statistic under the null hypothesis") OptionalDouble nothing,
    @Column(meaning = "the estimate, in the statistic's unit") OptionalDouble effect,
    @Column(meaning = "lower end of its 95 % confidence interval") OptionalDouble ciLow,
    @Column(meaning = "upper end of the interval") OptionalDouble ciHigh,
    @Column(unit = "probability", meaning = "uncorrected p-value") OptionalDouble pValue,
    @Column(unit = "probability", meaning = "p-value corrected over all tests of the report")
        OptionalDouble pCorrected,
    @Column(
            unit = "probability",
            meaning =
                "uncorrected p-value of the equivalence test (TOST) that the effect "
                    + "lies within the margin")
        OptionalDouble pEquivalence,
    @Column(unit = "probability", meaning = "this p-value corrected over all tests of the report")
        OptionalDouble pEquivalenceCorrected,
    @Column(meaning = "equivalence margin, in the statistic's unit") OptionalDouble margin,
    @Column(
            meaning =
                "supported, opposite, no_effect, refuted, undecided, not_enough_cats "
                    + "or untested")
        String verdict,
    @Column(
            unit = "share",
            meaning =
                "share of the control's edge bias that is removed: 1 is all of it, "
                    + "above 1 the bias is reversed, below 0 it grew")
        OptionalDouble shareRemoved,
    @Column(
            meaning =
                "effect of the intervention on the bias: removes, weakens, reverses, "
                    + "strengthens, creates, or empty when no change was shown")
        String biasChange,
    @Column(meaning = "number of runs, or networks in training experiments, that have a " + "value")
        OptionalInt runs,
    @Column(
            meaning =
                "estimated number of runs needed for a decision, when undecided and " + "known")
        OptionalLong runsNeeded,
    @Column(
            unit = "probability",
            meaning = "p(cat) at which arms are compared; empty when too few runs reached ½")
        OptionalDouble catLevel,
    @Column(
            unit = "runs",
            meaning =
                "number of runs of the control that reached it, or ½ when too few " + "reached it")
        OptionalInt catsControl,
    @Column(unit = "runs", meaning = "number of runs of the control") OptionalInt runsControl,
    @Column(unit = "runs", meaning = "number of runs of the treated arm that became cats")
        OptionalInt catsTreated,
    @Column(unit = "runs", meaning = "number of runs of the treated arm") OptionalInt runsTreated,
    @Column(
            unit = "logit",
            meaning =
                "logit of the empty canvas minus that of the final image, mean over " + "the runs")
        OptionalDouble gainControl,
    @Column(unit = "logit", meaning = "the same of the treated arm") OptionalDouble gainTreated,
    @Column(unit = "logit", meaning = "gain of the treated arm minus that of the control")
        OptionalDouble gainEffect,
    @Column(unit = "logit", meaning = "lower end of its 95 % confidence interval")
        OptionalDouble gainCiLow,
    @Column(unit = "logit", meaning = "upper end of the interval") OptionalDouble gainCiHigh,
    @Column(unit = "probability", meaning = "uncorrected p-value of the difference in gain")
        OptionalDouble gainPValue,
    @Column(
            unit = "probability",
            meaning = "this p-value corrected over the gains of the report by Holm's method")
        OptionalDouble gainPCorrected,
    @Column(
            unit = "runs",
            meaning = "number of runs of the control that ended without a black pixel")
        OptionalInt whiteControl,
    @Column(unit = "runs", meaning = "the same of the treated arm") OptionalInt whiteTreated,
    @Column(meaning = "why it was not tested or has no verdict; empty otherwise") String reason) {
  public static final String FILE = "findings.csv";
  public static final Table<FindingRow> TABLE = Table.of(FindingRow.class, FILE);

  private static final String UNTESTED = "untested";

  public FindingRow {
    Hypotheses.get(hypothesis);
    if (verdict(verdict).isEmpty() && !verdict.equals(UNTESTED)) {
      throw new IllegalArgumentException(
          "verdict is \"%s\", expected one of %s or %s"
              .formatted(
                  verdict,
                  Arrays.stream(Verdict.values()).map(Verdict::label).collect(joining(", ")),
                  UNTESTED));
    }
    if (verdict.equals(UNTESTED) && reason.isBlank()) {
      throw new IllegalArgumentException(
          hypothesis + " on " + model + " needs a verdict or a reason why there is none");
    }
    BiasChange.parse(biasChange);
  }

  private static Optional<Verdict> verdict(String text) {
    return Arrays.stream(Verdict.values()).filter(v -> v.label().equals(text)).findFirst();
  }

  /** One row per test. */
  public static List<FindingRow> of(List<HypothesisTest> tests) {
    return tests.stream().map(FindingRow::of).toList();
  }

  private static FindingRow of(HypothesisTest t) {
    boolean tested = t.verdict().isPresent();
    Optional<CatCounts> cats = t.cats();
    Optional<GainTest> gain = t.gain();
    return new FindingRow(
        t.hypothesis(),
        t.model(),
        t.experiment(),
        t.comparison(),
        t.statistic(),
        tested ? OptionalDouble.of(t.nothing()) : OptionalDouble.empty(),
        t.effect(),
        t.low(),
        t.high(),
        t.p(),
        t.pCorrected(),
        t.pEquivalence(),
        t.pEquivalenceCorrected(),
        t.margin(),
        t.verdict().map(Verdict::label).orElse(UNTESTED),
        t.shareRemoved(),
        t.biasChange().label(),
        tested ? OptionalInt.of(t.runs()) : OptionalInt.empty(),
        t.runsNeeded(),
        cats.map(CatCounts::level).orElse(OptionalDouble.empty()),
        integer(cats, CatCounts::control),
        integer(cats, CatCounts::controlRuns),
        cats.map(CatCounts::treated).orElse(OptionalInt.empty()),
        cats.map(CatCounts::treatedRuns).orElse(OptionalInt.empty()),
        number(gain, GainTest::control),
        number(gain, GainTest::treated),
        number(gain, GainTest::effect),
        gain.map(GainTest::low).orElse(OptionalDouble.empty()),
        gain.map(GainTest::high).orElse(OptionalDouble.empty()),
        number(gain, GainTest::p),
        number(gain, GainTest::pCorrected),
        integer(gain, GainTest::whiteControl),
        integer(gain, GainTest::whiteTreated),
        t.reason());
  }

  private static <T> OptionalInt integer(Optional<T> of, ToIntFunction<T> value) {
    return of.map(v -> OptionalInt.of(value.applyAsInt(v))).orElse(OptionalInt.empty());
  }

  private static <T> OptionalDouble number(Optional<T> of, ToDoubleFunction<T> value) {
    return of.map(v -> OptionalDouble.of(value.applyAsDouble(v))).orElse(OptionalDouble.empty());
  }

  /**
   * The rows of a file. Non-finite values, which can't be plotted, count as absent.
   *
   * @throws IOException naming file and line when a row can't be read
   */
  public static List<FindingRow> read(Path file) throws IOException {
    return TABLE.read(file).stream().map(FindingRow::finite).toList();
  }

  private FindingRow finite() {
    return new FindingRow(
        hypothesis,
        model,
        experiment,
        comparison,
        statistic,
        finite(nothing),
        finite(effect),
        finite(ciLow),
        finite(ciHigh),
        finite(pValue),
        finite(pCorrected),
        finite(pEquivalence),
        finite(pEquivalenceCorrected),
        finite(margin),
        verdict,
        finite(shareRemoved),
        biasChange,
        runs,
        runsNeeded,
        finite(catLevel),
        catsControl,
        runsControl,
        catsTreated,
        runsTreated,
        finite(gainControl),
        finite(gainTreated),
        finite(gainEffect),
        finite(gainCiLow),
        finite(gainCiHigh),
        finite(gainPValue),
        finite(gainPCorrected),
        whiteControl,
        whiteTreated,
        reason);
  }

  private static OptionalDouble finite(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble())
        ? value
        : OptionalDouble.empty();
  }

  /** Whether it was tested. */
  public boolean isTested() {
    return !verdict.equals(UNTESTED);
  }

  /** The test of this row. */
  HypothesisTest test() {
    return new HypothesisTest(
        hypothesis,
        model,
        experiment,
        comparison,
        statistic,
        nothing.orElse(0),
        effect,
        ciLow,
        ciHigh,
        pValue,
        pCorrected,
        pEquivalence,
        pEquivalenceCorrected,
        margin,
        verdict(verdict),
        shareRemoved,
        BiasChange.parse(biasChange),
        runs.orElse(0),
        runsNeeded,
        cats(),
        gain(),
        reason);
  }

  private Optional<CatCounts> cats() {
    return catsControl.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CatCounts(
                catLevel, catsControl.getAsInt(), runsControl.orElse(0), catsTreated, runsTreated));
  }

  private Optional<GainTest> gain() {
    return gainEffect.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new GainTest(
                gainControl.orElse(Double.NaN),
                gainTreated.orElse(Double.NaN),
                gainEffect.getAsDouble(),
                gainCiLow,
                gainCiHigh,
                gainPValue.orElse(1),
                gainPCorrected.orElse(1),
                whiteControl.orElse(0),
                whiteTreated.orElse(0),
                runsTreated.orElse(0)));
  }
}
