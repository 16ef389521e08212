package org.whisker.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.whisker.diagnosis.result.CauseRow;
import org.whisker.diagnosis.result.MeasureTables.EvidenceRow;
import org.whisker.stats.Holm;

/**
 * The decision. A cause is found where its effect is shown to be above its threshold, after a
 * correction for all causes that were tested; none where it is shown to be below.
 *
 * @param causes a row each
 */
public record Diagnosis(List<CauseRow> causes) {
  private static final double ALPHA = 0.05;

  /** A share of the effect of all padding that is too small to explain it. */
  private static final double MINOR = 0.1;

  public Diagnosis {
    causes = List.copyOf(causes);
  }

  /** Decides by the evidence, in which rows of other measures are passed over. */
  public static Diagnosis of(List<EvidenceRow> evidence) {
    List<EvidenceRow> rows =
        Arrays.stream(Cause.values()).flatMap(cause -> of(cause, evidence)).toList();
    List<EvidenceRow> tested = rows.stream().filter(row -> row.pAbove().isPresent()).toList();
    double[] above = corrected(tested.stream().map(EvidenceRow::pAbove).toList());
    double[] below = corrected(tested.stream().map(EvidenceRow::pBelow).toList());
    List<CauseRow> causes = new ArrayList<>();
    for (EvidenceRow row : rows) {
      int at = tested.indexOf(row);
      causes.add(at < 0 ? exact(row) : decided(row, above[at], below[at]));
    }
    return new Diagnosis(causes);
  }

  private static Stream<EvidenceRow> of(Cause cause, List<EvidenceRow> evidence) {
    return evidence.stream().filter(row -> row.measure().equals(cause.label())).limit(1);
  }

  private static double[] corrected(List<OptionalDouble> p) {
    return Holm.adjust(p.stream().mapToDouble(each -> each.orElse(1)).toArray());
  }

  private static CauseRow decided(EvidenceRow row, double above, double below) {
    String verdict =
        above < ALPHA ? CauseRow.FOUND : below < ALPHA ? CauseRow.NONE : CauseRow.UNDECIDED;
    return row(row, verdict, OptionalDouble.of(above));
  }

  private static CauseRow exact(EvidenceRow row) {
    Cause cause = Cause.parse(row.measure());
    String verdict =
        !row.isTested()
            ? CauseRow.UNTESTED
            : row.estimate().orElseThrow() >= cause.threshold() ? CauseRow.FOUND : CauseRow.NONE;
    return row(row, verdict, OptionalDouble.empty());
  }

  private static CauseRow row(EvidenceRow row, String verdict, OptionalDouble p) {
    Cause cause = Cause.parse(row.measure());
    return new CauseRow(
        cause.label(),
        verdict,
        row.estimate(),
        row.ciLow(),
        row.ciHigh(),
        cause.threshold(),
        p,
        row.where(),
        verdict.equals(CauseRow.FOUND) ? DiagnosisText.mend(cause, row.where()) : "",
        cause.measure(),
        row.note());
  }

  /**
   * The causes that were found, those that explain others first. Uneven padding explains what
   * padding does unless it does little of it: then it comes last.
   */
  public List<CauseRow> found() {
    List<CauseRow> found = causes.stream().filter(CauseRow::isFound).toList();
    double all = estimate(found, Cause.PADDING);
    return found.stream()
        .sorted(
            Comparator.comparing(
                row -> is(row, Cause.UNEVEN) && estimate(found, Cause.UNEVEN) < MINOR * all))
        .toList();
  }

  private static boolean is(CauseRow row, Cause cause) {
    return row.cause().equals(cause.label());
  }

  private static double estimate(List<CauseRow> rows, Cause cause) {
    return rows.stream()
        .filter(row -> is(row, cause))
        .mapToDouble(row -> row.estimate().orElse(0))
        .sum();
  }

  /** The labels of the causes that were found. */
  public List<String> labels() {
    return found().stream().map(CauseRow::cause).collect(Collectors.toList());
  }

  /** The answer in one sentence. */
  public String sentence() {
    return DiagnosisText.sentence(found(), causes);
  }
}
