package org.whisker.page;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.whisker.explain.HypothesisTest;
import org.whisker.explain.Question;
import org.whisker.explain.Words;
import org.whisker.io.Decimals;

/** The verdict table of an explanation: tested hypotheses first, a line a model. */
final class VerdictLines {
  private static final double WIDEST = 4;
  private static final double ROOM = 1.05;

  private final ReportFolder folder;
  private final Map<String, Double> reaches = new TreeMap<>();

  private VerdictLines(ReportFolder folder) {
    this.folder = folder;
    folder.findings().forEach(t -> reaches.merge(t.statistic(), reach(t), Math::max));
  }

  static List<VerdictRow> of(ReportFolder folder) {
    VerdictLines lines = new VerdictLines(folder);
    List<Question> order = new ArrayList<>(List.of(Question.values()));
    order.sort(Comparator.comparing(q -> lines.isTested(q) ? 0 : 1));
    List<VerdictRow> rows = new ArrayList<>();
    for (Question question : order) {
      List<HypothesisTest> tests = folder.findings(question.id());
      boolean alike = tests.stream().map(HypothesisTest::reason).distinct().count() == 1;
      if (!lines.isTested(question) && alike && !tests.isEmpty()) {
        rows.add(lines.row(question, tests.get(0), ""));
      } else {
        tests.forEach(t -> rows.add(lines.row(question, t, t.model())));
      }
    }
    return rows;
  }

  private boolean isTested(Question question) {
    return folder.findings(question.id()).stream().anyMatch(t -> t.verdict().isPresent());
  }

  private VerdictRow row(Question question, HypothesisTest t, String scope) {
    Verdict verdict = t.verdict().map(v -> Verdict.valueOf(v.name())).orElse(Verdict.UNTESTED);
    return new VerdictRow(
        question.id(),
        question.question(),
        question.experiment(),
        scope,
        effect(t),
        t.pCorrected(),
        verdict,
        Words.verdict(t),
        t.shareRemoved(),
        t.verdict().isPresent() ? Words.of(t, folder.alpha()) : t.reason());
  }

  private Optional<Effect> effect(HypothesisTest t) {
    if (t.verdict().isEmpty() || t.effect().isEmpty()) {
      return Optional.empty();
    }
    double value = t.effect().getAsDouble();
    double low = Math.min(value, t.low().orElse(value));
    double high = Math.max(value, t.high().orElse(value));
    double reach = Math.max(reaches.getOrDefault(t.statistic(), 1.0), 1e-9);
    OptionalDouble margin =
        t.margin().isPresent() && t.margin().getAsDouble() > 0
            ? t.margin()
            : OptionalDouble.empty();
    return Optional.of(
        new Effect(
            value,
            low,
            high,
            Words.statistic(t) + compared(t),
            t.nothing(),
            t.nothing() - reach,
            t.nothing() + reach,
            margin));
  }

  private static String compared(HypothesisTest t) {
    return t.comparison().isBlank() ? "" : ": " + t.comparison();
  }

  /**
   * How far from no effect an axis must go; lines of one statistic share the furthest. E around ½
   * and ΔE around 0 have one length; elsewhere, ends of wide intervals are cut, so that they don't
   * squeeze the others.
   */
  private static double reach(HypothesisTest t) {
    if (t.effect().isEmpty()) {
      return 0;
    }
    if (t.statistic().equals("edge_index")) {
      return 0.5;
    }
    if (t.statistic().endsWith("correlation")) {
      return 1;
    }
    double effect = Math.abs(t.effect().getAsDouble() - t.nothing());
    double low = Math.abs(t.low().orElse(t.nothing()) - t.nothing());
    double high = Math.abs(t.high().orElse(t.nothing()) - t.nothing());
    double ends = Math.min(Math.max(low, high), WIDEST * Math.max(effect, t.margin().orElse(0)));
    return Decimals.above(ROOM * Math.max(effect, Math.max(ends, 2 * t.margin().orElse(0))));
  }
}
