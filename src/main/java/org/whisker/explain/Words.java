package org.whisker.explain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalDouble;
import org.whisker.stats.Verdict;

/** What a tested hypothesis allows to be said, from its statistics and no more. */
public final class Words {
  private static final String EDGE_INDEX = "edge_index";

  private Words() {}

  /** A whole sentence without its full stop; of an untested one, that it is, and why. */
  public static String of(HypothesisTest test, double alpha) {
    if (test.verdict().isEmpty()) {
      return "not tested: " + test.reason();
    }
    return switch (test.verdict().get()) {
      case UNDECIDED -> undecided(test);
      case SUPPORTED ->
          test.hypothesis().equals(Question.GEOMETRY.id())
              ? "yes: " + within(text(test, Question.GEOMETRY.equivalent()), test)
              : "yes: " + text(test, question(test).supported());
      case REFUTED -> "no: " + refuted(test, alpha);
    };
  }

  private static String refuted(HypothesisTest test, double alpha) {
    if (test.hypothesis().equals(Question.GEOMETRY.id())) {
      return biased(test);
    }
    return test.equivalent(alpha)
        ? within(text(test, question(test).equivalent()), test)
        : text(test, question(test).otherWay());
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
    if (test.runs() < 2 || test.effect().isEmpty()) {
      return "these runs do not decide it: %s has a value"
          .formatted(test.runs() == 1 ? "only one of them" : "none of them");
    }
    return test.runsNeeded().isPresent()
        ? "these %d runs do not decide it; about %d would"
            .formatted(test.runs(), test.runsNeeded().getAsLong())
        : "these %d runs do not decide it".formatted(test.runs());
  }

  /** The sentence, and which comparison it is about. */
  private static String text(HypothesisTest test, String sentence) {
    String compared = test.comparison().isBlank() ? "" : " (" + test.comparison() + ")";
    return test.hypothesis().equals(Question.GEOMETRY.id()) ? sentence : sentence + compared;
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
    return p < 0.001 ? "< 0.001" : "= " + fixed(p, 3);
  }

  /** A share in whole percent, with a true minus sign. */
  public static String percent(double share) {
    return fixed(100 * share, 0) + " %";
  }

  /** What a statistic is called in a table. */
  public static String statistic(HypothesisTest test) {
    return !test.statistic().equals(EDGE_INDEX)
        ? test.statistic()
        : test.nothing() == 0 ? "ΔE, difference of edge indices" : "E, edge index";
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
