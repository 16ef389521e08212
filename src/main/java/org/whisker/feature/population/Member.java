package org.whisker.feature.population;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.whisker.feature.train.TrainingRecipe;
import org.whisker.network.Padding;
import org.whisker.training.TrainingOptions;

/**
 * A network of a population, as its recipe tells it.
 *
 * @param number within its architecture, from 1
 * @param shift by how much of the canvas training photos are moved at most; 0: they are centred
 * @param seed of its training; its runs have seeds of their own that follow from it
 */
record Member(
    PopulationBase base, int number, Head head, Padding padding, double shift, long seed) {
  /** Seeds of runs that a network has of its own. */
  static final int SEEDS = 1_000;

  /** Those of a configuration: the first of each architecture, then the second, and so on. */
  static List<Member> of(PopulationConfig config) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < config.networks(); i++) {
      for (PopulationBase base : config.bases()) {
        members.add(of(base, i, config));
      }
    }
    return members;
  }

  private static Member of(PopulationBase base, int index, PopulationConfig config) {
    Factors factors =
        new Factors(List.of(config.paddings().size(), base.heads().size(), config.shifts().size()));
    List<Integer> cell = factors.first(index + 1).get(index);
    return new Member(
        base,
        index + 1,
        base.heads().get(cell.get(1)),
        Padding.parse(config.paddings().get(cell.get(0))),
        config.shifts().get(cell.get(2)),
        config.seed() + index);
  }

  String architecture() {
    return base.kind().label();
  }

  /** {@code centred} or {@code shifted}. */
  String position() {
    return shift == 0 ? "centred" : "shifted";
  }

  /** The name of its folder, such as {@code vgg16-01-zero-pooled-centred}. */
  String name() {
    return String.format(
        Locale.ROOT,
        "%s-%02d-%s-%s-%s",
        architecture(),
        number,
        padding.label(),
        head.label(),
        position());
  }

  /** Seed of its first run; the next has the next. */
  long firstRun() {
    return seed * (long) SEEDS + 1;
  }

  /** What it is trained by. */
  TrainingRecipe recipe(PopulationConfig config) {
    TrainingOptions shared = config.regime().options(base.kind()).withSeed(seed);
    return new TrainingRecipe(
        base.with(head),
        base.input(),
        padding,
        shared.withAugmentation(shared.augmentation().withShift(OptionalDouble.of(shift))),
        config.regime().computePrecision());
  }

  /** What lies between the last feature map and the logit. */
  enum Head {
    /** Hidden layers, whose weights belong to places. */
    FLATTENING,
    /** The mean over all places, then one linear layer. */
    POOLED;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
