package org.whisker.explain;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.whisker.stats.Verdict;

/** The answer in three sentences, each from a statistic of the same explanation. */
public final class Answer {
  private static final double CAT = 0.5;

  private Answer() {}

  public static List<String> of(Explanation explanation) {
    return List.of(fooled(explanation), bias(explanation), causes(explanation));
  }

  private static String fooled(Explanation e) {
    String parts =
        e.models().stream()
            .map(
                m ->
                    format(
                        "%s in %d of %d runs (best p(cat) %.3f; %.3f on pure white)",
                        m.model().name(),
                        m.crossed(CAT),
                        m.runs().size(),
                        m.runs().stream().mapToDouble(r -> r.catProbability()).max().orElseThrow(),
                        m.whiteCatProbability()))
            .collect(Collectors.joining(", and "));
    return "Black pixels on white came to be seen as a cat (p(cat) of at least ½) by "
        + parts
        + ".";
  }

  private static String bias(Explanation e) {
    List<Finding> geometry = of(e, Hypothesis.GEOMETRY);
    if (geometry.isEmpty()) {
      return "No run kept a black pixel, so there is no position to speak of.";
    }
    return "By the edge index E (½ is chance, less is nearer the edge): "
        + geometry.stream().map(Answer::bias).collect(Collectors.joining("; "))
        + ".";
  }

  private static String bias(Finding f) {
    String numbers =
        format(
            "E = %.3f%s, corrected p %s",
            f.effect(),
            interval(f),
            f.pCorrected() < 0.001 ? "below 0.001" : "= " + p(f.pCorrected()));
    return switch (f.verdict()) {
      case SUPPORTED -> format("no edge bias on %s (%s, equivalent to ½)", f.scope(), numbers);
      case UNDECIDED -> format("not decided on %s (%s)", f.scope(), numbers);
      case REFUTED ->
          format(
              "on %s evolved pixels lie nearer the %s than chance would put them (%s)",
              f.scope(), f.effect() < CAT ? "edge" : "centre", numbers);
    };
  }

  private static String interval(Finding f) {
    return f.low().isPresent() && f.high().isPresent()
        ? format(", 95 %% interval %.3f to %.3f", f.low().getAsDouble(), f.high().getAsDouble())
        : "";
  }

  private static String causes(Explanation e) {
    Map<Verdict, String> byVerdict = new TreeMap<>();
    for (Verdict verdict : Verdict.values()) {
      String names =
          e.findings().stream()
              .filter(f -> f.hypothesis() != Hypothesis.GEOMETRY && f.verdict() == verdict)
              .map(f -> f.hypothesis().id() + " (" + f.scope() + ")")
              .collect(Collectors.joining(", "));
      byVerdict.put(verdict, names.isEmpty() ? "none" : names);
    }
    return "Of the causes tested here, supported: %s; refuted: %s; undecided: %s."
        .formatted(
            byVerdict.get(Verdict.SUPPORTED),
            byVerdict.get(Verdict.REFUTED),
            byVerdict.get(Verdict.UNDECIDED));
  }

  private static List<Finding> of(Explanation e, Hypothesis hypothesis) {
    return e.findings().stream().filter(f -> f.hypothesis() == hypothesis).toList();
  }

  /** A p-value as people write it. */
  public static String p(double p) {
    return p < 0.001 ? "below 0.001" : format("%.3f", p);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
