package org.whisker.ablation;

import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.stats.Verdict;
import org.whisker.value.Labelled;
import org.whisker.value.Text;

/**
 * A verdict in the words of its question. Of a suspected cause: a cause, not the cause, or the
 * opposite. Of a bias: towards the edge or the centre, another preference, or none within the
 * margin. Of what is looked at and not changed, such as a barrier: yes or no. Of a measure that
 * decides neither: whether it differs.
 */
public enum VerdictAnswer implements Labelled {
  /** The suspected cause has the predicted effect. */
  CAUSE("a cause"),
  /** It has the opposite effect. */
  OPPOSITE("the opposite"),
  /** Any effect is smaller than the margin. */
  NOT_THE_CAUSE("not the cause"),
  TOWARDS_EDGE("towards the edge"),
  TOWARDS_CENTRE("towards the centre"),
  /** Some places are preferred that edge and centre don't tell, such as one side. */
  PREFERENCE("a preference"),
  /** Any bias is smaller than the margin. */
  NO_BIAS("none"),
  /** What was asked is so; what it causes is another question. */
  PRESENT("yes"),
  /** It is not so, or by less than the margin. */
  ABSENT("no"),
  /** A measure beside the one that decides differs between the arms. */
  DIFFERS("differs"),
  /** It differs by less than the margin. */
  EQUIVALENT("equivalent"),
  UNDECIDED("undecided"),
  NOT_ENOUGH_TARGETS("not enough cats"),
  UNTESTED("not tested");

  /** What the column of a verdict holds, for its meaning. */
  public static final String MEANING =
      "is it a cause: cause, not_the_cause (equivalent), opposite; is there a bias:"
          + " towards_edge, towards_centre, preference (of other places), no_bias (none within"
          + " the margin); is it so, where nothing is removed: present (yes), absent (no);"
          + " other measures: differs, equivalent; or undecided, not_enough_targets, untested";

  private final String words;

  VerdictAnswer(String words) {
    this.words = words;
  }

  /**
   * The answer of a verdict.
   *
   * @param predicted what the hypothesis predicts, which tells what kind of question it is
   * @param effect less its null value, whose sign says where a bias goes
   */
  public static VerdictAnswer of(Verdict verdict, Prediction predicted, double effect) {
    return switch (verdict) {
      case SUPPORTED ->
          switch (predicted) {
            case STAYS -> NO_BIAS;
            case LEANS -> PREFERENCE;
            case EXISTS, MATCHES -> PRESENT;
            case NOTHING -> DIFFERS;
            default -> CAUSE;
          };
      case REFUTED ->
          predicted == Prediction.MATCHES ? ABSENT : effect < 0 ? TOWARDS_EDGE : TOWARDS_CENTRE;
      case NO_EFFECT ->
          switch (predicted) {
            case STAYS, LEANS -> NO_BIAS;
            case EXISTS -> ABSENT;
            case NOTHING -> EQUIVALENT;
            default -> NOT_THE_CAUSE;
          };
      case OPPOSITE -> OPPOSITE;
      case UNDECIDED -> UNDECIDED;
      case NOT_ENOUGH_TARGETS -> NOT_ENOUGH_TARGETS;
      case UNTESTED -> UNTESTED;
    };
  }

  /**
   * The verdict that has this answer.
   *
   * @param predictsNone whether the hypothesis predicts no difference, so that equivalence supports
   *     it
   */
  public Verdict verdict(boolean predictsNone) {
    return switch (this) {
      case CAUSE, PREFERENCE, PRESENT, DIFFERS -> Verdict.SUPPORTED;
      case ABSENT -> predictsNone ? Verdict.REFUTED : Verdict.NO_EFFECT;
      case OPPOSITE -> Verdict.OPPOSITE;
      case NOT_THE_CAUSE, EQUIVALENT -> Verdict.NO_EFFECT;
      case NO_BIAS -> predictsNone ? Verdict.SUPPORTED : Verdict.NO_EFFECT;
      case TOWARDS_EDGE, TOWARDS_CENTRE -> Verdict.REFUTED;
      case UNDECIDED -> Verdict.UNDECIDED;
      case NOT_ENOUGH_TARGETS -> Verdict.NOT_ENOUGH_TARGETS;
      case UNTESTED -> Verdict.UNTESTED;
    };
  }

  /** Whether it says that there is no effect. */
  public boolean isOfNone() {
    return this == NOT_THE_CAUSE || this == EQUIVALENT || this == NO_BIAS || this == ABSENT;
  }

  /**
   * In tables: of an effect by the measure that decides, or another; empty text without verdict.
   */
  public static String label(ArmEffect e) {
    @Nullable Verdict verdict = e.verdict();
    Prediction predicted = e.contrast().predicted();
    if (verdict == null) {
      return "";
    }
    if (e.measure().isEdgeIndex() || (e.first() && predicted != Prediction.STAYS)) {
      return of(verdict, predicted, e.delta() == null ? 0 : e.delta().value()).label();
    }
    boolean stays = e.first(); // then what is predicted is that it does not differ
    VerdictAnswer other =
        switch (verdict) {
          case SUPPORTED -> stays ? EQUIVALENT : DIFFERS;
          case REFUTED, OPPOSITE -> DIFFERS;
          default -> of(verdict, Prediction.NOTHING, 0);
        };
    return other.label();
  }

  /** In tables: of an observation; empty text without verdict. */
  public static String label(Observation o) {
    @Nullable Verdict verdict = o.verdict();
    return verdict == null ? "" : of(verdict, o.predicted(), o.effect()).label();
  }

  /** Finds the answer of this label; empty where there is none. */
  public static Optional<VerdictAnswer> find(String label) {
    return Labelled.find(values(), label);
  }

  /** The words for people, such as {@code not the cause}. */
  public String words() {
    return words;
  }

  /** The words for people, with the margin within which there is no bias. */
  public String words(OptionalDouble margin) {
    return this == NO_BIAS && margin.isPresent()
        ? "none within \u00b1" + Text.of("%s", margin.getAsDouble())
        : words;
  }
}
