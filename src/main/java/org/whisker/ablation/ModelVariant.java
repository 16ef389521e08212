package org.whisker.ablation;

import java.util.List;
import java.util.Optional;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/** A variant of the network for which images are evolved. */
public sealed interface ModelVariant {
  /** Name in files and messages. */
  String label();

  /**
   * Returns one of the networks of this variant, counted from 0. Training is random, so an effect
   * of training needs several networks; all other variants are a single network.
   */
  default ModelVariant ofNetwork(int number) {
    return this;
  }

  /** The stored network. */
  record AsStored() implements ModelVariant {
    @Override
    public String label() {
      return "as-stored";
    }
  }

  /**
   * The stored weights with another padding.
   *
   * @param padding zero, reflect, replicate or circular
   */
  record OtherPadding(String padding) implements ModelVariant {
    @Override
    public String label() {
      return "padding-" + padding;
    }
  }

  /**
   * The stored weights without what can tell places.
   *
   * @param padding whether every window wraps around, also those that have no padding of their own
   * @param head whether each logit is the mean over all rolls of the last feature map
   * @param others layers whose operation is averaged over all its rolls
   * @param permuted 0, or the number of a random order that constants of places are put into, in
   *     place of their mean
   */
  record Blind(boolean padding, boolean head, List<String> others, int permuted)
      implements ModelVariant {
    public Blind {
      others = List.copyOf(others);
      Checks.refuse(
          !padding && !head && others.isEmpty(),
          "a network that is blind to nothing is as it is stored");
    }

    public Blind(boolean padding, boolean head) {
      this(padding, head, List.of());
    }

    public Blind(boolean padding, boolean head, List<String> others) {
      this(padding, head, others, 0);
    }

    @Override
    public String label() {
      return "blind"
          + (padding ? "-padding" : "")
          + (head ? "-head" : "")
          + (permuted == 0 ? "" : "-permuted-" + permuted)
          + (others.isEmpty() ? "" : "-" + String.join("-", others));
    }
  }

  /**
   * The stored weights, with padding that wraps around in one place of the network, or on one side.
   *
   * @param place where; empty for everywhere
   * @param side top, bottom, left or right; empty for all
   */
  record CircularIn(Optional<PaddedPlace> place, Optional<String> side) implements ModelVariant {
    @Override
    public String label() {
      return "circular-" + place.map(PaddedPlace::name).orElse("all") + "-" + side.orElse("all");
    }
  }

  /**
   * A place of a network that has padding.
   *
   * @param layer whether it is a layer, not a stage of several
   */
  record PaddedPlace(String name, boolean layer) {}

  /**
   * A simple function fitted to the stored network.
   *
   * @param seed the seed of what is drawn to fit it
   */
  record Fitted(Surrogate.Kind kind, long seed) implements ModelVariant {
    @Override
    public String label() {
      return "surrogate-" + kind.label() + "-" + seed;
    }
  }

  /** The untrained network, with weights initialised from this seed. */
  record Untrained(long seed) implements ModelVariant {
    @Override
    public String label() {
      return "untrained-" + seed;
    }
  }

  /**
   * The architecture of the stored network, retrained with one change.
   *
   * @param repetition 0 for the seed given by the regime, 1 for the next, and so on
   * @param regime identifies the recipe, the first seed and the photos
   * @param fineTuned whether training continues from the model's own weights, so that all networks
   *     stay close to one; part of the regime
   */
  record Retrained(TrainingChange change, int repetition, String regime, boolean fineTuned)
      implements ModelVariant {
    public Retrained {
      if (repetition < 0 || !regime.matches("[0-9a-z]+")) {
        throw new IllegalArgumentException("repetition " + repetition + ", regime " + regime);
      }
    }

    /** Retrains from random initial weights. */
    public Retrained(TrainingChange change, int repetition, String regime) {
      this(change, repetition, regime, false);
    }

    /** The first repetition, from random initial weights. */
    public Retrained(TrainingChange change, String regime) {
      this(change, 0, regime);
    }

    /** Name of the network, such as {@code padding-reflect-1-0a1b2c3d4e5f}. */
    public String network() {
      return Text.of("%s-%d-%s", change.label(), repetition + 1, regime);
    }

    @Override
    public Retrained ofNetwork(int number) {
      return new Retrained(change, number, regime, fineTuned);
    }

    @Override
    public String label() {
      return "retrained-" + network();
    }
  }
}
