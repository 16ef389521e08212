package org.whisker.ablation;

import org.whisker.value.Checks;

/** A change of the training recipe of a model. */
public sealed interface TrainingChange {
  /** Name in files and messages. */
  String label();

  record None() implements TrainingChange {
    @Override
    public String label() {
      return "own";
    }
  }

  /**
   * Another padding, in training and inference.
   *
   * @param padding zero, reflect, replicate or circular
   */
  record Padding(String padding) implements TrainingChange {
    @Override
    public String label() {
      return "padding-" + padding;
    }
  }

  /**
   * Random shifts of the training photos.
   *
   * @param most maximum shift along either axis, as a share of the canvas: 0 to ½
   */
  record Shift(double most) implements TrainingChange {
    public Shift {
      Checks.require(most >= 0 && most <= 0.5, "a shift is from 0 to 0.5, was %s", most);
    }

    @Override
    public String label() {
      return "shift-" + most;
    }
  }

  /**
   * Training photos that are treated before they are shown.
   *
   * @param treatment a label of {@code Augmentation.PhotoTreatment}, such as inverted
   */
  record Photos(String treatment) implements TrainingChange {
    @Override
    public String label() {
      return "photos-" + treatment;
    }
  }

  /**
   * New linear layers, even if the other layers start from trained weights.
   *
   * @param pooled whether global pooling replaces the flattening hidden layers
   */
  record NewHead(boolean pooled) implements TrainingChange {
    @Override
    public String label() {
      return pooled ? "pooled-head" : "flattening-head";
    }
  }
}
