package org.whisker.ablation;

/** What is changed of the way in which a model was trained. */
public sealed interface TrainingChange {
  /** As files and messages call it. */
  String label();

  /** Nothing. */
  record None() implements TrainingChange {
    @Override
    public String label() {
      return "own";
    }
  }

  /**
   * The padding, which it is also run with.
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
   * Where the middle of the photos comes to lie.
   *
   * @param most its largest distance from the middle of the canvas, across and down, as a share of
   *     the canvas: 0 to ½
   */
  record Shift(double most) implements TrainingChange {
    public Shift {
      if (!(most >= 0 && most <= 0.5)) {
        throw new IllegalArgumentException("a shift is from 0 to 0.5, was " + most);
      }
    }

    @Override
    public String label() {
      return "shift-" + most;
    }
  }

  /**
   * The linear layers, which are new even where all others are trained on.
   *
   * @param pooled whether global pooling takes the place of hidden layers that know places
   */
  record NewHead(boolean pooled) implements TrainingChange {
    @Override
    public String label() {
      return pooled ? "pooled-head" : "flattening-head";
    }
  }
}
