package org.whisker.saliency;

import java.util.Locale;

/** A number that a method says of its own map. */
public enum Diagnostic {
  /** The logit of not-cat of the baseline, or of the white canvas. */
  BASELINE_LOGIT,
  /** What the map's sum has too much, in logits. */
  COMPLETENESS_ERROR,
  /** Windows that there are. */
  WINDOWS,
  /** Windows that were scored. */
  SCORED,
  /** Windows that change nothing and were not. */
  UNCHANGED,
  /** Windows that lead to the same picture as another and were not. */
  DUPLICATES,
  /** The fewest windows (or the least share of masks) that a pixel has. */
  COVERAGE_MIN,
  /** The most. */
  COVERAGE_MAX,
  /** Windows that were scored again, by full passes. */
  VERIFIED,
  /** The largest difference that this made, in logits. */
  LARGEST_DIFFERENCE,
  /** Noisy copies, masks or orders drawn. */
  SAMPLES,
  /** The mean standard error of the values, over the pixels that have one. */
  MEAN_STANDARD_ERROR;

  /** A column's name. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
