package org.whisker.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/**
 * The smallest set of black pixels that reaches a target, by branch and bound: sets by size, each
 * made once, from the set without its last pixel. A set is left with all that would grow from it
 * where the bound says that none of them can reach the target. Without a bound all sets of each
 * size are scored. For tiny canvases: 16 pixels have 65,536 sets, 64 have more than can be scored.
 *
 * @param bound what a pixel can do at most
 * @param most sets kept at once, at least 1; where there would be more, the answer ends with what
 *     is ruled out until there
 * @param batch sets in one call, at least 1
 */
public record ExactMinimum(Bound bound, int most, int batch) {
  public ExactMinimum {
    if (most < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "sets and batch are at least 1, were " + most + " and " + batch);
    }
  }

  /** How far one more pixel can move the logit against the target towards the target. */
  @FunctionalInterface
  public interface Bound {
    /**
     * A number that blackening this pixel never exceeds, whichever other pixels are black: at least
     * max(0, logit without − logit with) where cats are wanted (the other way round for not-cat).
     * Only if that holds for every set are answers proven.
     */
    double most(int pixel);

    /** None: nothing is left out. */
    static Bound none() {
      return pixel -> Double.POSITIVE_INFINITY;
    }
  }

  /**
   * What is proven.
   *
   * @param atLeast no set of fewer pixels reaches the target
   * @param smallest one that does with so many; empty where there is none below the given size, or
   *     where there were too many sets to go on
   * @param complete whether all sets below the given size were scored or ruled out, or a smallest
   *     one was found
   * @param scored sets that were scored
   */
  public record Answer(
      int atLeast, Optional<BlackPixels> smallest, boolean complete, long scored) {}

  /**
   * Looks for a set of fewer than {@code below} pixels.
   *
   * @param target p(wanted) to reach, above 0 and below 1
   * @param below the size of a set that is known to reach it, or one more than the canvas has
   *     pixels
   */
  public Answer find(
      LogitSource source, Canvas canvas, TargetClass wanted, double target, int below) {
    if (!(target > 0 && target < 1) || below < 0) {
      throw new IllegalArgumentException(
          "a target is above 0 and below 1, a size at least 0, were " + target + ", " + below);
    }
    return new Branches(source, canvas, wanted, target, Math.min(below, canvas.pixels() + 1)).run();
  }

  private final class Branches {
    private final LogitSource source;
    private final Canvas canvas;
    private final TargetClass wanted;
    private final double target;
    private final int below;
    private final Map<Integer, double[]> gains = new HashMap<>();
    private long scored;

    Branches(LogitSource source, Canvas canvas, TargetClass wanted, double target, int below) {
      this.source = source;
      this.canvas = canvas;
      this.wanted = wanted;
      this.target = target;
      this.below = below;
    }

    /** What the best 0, 1, 2 … pixels from here on can do at most. */
    private double[] summed(int first) {
      double[] all = new double[canvas.pixels() - first];
      for (int i = 0; i < all.length; i++) {
        all[i] = -Math.max(0, bound.most(first + i));
      }
      Arrays.sort(all);
      double[] sums = new double[all.length + 1];
      for (int i = 0; i < all.length; i++) {
        sums[i + 1] = sums[i] - all[i];
      }
      return sums;
    }

    Answer run() {
      List<BlackPixels> sets = List.of(BlackPixels.none(canvas));
      for (int size = 0; size < below; size++) {
        if (sets.isEmpty()) {
          return new Answer(below, Optional.empty(), true, scored);
        }
        List<BlackPixels> open = new ArrayList<>();
        for (int from = 0; from < sets.size(); from += batch) {
          List<BlackPixels> some = sets.subList(from, Math.min(sets.size(), from + batch));
          float[] logits = source.logits(some);
          scored += some.size();
          for (int i = 0; i < logits.length; i++) {
            if (wanted.probability(logits[i]) >= target) {
              return new Answer(size, Optional.of(some.get(i)), true, scored);
            }
            if (canReach(some.get(i), logits[i])) {
              open.add(some.get(i));
            }
          }
        }
        Optional<List<BlackPixels>> next = size + 1 < below ? grown(open) : Optional.of(List.of());
        if (next.isEmpty()) {
          return new Answer(size + 1, Optional.empty(), false, scored);
        }
        sets = next.get();
      }
      return new Answer(below, Optional.empty(), true, scored);
    }

    /** Whether some set grown from this one, still below the size, may reach the target. */
    private boolean canReach(BlackPixels set, float logit) {
      double[] sums = gains.computeIfAbsent(next(set), this::summed);
      int more = Math.min(sums.length - 1, below - 1 - set.count());
      if (more <= 0) {
        return false;
      }
      double furthest = wanted == TargetClass.CAT ? logit - sums[more] : logit + sums[more];
      // a little more than the bound, for the rounding of float32 logits
      double slack = 1e-4 * Math.max(1, Math.abs(furthest));
      double hoped = wanted == TargetClass.CAT ? furthest - slack : furthest + slack;
      return !(wanted.probability(hoped) < target);
    }

    private int next(BlackPixels set) {
      return set.count() == 0 ? 0 : set.get(set.count() - 1) + 1;
    }

    /** Each with each later pixel; empty when they are too many. */
    private Optional<List<BlackPixels>> grown(List<BlackPixels> open) {
      List<BlackPixels> grown = new ArrayList<>();
      for (BlackPixels set : open) {
        if (grown.size() + canvas.pixels() - next(set) > most) {
          return Optional.empty();
        }
        for (int pixel = next(set); pixel < canvas.pixels(); pixel++) {
          grown.add(set.with(pixel));
        }
      }
      return Optional.of(grown);
    }
  }
}
