package org.whisker.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.whisker.explain.HypothesisTest;
import org.whisker.explain.Question;
import org.whisker.explain.Words;

/** The verdict table of an explanation: tested hypotheses first, a line a model. */
final class VerdictLines {
  private static final double WIDEST = 0.6;
  private static final double ROOM = 1.1;

  private final ReportFolder folder;
  private final Map<String, Double> reaches = new TreeMap<>();

  private VerdictLines(ReportFolder folder) {
    this.folder = folder;
    for (HypothesisTest t : folder.findings()) {
      double reach = ROOM * DoubleStream.of(distances(t)).max().orElse(0);
      reaches.merge(axis(t), reach, Math::max);
    }
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
    double reach = Math.max(reaches.getOrDefault(axis(t), 1.0), 1e-9);
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
    return t.comparison().isBlank() ? "" : " (" + t.comparison() + ")";
  }

  /** Lines with one of these share an axis: E around ½ and ΔE around 0 have one length. */
  private static String axis(HypothesisTest t) {
    return t.statistic();
  }

  /** Ends of wide intervals are cut, so that they don't squeeze the others. */
  private static double[] distances(HypothesisTest t) {
    if (t.effect().isEmpty()) {
      return new double[0];
    }
    double effect = Math.abs(t.effect().getAsDouble() - t.nothing());
    double most = Math.max(effect, t.statistic().equals("edge_index") ? 0.5 : WIDEST);
    return new double[] {
      effect,
      2 * t.margin().orElse(0),
      Math.min(most, Math.abs(t.low().orElse(t.nothing()) - t.nothing())),
      Math.min(most, Math.abs(t.high().orElse(t.nothing()) - t.nothing()))
    };
  }
}
