package org.whisker.explain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalDouble;
import org.whisker.stats.Verdict;

/** What a tested hypothesis allows to be said, from its statistics and no more. */
public final class VerdictText {
  private static final String EDGE_INDEX = "edge_index";

  private VerdictText() {}

  /** A whole sentence without its full stop; of an untested one, that it is, and why. */
  public static String of(HypothesisTest test, double alpha) {
    if (test.verdict().isEmpty()) {
      return "not tested: " + test.reason();
    }
    return switch (test.verdict().get()) {
      case UNDECIDED -> undecided(test);
      case SUPPORTED -> "yes: " + supported(test);
      case REFUTED -> "no: " + refuted(test, alpha);
    };
  }

  private static String supported(HypothesisTest test) {
    Question question = question(test);
    return switch (question) {
      case GEOMETRY -> within(question.equivalent(), test);
      // it predicts that the background matters, not which way
      case BACKGROUND -> grew(test) ? question.otherWay() : question.supported();
      case STRIDE_PARITY ->
          test.comparison().contains("half")
              ? "evolved pixels prefer one half of the canvas"
              : "evolved pixels prefer some rows or columns";
      default -> question.supported();
    };
  }

  private static boolean grew(HypothesisTest test) {
    return test.effect().orElse(0) < test.nothing();
  }

  private static String refuted(HypothesisTest test, double alpha) {
    Question question = question(test);
    if (question == Question.GEOMETRY) {
      return biased(test);
    }
    return test.equivalent(alpha) ? within(question.equivalent(), test) : question.otherWay();
  }

  /** Where pixels lie when it is not where random ones would. */
  static String biased(HypothesisTest geometry) {
    OptionalDouble effect = geometry.effect();
    if (effect.isEmpty()) {
      return Question.GEOMETRY.otherWay();
    }
    return "evolved pixels lie nearer the %s than random pixels would"
        .formatted(effect.getAsDouble() < geometry.nothing() ? "edge" : "centre");
  }

  private static String undecided(HypothesisTest test) {
    String units = question(test).units();
    if (test.runs() < 2 || test.effect().isEmpty()) {
      return "these %s do not decide it: %s has a value"
          .formatted(units, test.runs() == 1 ? "only one of them" : "none of them");
    }
    return test.runsNeeded().isPresent()
        ? "these %d %s do not decide it; about %d would"
            .formatted(test.runs(), units, test.runsNeeded().getAsLong())
        : "these %d %s do not decide it".formatted(test.runs(), units);
  }

  private static String within(String claim, HypothesisTest test) {
    return test.margin().isEmpty()
        ? claim + ", shown by an equivalence test"
        : "%s, equivalent within ±%s".formatted(claim, plain(test.margin().getAsDouble()));
  }

  private static Question question(HypothesisTest test) {
    return Question.find(test.hypothesis())
        .orElseThrow(
            () -> new IllegalArgumentException("no hypothesis is called " + test.hypothesis()));
  }

  /** A corrected p as people write it, with the sign before it. */
  public static String p(double p) {
    return p < 0.001 ? "<\u00a00.001" : "=\u00a0" + fixed(p, 3);
  }

  /** A share in whole percent, with a true minus sign. */
  public static String percent(double share) {
    return fixed(100 * share, 0) + "\u00a0%";
  }

  /** What a statistic is called in a table. */
  public static String statistic(HypothesisTest test) {
    return !test.statistic().equals(EDGE_INDEX)
        ? test.statistic()
        : test.nothing() == 0 ? "ΔE" : "E";
  }

  static String fixed(double value, int places) {
    String text = new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN).toPlainString();
    return text.replace("-", "\u2212");
  }

  private static String plain(double value) {
    return String.format(Locale.ROOT, "%s", value);
  }

  /** The verdict in a word. */
  public static String verdict(HypothesisTest test) {
    return test.verdict()
        .map(Verdict::name)
        .map(v -> v.toLowerCase(Locale.ROOT))
        .orElse("not tested");
  }
}
