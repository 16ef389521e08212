package org.whisker.ablation;

/** What is done to the network itself before anything is evolved for it. */
public sealed interface ModelVariant {
  /** As files and messages call it. */
  String label();

  /** As it is stored. */
  record AsStored() implements ModelVariant {
    @Override
    public String label() {
      return "as-stored";
    }
  }

  /**
   * The same weights with another padding.
   *
   * @param padding zero, reflect, replicate or circular
   */
  record OtherPadding(String padding) implements ModelVariant {
    @Override
    public String label() {
      return "padding-" + padding;
    }
  }

  /** The same network before any training, its weights drawn from this seed. */
  record Untrained(long seed) implements ModelVariant {
    @Override
    public String label() {
      return "untrained-" + seed;
    }
  }

  /**
   * The same architecture, trained anew as the model was, with one thing changed.
   *
   * @param repetition 0: from the seed that the regime names; 1: from the next, and so on
   * @param regime names the model's own regime, its seed and the photos
   */
  record Retrained(TrainingChange change, int repetition, String regime) implements ModelVariant {
    public Retrained {
      if (repetition < 0 || !regime.matches("[0-9a-z]+")) {
        throw new IllegalArgumentException("repetition " + repetition + ", regime " + regime);
      }
    }

    /** As the network is called, such as {@code padding-reflect-0a1b2c3d4e5f}. */
    public String network() {
      String again = repetition == 0 ? "" : "-again" + (repetition == 1 ? "" : repetition);
      return change.label() + again + "-" + regime;
    }

    @Override
    public String label() {
      return "retrained-" + network();
    }
  }
}
