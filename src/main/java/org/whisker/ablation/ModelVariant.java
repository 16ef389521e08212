package org.whisker.ablation;

/** What is done to the network itself before anything is evolved for it. */
public sealed interface ModelVariant {
  /** As files and messages call it. */
  String label();

  /**
   * One of the networks that this stands for, counted from 0: training draws at random, so what is
   * said of how a network is trained must be said of several. All else is one network.
   */
  default ModelVariant ofNetwork(int number) {
    return this;
  }

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
   * The same architecture, trained again with one thing changed.
   *
   * @param repetition 0: from the seed that the regime names; 1: from the next, and so on
   * @param regime names how it is trained, the first seed and the photos
   */
  record Retrained(TrainingChange change, int repetition, String regime) implements ModelVariant {
    public Retrained {
      if (repetition < 0 || !regime.matches("[0-9a-z]+")) {
        throw new IllegalArgumentException("repetition " + repetition + ", regime " + regime);
      }
    }

    /** The first one. */
    public Retrained(TrainingChange change, String regime) {
      this(change, 0, regime);
    }

    /** As the network is called, such as {@code padding-reflect-1-0a1b2c3d4e5f}. */
    public String network() {
      return "%s-%d-%s".formatted(change.label(), repetition + 1, regime);
    }

    @Override
    public ModelVariant ofNetwork(int number) {
      return new Retrained(change, number, regime);
    }

    @Override
    public String label() {
      return "retrained-" + network();
    }
  }
}
