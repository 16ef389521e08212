package org.whisker.explain;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.whisker.position.EdgeBias;
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
                        1 / (1 + Math.exp(m.whiteLogit()))))
            .collect(Collectors.joining(", and "));
    return "Black pixels on white came to be seen as a cat (p(cat) of at least ½) by "
        + parts
        + ".";
  }

  private static String bias(Explanation e) {
    if (e.pooled().isEmpty()) {
      return "No run kept a black pixel, so there is no position to speak of.";
    }
    EdgeBias bias = e.pooled().get();
    Finding geometry = of(e, Hypothesis.GEOMETRY).get(0);
    String numbers =
        format(
            "edge index E = %.3f%s, ½ is no bias, %d runs, corrected p = %s",
            bias.edgeIndex(), interval(bias), bias.runs(), p(geometry.pCorrected()));
    return switch (geometry.verdict()) {
      case SUPPORTED -> "There is no edge bias: " + numbers + ", equivalent to ½.";
      case UNDECIDED -> "Whether the pixels prefer the edge is not decided: " + numbers + ".";
      case REFUTED ->
          (bias.edgeIndex() < CAT
                  ? "The evolved pixels do lie nearer the edge than chance would put them: "
                  : "The evolved pixels lie nearer the centre than chance would put them: ")
              + numbers
              + ".";
    };
  }

  private static String interval(EdgeBias bias) {
    return bias.ciLow().isPresent() && bias.ciHigh().isPresent()
        ? format(
            " (95 %% interval %.3f to %.3f)",
            bias.ciLow().getAsDouble(), bias.ciHigh().getAsDouble())
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
