package org.whisker.explain;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.hypothesis.Wording;
import org.whisker.io.Decimals;
import org.whisker.stats.ShareInterval;
import org.whisker.stats.SignFlipTest;
import org.whisker.value.Text;

/** What the statistics of a hypothesis allow to be said beside its verdict. */
final class VerdictText {
  private static final String EDGE_INDEX = "edge_index";
  private static final String P_TARGET = "p_target";
  private static final double LEVEL = 0.95;

  private VerdictText() {}

  /** What the verdict stands on, without a full stop; for an untested hypothesis, the reason. */
  static String evidence(Finding test, double alpha) {
    String answer =
        switch (test.judged()) {
          case UNTESTED -> "";
          case UNDECIDED -> undecided(test);
          case SUPPORTED -> supported(test) + share(test);
          case OPPOSITE, REFUTED -> otherWay(test);
          case NO_EFFECT -> within(wording(test).equivalent(), test) + unseen(test);
          case NOT_ENOUGH_TARGETS -> notEnoughCats(test);
        };
    if (!test.isTested()) {
      return test.reason();
    }
    String units = test.isOfFineTunes() ? "; " + test.reason() : "";
    return answer + bias(test) + gain(test, alpha) + units;
  }

  /** What a decided hypothesis shows, as a clause for a heading; empty where nothing is shown. */
  static String claim(Finding test) {
    return switch (test.judged()) {
      case SUPPORTED -> supported(test);
      case OPPOSITE, REFUTED -> otherWay(test);
      case NO_EFFECT -> wording(test).equivalent();
      case UNDECIDED, NOT_ENOUGH_TARGETS, UNTESTED -> "";
    };
  }

  /** The share of the control's bias that goes, with its interval: that of the effect. */
  private static String share(Finding test) {
    double effect = test.effect().orElse(0);
    if (test.shareRemoved().isEmpty() || effect == 0 || test.low().isEmpty()) {
      return "";
    }
    double each = test.shareRemoved().getAsDouble() / effect;
    double one = each * test.low().getAsDouble();
    double other = each * test.high().orElse(effect);
    return " (%s of the bias, %s to %s)"
        .formatted(
            percent(test.shareRemoved().getAsDouble()),
            percent(Math.min(one, other)),
            percent(Math.max(one, other)));
  }

  /** What was seen instead of a verdict. */
  private static String notEnoughCats(Finding test) {
    if (test.isAllWhite()) {
      GainTest gain = test.gain().orElseThrow();
      return "every treated run stayed empty, while the control gained %s logits towards the target"
          .formatted(fixed(gain.control(), 2));
    }
    String seen =
        test.effect().isEmpty()
            ? ""
            : "; over all runs, cats or not, %s was %s"
                .formatted(statistic(test), fixed(test.effect().getAsDouble(), 2));
    return test.cats().map(VerdictText::counts).orElse("too few runs reached p(target) ½") + seen;
  }

  private static String counts(CatCounts cats) {
    String control = Text.of("%d of %d runs", cats.control(), cats.controlRuns());
    String treated =
        cats.treated().isEmpty()
            ? ""
            : Text.of(
                " of the control, %d of %d of the treated arm",
                cats.treated().getAsInt(), cats.treatedRuns().orElse(0));
    return control + treated + " reached p(target) ½";
  }

  /** What no test of runs that lie together can exclude. */
  private static String unseen(Finding test) {
    return test.runs() < 1
        ? ""
        : Text.of(
            " in these %d %s (a share of up to %s of all could behave otherwise)",
            test.runs(),
            wording(test).units(),
            fixed(ShareInterval.unseenShare(test.runs(), LEVEL), 2));
  }

  /**
   * Words for a bias that an intervention removes or creates: they follow the verdict on its cause.
   */
  private static String bias(Finding test) {
    return switch (test.biasChange()) {
      case REMOVES -> "; it removes the bias";
      case WEAKENS -> "; it weakens the bias";
      case REVERSES -> "; it turns the bias round";
      case STRENGTHENS -> "; it strengthens the bias";
      case CREATES -> "; it creates a bias that the control does not have";
      case NONE -> "";
    };
  }

  private static String gain(Finding test, double alpha) {
    return test.gain()
        .filter(gain -> gain.pCorrected() <= alpha && !test.isAllWhite())
        .map(
            gain ->
                "; the evidence for a cat %s (gain over white %s logits, in the control %s)"
                    .formatted(
                        gain.effect() < 0 ? "falls" : "rises",
                        fixed(gain.treated(), 2),
                        fixed(gain.control(), 2)))
        .orElse("");
  }

  private static String supported(Finding test) {
    Wording wording = wording(test);
    String claim =
        preferred(test).orElseGet(() -> wording.supported().of(test.effect(), test.nothing()));
    return wording.predictsNone() ? within(claim, test) : claim;
  }

  /** Which of two halves, where that is what was compared. */
  private static Optional<String> preferred(Finding test) {
    return test.sides()
        .filter(sides -> test.answer() == VerdictAnswer.PREFERENCE)
        .filter(sides -> sides.second().endsWith("half"))
        .map(sides -> test.effect().orElse(0) > test.nothing() ? sides.first() : sides.second())
        .map(half -> "evolved pixels prefer the " + half + " of the canvas");
  }

  private static String otherWay(Finding test) {
    return wording(test).otherWay().of(test.effect(), test.nothing());
  }

  private static String undecided(Finding test) {
    String units = test.isOfFineTunes() ? AblationResult.FINE_TUNES : wording(test).units();
    if (!test.reason().isBlank() && !test.isOfFineTunes()) {
      return test.reason();
    }
    if (test.runs() < 2 || test.effect().isEmpty()) {
      return "these %s are inconclusive: %s has a value"
          .formatted(units, test.runs() == 1 ? "only one of them" : "none of them");
    }
    String said =
        SignFlipTest.isSmallest(test.p().orElse(0), test.runs())
            ? "all %1$d %2$s agree, but %1$d can't reach the corrected level"
            : "these %d %s are inconclusive";
    return String.format(Locale.ROOT, said, test.runs(), units) + more(test);
  }

  private static String more(Finding test) {
    if (Hypotheses.get(test.hypothesis()).movesRunsTogether()) {
      return "; the same patterns moved elsewhere together can do as well, which the interval over"
          + " runs does not show; more runs may not decide it";
    }
    return test.runsNeeded().isPresent()
        ? "; about " + test.runsNeeded().getAsLong() + " would be needed"
        : "";
  }

  private static String within(String claim, Finding test) {
    return test.margin().isEmpty()
        ? claim + ", shown by an equivalence test"
        : "%s, equivalent within ±%s".formatted(claim, plain(test.margin().getAsDouble()));
  }

  private static Wording wording(Finding test) {
    return Hypotheses.get(test.hypothesis()).wording();
  }

  /** A corrected p with its relation sign. */
  static String p(double p) {
    return p < 0.001 ? "<\u00a00.001" : "=\u00a0" + fixed(p, 3);
  }

  /** A share in whole percent, with a minus sign (U+2212). */
  static String percent(double share) {
    return Decimals.wholePercent(share);
  }

  static String statistic(Finding test) {
    if (!test.statistic().startsWith(EDGE_INDEX)) {
      return test.statistic().equals(P_TARGET) ? "Δp(target)" : test.statistic();
    }
    String level =
        test.cats().map(CatCounts::level).orElse(OptionalDouble.empty()).isPresent()
            ? " at p(target)\u00a0" + level(test.cats().get().level().getAsDouble())
            : "";
    return (test.nothing() == 0 ? "ΔE" : "E") + level;
  }

  /** A level of p(target), with ½ as everywhere. */
  private static String level(double p) {
    return p == 0.5 ? "½" : plain(p);
  }

  static String fixed(double value, int places) {
    String text = new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN).toPlainString();
    return text.replace("-", "\u2212");
  }

  static String plain(double value) {
    return Text.of("%s", value);
  }
}
