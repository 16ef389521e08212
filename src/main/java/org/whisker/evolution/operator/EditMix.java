package org.whisker.evolution.operator;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.whisker.value.Checks;

/** Relative frequency of each {@link EditKind}: weights, at least 0, not all 0. */
public record EditMix(
    double add, double remove, double move, double nudge, double stroke, double erase) {
  public EditMix {
    double sum = 0;
    for (double weight : new double[] {add, remove, move, nudge, stroke, erase}) {
      if (!(weight >= 0 && Double.isFinite(weight))) {
        throw new IllegalArgumentException("edit weights must be at least 0, one was " + weight);
      }
      sum += weight;
    }
    Checks.require(sum > 0, "edit weights must not all be 0, were %s", sum);
  }

  /** Add, remove and move one pixel, with equal weights. */
  public static EditMix singlePixels() {
    return new EditMix(1, 1, 1, 0, 0, 0);
  }

  /** A mix of a single kind. */
  public static EditMix only(EditKind kind) {
    return of(other -> other == kind ? 1 : 0);
  }

  private static EditMix of(ToDoubleFunction<EditKind> weight) {
    return new EditMix(
        weight.applyAsDouble(EditKind.ADD),
        weight.applyAsDouble(EditKind.REMOVE),
        weight.applyAsDouble(EditKind.MOVE),
        weight.applyAsDouble(EditKind.NUDGE),
        weight.applyAsDouble(EditKind.STROKE),
        weight.applyAsDouble(EditKind.ERASE));
  }

  /** Reads {@code KIND:WEIGHT,...}, as {@code add:3,remove:2}; unnamed kinds have weight 0. */
  public static EditMix parse(String text) {
    Map<EditKind, Double> weights = new EnumMap<>(EditKind.class);
    for (String part : text.split(",", -1)) {
      int colon = part.indexOf(':');
      EditKind kind = EditKind.parse(colon < 0 ? part : part.substring(0, colon));
      try {
        weights.put(kind, colon < 0 ? 1 : Double.parseDouble(part.substring(colon + 1)));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "edits must be KIND:WEIGHT,... as in add:3,remove:2, was " + text, e);
      }
    }
    return of(kind -> weights.getOrDefault(kind, 0.0));
  }

  /** The text that {@link #parse} reads, without the kinds of weight 0. */
  public String label() {
    return Arrays.stream(EditKind.values())
        .filter(kind -> weight(kind) > 0)
        .map(kind -> kind.label() + ":" + weight(kind))
        .collect(Collectors.joining(","));
  }

  /** Whether this kind has a weight above 0. */
  public boolean makes(EditKind kind) {
    return weight(kind) > 0;
  }

  double weight(EditKind kind) {
    return switch (kind) {
      case ADD -> add;
      case REMOVE -> remove;
      case MOVE -> move;
      case NUDGE -> nudge;
      case STROKE -> stroke;
      case ERASE -> erase;
    };
  }

  public EditKind draw(RandomGenerator random) {
    double left = random.nextDouble() * (add + remove + move + nudge + stroke + erase);
    EditKind last = EditKind.ADD;
    for (EditKind kind : EditKind.values()) {
      if (weight(kind) > 0) {
        if (left < weight(kind)) {
          return kind;
        }
        left -= weight(kind);
        last = kind;
      }
    }
    return last; // by rounding
  }

  /**
   * Number of edits per mutation: geometrically distributed on 1, 2, …, with a mean that is
   * interpolated geometrically from {@code first} to {@code last} over {@code generations} and
   * constant thereafter.
   *
   * @param first the mean in generation 1, 1 to 10,000
   * @param last the mean at the end, 1 to 10,000
   * @param generations at least 1
   */
  public record EditSchedule(double first, double last, int generations) {
    private static final double MOST = 10_000;

    public EditSchedule {
      Checks.require(
          first >= 1 && first <= MOST && last >= 1 && last <= MOST,
          "mean edits must be 1 to 10000, were %s to %s",
          first,
          last);
      Checks.refuse(generations < 1, "generations must be at least 1, was %s", generations);
    }

    /** Exactly one edit. */
    public static EditSchedule single() {
      return new EditSchedule(1, 1, 1);
    }

    /** Reads {@code MEAN} or {@code FIRST,LAST,GENERATIONS}. */
    public static EditSchedule parse(String text) {
      String[] parts = text.split(",", -1);
      try {
        if (parts.length == 1) {
          double mean = Double.parseDouble(text);
          return new EditSchedule(mean, mean, 1);
        }
        if (parts.length == 3) {
          return new EditSchedule(
              Double.parseDouble(parts[0]),
              Double.parseDouble(parts[1]),
              Integer.parseInt(parts[2]));
        }
      } catch (NumberFormatException e) {
        throw unreadable(text);
      }
      throw unreadable(text);
    }

    private static IllegalArgumentException unreadable(String text) {
      return new IllegalArgumentException(
          "edits per mutation must be MEAN or FIRST,LAST,GENERATIONS, was " + text);
    }

    /** The text that {@link #parse} reads. */
    public String label() {
      return first + "," + last + "," + generations;
    }

    /** The mean number of edits in this generation, counted from 1. */
    public double mean(int generation) {
      double passed = Math.min(generation - 1, generations) / (double) generations;
      return first * Math.pow(last / first, passed);
    }

    public int draw(int generation, RandomGenerator random) {
      double mean = mean(generation);
      if (mean <= 1) {
        return 1;
      }
      double more = Math.log1p(-random.nextDouble()) / Math.log1p(-1 / mean);
      return 1 + (int) Math.min(more, 100 * MOST);
    }
  }
}
