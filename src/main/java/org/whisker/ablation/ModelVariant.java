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
}
