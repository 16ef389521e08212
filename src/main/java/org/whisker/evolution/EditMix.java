package org.whisker.evolution;

import java.util.random.RandomGenerator;

/**
 * How often mutation makes each {@link EditKind}: weights, at least 0, not all 0; only their ratios
 * matter.
 */
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
    if (!(sum > 0)) {
      throw new IllegalArgumentException("edit weights must not all be 0, were " + sum);
    }
  }

  /** Add, remove and move (anywhere) one pixel, each as often. */
  public static EditMix singlePixels() {
    return new EditMix(1, 1, 1, 0, 0, 0);
  }

  /** Nothing but this kind. */
  public static EditMix only(EditKind kind) {
    return new EditMix(
        kind == EditKind.ADD ? 1 : 0,
        kind == EditKind.REMOVE ? 1 : 0,
        kind == EditKind.MOVE ? 1 : 0,
        kind == EditKind.NUDGE ? 1 : 0,
        kind == EditKind.STROKE ? 1 : 0,
        kind == EditKind.ERASE ? 1 : 0);
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

  EditKind draw(RandomGenerator random) {
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
    return last; // rounding left a crumb
  }
}
