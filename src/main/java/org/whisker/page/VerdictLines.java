package org.whisker.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.io.Decimals;
import org.whisker.table.report.Finding;
import org.whisker.table.report.FindingRow;

/** The verdict table of an explanation: tested hypotheses first, one line per model. */
final class VerdictLines {
  private static final double WIDEST = 4;
  private static final double ROOM = 1.05;

  private final ReportFolder folder;
  private final Map<String, Double> reaches = new TreeMap<>();

  private VerdictLines(ReportFolder folder) {
    this.folder = folder;
    folder.findings().forEach(f -> reaches.merge(f.row().statistic(), reach(f.row()), Math::max));
  }

  static List<VerdictRow> of(ReportFolder folder) {
    VerdictLines lines = new VerdictLines(folder);
    List<Hypothesis> order = new ArrayList<>(Hypotheses.all());
    order.sort(Comparator.comparing(q -> lines.isTested(q) ? 0 : 1));
    List<VerdictRow> rows = new ArrayList<>();
    for (Hypothesis question : order) {
      List<Finding> tests = folder.findings(question.id());
      boolean alike = tests.stream().map(t -> t.row().reason()).distinct().count() == 1;
      if (!lines.isTested(question) && alike && !tests.isEmpty()) {
        rows.add(lines.row(question, tests.get(0), ""));
      } else {
        tests.forEach(t -> rows.add(lines.row(question, t, t.row().model())));
      }
    }
    return rows;
  }

  private boolean isTested(Hypothesis question) {
    return folder.findings(question.id()).stream().anyMatch(t -> t.row().isTested());
  }

  private VerdictRow row(Hypothesis question, Finding finding, String scope) {
    FindingRow row = finding.row();
    return new VerdictRow(
        question.id(),
        question.wording().question(),
        question.wording().experiment(),
        scope,
        effect(finding),
        row.pCorrected(),
        VerdictMark.of(row.verdict()),
        finding.verdict(),
        row.shareRemoved(),
        row.isTested() ? finding.sentence() : row.reason());
  }

  private Optional<Effect> effect(Finding finding) {
    FindingRow row = finding.row();
    if (!row.isTested() || row.effect().isEmpty()) {
      return Optional.empty();
    }
    double value = row.effect().getAsDouble();
    double nothing = row.nothing().orElse(0);
    double low = Math.min(value, row.ciLow().orElse(value));
    double high = Math.max(value, row.ciHigh().orElse(value));
    double reach = Math.max(reaches.getOrDefault(row.statistic(), 1.0), 1e-9);
    OptionalDouble margin =
        row.margin().isPresent() && row.margin().getAsDouble() > 0
            ? row.margin()
            : OptionalDouble.empty();
    return Optional.of(
        new Effect(
            value,
            low,
            high,
            finding.statistic() + compared(row),
            nothing,
            nothing - reach,
            nothing + reach,
            margin));
  }

  private static String compared(FindingRow row) {
    return row.comparison().isBlank() ? "" : ": " + row.comparison();
  }

  /**
   * Half length of the axis of an effect; lines of one statistic share the longest. E around ½ and
   * ΔE around 0 have one length; for other statistics, the ends of wide intervals are clipped, so
   * that they do not compress the others.
   */
  private static double reach(FindingRow row) {
    if (row.effect().isEmpty()) {
      return 0;
    }
    if (row.statistic().startsWith("edge_index")) {
      return 0.5;
    }
    if (row.statistic().endsWith("correlation")) {
      return 1;
    }
    double nothing = row.nothing().orElse(0);
    double margin = row.margin().orElse(0);
    double effect = Math.abs(row.effect().getAsDouble() - nothing);
    double low = Math.abs(row.ciLow().orElse(nothing) - nothing);
    double high = Math.abs(row.ciHigh().orElse(nothing) - nothing);
    double ends = Math.min(Math.max(low, high), WIDEST * Math.max(effect, margin));
    return Decimals.above(ROOM * Math.max(effect, Math.max(ends, 2 * margin)));
  }
}
