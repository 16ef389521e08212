package org.whisker.saliency;

import java.util.Locale;

/** A number that a method reports about its map. */
public enum Diagnostic {
  /** Logit of not-cat at the baseline, or of the white canvas. */
  BASELINE_LOGIT,
  /** Sum of the map minus the difference in logits that it should equal, in logits. */
  COMPLETENESS_ERROR,
  /** Number of windows. */
  WINDOWS,
  /** Number of windows scored. */
  SCORED,
  /** Windows not scored because they do not change the image. */
  UNCHANGED,
  /** Windows not scored because another one gives the same image. */
  DUPLICATES,
  /** Minimum coverage over the pixels, in windows (or as a share of masks). */
  COVERAGE_MIN,
  /** Maximum coverage. */
  COVERAGE_MAX,
  /** Windows verified by full forward passes. */
  VERIFIED,
  /** Largest deviation found by the verification, in logits. */
  LARGEST_DIFFERENCE,
  /** Number of noisy copies, masks or permutations drawn. */
  SAMPLES,
  /** Mean standard error over the pixels that have one. */
  MEAN_STANDARD_ERROR,
  /** Number of steps of the quadrature. */
  STEPS,
  /** Standard deviation of the noise, in gray values. */
  NOISE,
  /** Mean p(cat) of the noisy copies. */
  NOISY_P_CAT;

  /** Column name. */
  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
