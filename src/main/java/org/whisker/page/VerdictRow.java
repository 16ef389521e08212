package org.whisker.page;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

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
}
