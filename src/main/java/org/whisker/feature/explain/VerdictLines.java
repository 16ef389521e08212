package org.whisker.feature.explain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.whisker.ablation.result.SummaryRow;
import org.whisker.explain.Finding;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.io.Decimals;
import org.whisker.page.VerdictRow;
import org.whisker.page.VerdictRow.Effect;
import org.whisker.page.VerdictRow.VerdictMark;

/** The verdict table of an explanation: tested hypotheses first, one line per model. */
final class VerdictLines {
  private static final double WIDEST = 4;
  private static final double ROOM = 1.05;

  private final ReportFolder folder;
  private final Map<String, Double> reaches = new TreeMap<>();

  private VerdictLines(ReportFolder folder) {
    this.folder = folder;
    folder.findings().forEach(f -> reaches.merge(f.statistic(), reach(f), Math::max));
  }

  static List<VerdictRow> of(ReportFolder folder) {
    VerdictLines lines = new VerdictLines(folder);
    List<Hypothesis> order = new ArrayList<>(Hypotheses.all());
    order.sort(Comparator.comparing(q -> lines.isTested(q) ? 0 : 1));
    List<VerdictRow> rows = new ArrayList<>();
    for (Hypothesis question : order) {
      List<Finding> tests = folder.findings(question.id());
      boolean alike = tests.stream().map(t -> t.reason()).distinct().count() == 1;
      if (!lines.isTested(question) && alike && !tests.isEmpty()) {
        rows.add(lines.row(question, tests.get(0), ""));
      } else {
        tests.forEach(t -> rows.add(lines.row(question, t, t.model())));
      }
    }
    return rows;
  }

  private boolean isTested(Hypothesis question) {
    return folder.findings(question.id()).stream().anyMatch(t -> t.isTested());
  }

  private VerdictRow row(Hypothesis question, Finding finding, String scope) {
    return new VerdictRow(
        question.id(),
        Headings.capitalised(question.wording().cause()),
        question.wording().question() + " What was done: " + question.wording().experiment(),
        scope,
        effect(finding),
        finding.pOfVerdict(),
        VerdictMark.of(finding.label()),
        folder.words(finding),
        finding.shareRemoved(),
        finding.evidence(folder.alpha()));
  }

  private Optional<Effect> effect(Finding finding) {
    if (!finding.isTested() || finding.effect().isEmpty()) {
      return Optional.empty();
    }
    double value = finding.effect().getAsDouble();
    double nothing = finding.nothing();
    double low = Math.min(value, finding.low().orElse(value));
    double high = Math.max(value, finding.high().orElse(value));
    double known = reaches.getOrDefault(finding.statistic(), 0.0);
    double reach = known > 0 ? known : 1;
    OptionalDouble margin =
        finding.margin().isPresent() && finding.margin().getAsDouble() > 0
            ? finding.margin()
            : OptionalDouble.empty();
    return Optional.of(
        new Effect(
            value,
            low,
            high,
            finding.statisticName() + compared(finding),
            nothing,
            nothing - reach,
            nothing + reach,
            margin));
  }

  private static String compared(Finding row) {
    return row.comparison().isBlank() ? "" : ": " + SummaryRow.shown(row.comparison());
  }

  /**
   * Half length of the axis of an effect; lines of one statistic share the longest. E around ½ and
   * ΔE around 0 have one length; for other statistics, the ends of wide intervals are clipped, so
   * that they do not compress the others.
   */
  private static double reach(Finding row) {
    if (row.effect().isEmpty()) {
      return 0;
    }
    if (row.statistic().startsWith("edge_index")) {
      return 0.5;
    }
    if (row.statistic().endsWith("correlation")) {
      return 1;
    }
    double nothing = row.nothing();
    double margin = row.margin().orElse(0);
    double effect = Math.abs(row.effect().getAsDouble() - nothing);
    double low = Math.abs(row.low().orElse(nothing) - nothing);
    double high = Math.abs(row.high().orElse(nothing) - nothing);
    double ends = Math.min(Math.max(low, high), WIDEST * Math.max(effect, margin));
    return Decimals.above(ROOM * Math.max(effect, Math.max(ends, 2 * margin)));
  }
}
