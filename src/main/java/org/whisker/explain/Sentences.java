package org.whisker.explain;

import java.util.Locale;
import org.whisker.stats.Verdict;

/** What a verdict allows to be said, and no more. */
final class Sentences {
  private Sentences() {}

  /**
   * The sentence.
   *
   * @param equivalent whether the equivalence test within the margin holds
   */
  static String of(
      Hypothesis hypothesis, Verdict verdict, double effect, boolean equivalent, double margin) {
    if (verdict == Verdict.UNDECIDED) {
      return "these runs do not decide it";
    }
    boolean supported = verdict == Verdict.SUPPORTED;
    return switch (hypothesis) {
      case GEOMETRY ->
          supported
              ? within("evolved images are as near the edge as random pixels", margin)
              : effect < 0.5
                  ? "no: evolved pixels lie nearer the edge than random pixels do"
                  : "no: evolved pixels lie nearer the centre than random pixels do";
      case OPERATORS ->
          supported
              ? "the operators alone move pixels to the edge"
              : equivalent
                  ? within("no: under a flat fitness the operators prefer no place", margin)
                  : "no: under a flat fitness the operators drift to the centre";
      case PADDING ->
          supported
              ? "yes: with another padding, evolved pixels move away from the edge"
              : equivalent
                  ? within("no: another padding at inference changes nothing", margin)
                  : "no: with another padding, evolved pixels move to the edge";
      case SAFE_HARBOUR ->
          supported
              ? "yes: one black pixel is further from cat in the centre than at the edge"
              : "no: one black pixel is further from cat at the edge than in the centre";
      case LANDSCAPE ->
          supported
              ? "yes: evolved pixels lie where one pixel alone already helps"
              : "no: evolved pixels lie where one pixel alone does not help";
    };
  }

  private static String within(String claim, double margin) {
    return String.format(Locale.ROOT, "%s (equivalent within ±%s)", claim, margin);
  }
}
