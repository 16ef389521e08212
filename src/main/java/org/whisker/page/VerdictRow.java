package org.whisker.page;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.value.Checks;

/**
 * One line of the verdict table. All text is plain and gets escaped. Consecutive lines of one
 * hypothesis share its question.
 *
 * @param hypothesis id, such as {@code padding}
 * @param question the hypothesis as a question in words
 * @param experiment the experiment, in one line
 * @param scope what it was tested on, such as a model; possibly empty
 * @param effect the effect; empty if the experiment could not be run
 * @param pCorrected p after correction for the report's hypotheses, 0 to 1
 * @param verdict kind of verdict, for the mark
 * @param verdictText the verdict in words
 * @param shareRemoved share of the edge bias that the intervention removes (1 is all; negative if
 *     the bias grew)
 * @param note a remark, or empty text
 */
public record VerdictRow(
    String hypothesis,
    String question,
    String experiment,
    String scope,
    Optional<Effect> effect,
    OptionalDouble pCorrected,
    VerdictMark verdict,
    String verdictText,
    OptionalDouble shareRemoved,
    String note) {
  /** What the anchors of hypotheses begin with. */
  public static final String SECTION = "hypothesis-";

  public VerdictRow {
    Objects.requireNonNull(verdict);
    if (pCorrected.isPresent()
        && !(pCorrected.getAsDouble() >= 0 && pCorrected.getAsDouble() <= 1)) {
      throw new IllegalArgumentException("p must be from 0 to 1, was " + pCorrected.getAsDouble());
    }
    if (shareRemoved.isPresent() && !Double.isFinite(shareRemoved.getAsDouble())) {
      throw new IllegalArgumentException("share removed was " + shareRemoved.getAsDouble());
    }
  }

  /** The mark of a verdict and its rank in sorted tables. */
  public enum VerdictMark {
    TOWARDS_EDGE("\u25cf"),
    TOWARDS_CENTRE("\u25cf"),
    PREFERENCE("\u25cf"),
    CAUSE("\u25cf"),
    PRESENT("\u25cf"),
    OPPOSITE("\u25bd"),
    NO_BIAS("\u25cb"),
    NOT_THE_CAUSE("\u25cb"),
    ABSENT("\u25cb"),
    UNDECIDED("\u25d0"),
    NOT_ENOUGH_TARGETS("\u25cc"),
    /** A control of the method rather than a hypothesis. */
    CONTROL("\u25c7"),
    /** The cause is not tested in this report. */
    UNTESTED("\u2013");

    private final String mark;

    VerdictMark(String mark) {
      this.mark = mark;
    }

    /**
     * The mark of a verdict.
     *
     * @param verdict name in tables, such as {@code not_the_cause}
     */
    public static VerdictMark of(String verdict) {
      return Arrays.stream(values())
          .filter(v -> v.style().equals(verdict))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no verdict is called " + verdict));
    }

    public String mark() {
      return mark;
    }

    /** Whether it answers its question. */
    public boolean isDecided() {
      return compareTo(UNDECIDED) < 0;
    }

    /** Name of the verdict in tables and style sheets. */
    public String style() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Sort key of tables: what was shown first. */
    int rank() {
      return List.of(values()).indexOf(this);
    }
  }

  /**
   * An effect with its interval, and the axis it is drawn on.
   *
   * @param value the estimate
   * @param low lower end of its interval
   * @param high upper end of it
   * @param unit name or unit of the quantity
   * @param nullValue value without an effect
   * @param axisLow left end of the axis; rows with one quantity share one axis
   * @param axisHigh right end of the axis
   * @param margin half width of the range around the null that counts as no effect, if one was
   *     fixed
   */
  public record Effect(
      double value,
      double low,
      double high,
      String unit,
      double nullValue,
      double axisLow,
      double axisHigh,
      OptionalDouble margin) {
    public Effect {
      Checks.require(
          low <= value && value <= high, "%s is not in its interval %s to %s", value, low, high);
      if (!(axisLow < axisHigh && axisLow <= nullValue && nullValue <= axisHigh)) {
        throw new IllegalArgumentException(
            "no axis from " + axisLow + " to " + axisHigh + " around " + nullValue);
      }
      if (margin.isPresent() && !(margin.getAsDouble() > 0)) {
        throw new IllegalArgumentException("margin must be above 0, was " + margin.getAsDouble());
      }
    }
  }
}
