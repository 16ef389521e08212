package org.whisker.feature.population;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.whisker.feature.population.PopulationConfig.PopulationBase;
import org.whisker.feature.train.TrainingRecipe;
import org.whisker.network.Window.Padding;
import org.whisker.training.TrainingTask.TrainingOptions;
import org.whisker.value.Checks;
import org.whisker.value.Labelled;
import org.whisker.value.Text;

/**
 * A network of a population, as its recipe tells it.
 *
 * @param number within its architecture, from 1
 * @param shift by how much of the canvas training photos are moved at most; 0: they are centred
 * @param seed the seed of its training; its runs have seeds of their own that follow from it
 */
record Member(
    PopulationBase base, int number, Head head, Padding padding, double shift, long seed) {
  /** Seeds of runs that a network has of its own. */
  static final int SEEDS = 1_000;

  /** The members of a configuration: the first of each architecture, then the second, and so on. */
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
    return Text.of(
        "%s-%02d-%s-%s-%s", architecture(), number, padding.label(), head.label(), position());
  }

  /** Seed of its first run; the next has the next. */
  long firstRun() {
    return seed * (long) SEEDS + 1;
  }

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
  enum Head implements Labelled {
    /** Hidden layers, whose weights belong to places. */
    FLATTENING,
    /** The mean over all places, then one linear layer. */
    POOLED;
  }

  /**
   * Combinations of the levels of several factors, in an order of which each beginning is balanced:
   * the next combination is one whose levels were used least, then whose pairs of levels were, then
   * that was used least itself. So levels never differ by more than one in how often they occur.
   *
   * @param levels how many each factor has, at least 1
   */
  record Factors(List<Integer> levels) {
    Factors {
      levels = List.copyOf(levels);
      Checks.refuse(
          levels.stream().anyMatch(n -> n < 1), "a factor has at least one level, were %s", levels);
    }

    /** The first {@code count} combinations: of each factor a level, counted from 0. */
    List<List<Integer>> first(int count) {
      List<List<Integer>> all = all();
      Map<List<Integer>, Integer> used = new HashMap<>();
      List<List<Integer>> chosen = new ArrayList<>();
      while (chosen.size() < count) {
        List<Integer> next = all.get(0);
        for (List<Integer> each : all) {
          if (isBefore(counts(each, used), counts(next, used))) {
            next = each;
          }
        }
        parts(next).forEach(part -> used.merge(part, 1, Integer::sum));
        chosen.add(next);
      }
      return chosen;
    }

    private List<List<Integer>> all() {
      List<List<Integer>> all = List.of(List.of());
      for (int size : levels) {
        List<List<Integer>> longer = new ArrayList<>();
        for (List<Integer> begun : all) {
          for (int level = 0; level < size; level++) {
            List<Integer> one = new ArrayList<>(begun);
            one.add(level);
            longer.add(List.copyOf(one));
          }
        }
        all = longer;
      }
      return all;
    }

    /** How often its levels were used, its pairs of levels, and itself. */
    private List<Integer> counts(List<Integer> cell, Map<List<Integer>, Integer> used) {
      int single = 0;
      int pairs = 0;
      for (List<Integer> part : parts(cell)) {
        int times = used.getOrDefault(part, 0);
        single += part.size() == 2 ? times : 0;
        pairs += part.size() == 4 ? times : 0;
      }
      return List.of(single, pairs, used.getOrDefault(whole(cell), 0));
    }

    private static boolean isBefore(List<Integer> a, List<Integer> b) {
      for (int i = 0; i < a.size(); i++) {
        if (!a.get(i).equals(b.get(i))) {
          return a.get(i) < b.get(i);
        }
      }
      return false;
    }

    /**
     * The parts of a cell: each level as factor and level, each pair as two of these, and the
     * whole.
     */
    private static List<List<Integer>> parts(List<Integer> cell) {
      List<List<Integer>> parts = new ArrayList<>();
      for (int i = 0; i < cell.size(); i++) {
        parts.add(List.of(i, cell.get(i)));
        for (int j = i + 1; j < cell.size(); j++) {
          parts.add(List.of(i, cell.get(i), j, cell.get(j)));
        }
      }
      parts.add(whole(cell));
      return parts;
    }

    /** Never as long as a level or a pair. */
    private static List<Integer> whole(List<Integer> cell) {
      List<Integer> whole = new ArrayList<>(List.of(-1, -1, -1, -1, -1));
      whole.addAll(cell);
      return whole;
    }
  }
}
