package org.whisker.ablation;

import java.util.Locale;

/**
 * What an intervention does to the control's bias of position, whether or not that was predicted: a
 * suspected cause is one statement, that something removes a bias another.
 */
public enum BiasChange {
  /** The control has a bias, and the treated arm has none, or less than half of it. */
  REMOVES,
  /** The control has a bias, and the treated arm a smaller one. */
  WEAKENS,
  /** The control has a bias, and the treated arm one of the opposite sign. */
  REVERSES,
  /** The control has a bias, and the treated arm a larger one. */
  STRENGTHENS,
  /** The control has no bias that could be shown, and the treated arm has one. */
  CREATES,
  /** None of these could be shown. */
  NONE;

  /** The value in tables; empty text for none. */
  public String label() {
    return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
  }

  /**
   * Judges how the treatment changes the bias of the control.
   *
   * @param control deviation of the control's mean E from ½
   * @param treated deviation of the treated arm's mean E from ½
   * @param controlBiased whether the control's deviation is significant
   * @param treatedBiased whether the treated arm's deviation is significant
   */
  static BiasChange of(
      double control, double treated, boolean controlBiased, boolean treatedBiased) {
    if (!controlBiased) {
      return treatedBiased ? CREATES : NONE;
    }
    if (treatedBiased && control * treated < 0) {
      return REVERSES;
    }
    if (Math.abs(treated) > Math.abs(control)) {
      return STRENGTHENS;
    }
    return treatedBiased && Math.abs(treated) > Math.abs(control) / 2 ? WEAKENS : REMOVES;
  }
}
