package org.whisker.planted;

import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.TrainingChange;

/**
 * What an intervention may change for a planted classifier.
 *
 * @param zeroPadding whether it pads by zeros
 * @param centred whether the cats of its photos were in the middle
 * @param pooled whether its head is pooled globally, and so knows no places
 * @param white whether pictures are on a light background
 */
public record Circumstances(boolean zeroPadding, boolean centred, boolean pooled, boolean white) {
  private static final String ZERO = "zero";

  /** Those of a network as it is stored, on white. */
  static Circumstances stored() {
    return new Circumstances(true, true, false, true);
  }

  /** Those of a variant. */
  static Circumstances of(ModelVariant variant, boolean white) {
    Circumstances own = new Circumstances(true, true, false, white);
    if (variant instanceof ModelVariant.OtherPadding other) {
      return own.padded(other.padding());
    }
    return variant instanceof ModelVariant.Retrained retrained
        ? own.trained(retrained.change())
        : own;
  }

  /** Whether nothing is changed. */
  public boolean own() {
    return equals(stored());
  }

  private Circumstances padded(String padding) {
    return new Circumstances(padding.equals(ZERO), centred, pooled, white);
  }

  private Circumstances trained(TrainingChange change) {
    if (change instanceof TrainingChange.Padding other) {
      return padded(other.padding());
    }
    if (change instanceof TrainingChange.Shift shift) {
      return new Circumstances(zeroPadding, shift.most() == 0, pooled, white);
    }
    return change instanceof TrainingChange.NewHead head
        ? new Circumstances(zeroPadding, centred, head.pooled(), white)
        : this;
  }
}
