package org.whisker.table.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.whisker.explain.HypothesisTest;
import org.whisker.explain.Question;
import org.whisker.stats.Verdict;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@value #FILE}: how a hypothesis fared on a model. Cells are empty where it was not
 * tested, or where a statistic does not apply.
 *
 * @param hypothesis its id, such as {@code padding}
 * @param experiment that tested it, or would have
 * @param comparison such as {@code replicate − zero}
 * @param statistic edge_index, or the kind of statistic that was observed
 * @param nothing value of the statistic without an effect
 * @param effect the estimate, in the statistic's unit
 * @param ciLow lower end of its 95 % interval
 * @param ciHigh upper end
 * @param pValue uncorrected
 * @param pCorrected by Holm's method over all tests of the report
 * @param pEquivalence that the effect lies within the margin (TOST), uncorrected
 * @param margin within which an effect counts as none
 * @param verdict supported, refuted, undecided or untested
 * @param shareRemoved of the control's edge bias; 1 is all, below 0 it grew
 * @param runs that have a value; networks, where they are trained
 * @param runsNeeded to decide, where undecided and known
 * @param reason why it was not tested, else empty
 */
public record FindingRow(
    String hypothesis,
    String model,
    String experiment,
    String comparison,
    String statistic,
    OptionalDouble nothing,
    OptionalDouble effect,
    OptionalDouble ciLow,
    OptionalDouble ciHigh,
    @Column(unit = "probability") OptionalDouble pValue,
    @Column(unit = "probability") OptionalDouble pCorrected,
    @Column(unit = "probability") OptionalDouble pEquivalence,
    OptionalDouble margin,
    String verdict,
    @Column(unit = "share") OptionalDouble shareRemoved,
    OptionalInt runs,
    OptionalLong runsNeeded,
    String reason) {
  public static final String FILE = "findings.csv";
  public static final Table<FindingRow> TABLE = Table.of(FindingRow.class);

  private static final String UNTESTED = "untested";

  public FindingRow {
    if (Question.find(hypothesis).isEmpty()) {
      throw new IllegalArgumentException("no hypothesis is called \"" + hypothesis + "\"");
    }
    if (verdict(verdict).isEmpty() && !verdict.equals(UNTESTED)) {
      throw new IllegalArgumentException(
          "verdict is \"" + verdict + "\", expected supported, refuted, undecided or " + UNTESTED);
    }
    if (verdict.equals(UNTESTED) == reason.isBlank()) {
      throw new IllegalArgumentException(
          hypothesis + " on " + model + " needs a verdict or a reason why there is none");
    }
  }

  private static Optional<Verdict> verdict(String text) {
    return Arrays.stream(Verdict.values()).filter(v -> label(v).equals(text)).findFirst();
  }

  private static String label(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }

  /** A row a test. */
  public static List<FindingRow> of(List<HypothesisTest> tests) {
    return tests.stream().map(FindingRow::of).toList();
  }

  private static FindingRow of(HypothesisTest t) {
    boolean tested = t.verdict().isPresent();
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
        t.margin(),
        t.verdict().map(FindingRow::label).orElse(UNTESTED),
        t.shareRemoved(),
        tested ? OptionalInt.of(t.runs()) : OptionalInt.empty(),
        t.runsNeeded(),
        t.reason());
  }

  /**
   * The rows of a file. What is not finite, and so can't be drawn, counts as absent.
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
        finite(margin),
        verdict,
        finite(shareRemoved),
        runs,
        runsNeeded,
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

  /** The test that this is the row of. */
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
        margin,
        verdict(verdict),
        shareRemoved,
        runs.orElse(0),
        runsNeeded,
        reason);
  }
}
