package org.whisker.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.TargetClass;
import org.whisker.image.BlackPixels;

/**
 * A set of pixels with each of them left out in turn, scored by full passes: the proof that a set
 * is 1-minimal, or that it is not. That no single pixel can be removed does not imply that no
 * smaller set suffices.
 *
 * @param wanted the class that the set should be assigned to
 * @param target the p(wanted) that counts as reached
 * @param logit of not-cat of the whole set
 * @param without the logit without each pixel, in the set's order
 */
public record Removals(
    BlackPixels pixels, TargetClass wanted, double target, float logit, List<Float> without) {
  /** Sets of about as many pixels, so that memory has an end. */
  private static final int AT_ONCE = LogitSource.FLIPPED_AT_ONCE;

  public Removals {
    without = List.copyOf(without);
    if (without.size() != pixels.count()) {
      throw new IllegalArgumentException(
          without.size() + " logits for a set of " + pixels.count() + " pixels");
    }
  }

  /**
   * Scores a set and each of its subsets with one pixel left out.
   *
   * @param source whose {@link LogitSource#logits} are full passes
   * @throws IllegalArgumentException if a logit is not finite
   */
  public static Removals of(
      LogitSource source, BlackPixels pixels, TargetClass wanted, double target) {
    List<Float> logits = new ArrayList<>();
    int[] all = pixels.indices();
    for (int from = 0; from <= all.length; from += AT_ONCE) {
      List<BlackPixels> sets = new ArrayList<>(from == 0 ? List.of(pixels) : List.of());
      int to = Math.min(all.length, from + AT_ONCE);
      Arrays.stream(all, from, to).mapToObj(pixels::without).forEach(sets::add);
      for (float logit : sets.isEmpty() ? new float[0] : source.logits(sets)) {
        if (!Float.isFinite(logit)) {
          throw new IllegalArgumentException("a set of pixels has the logit " + logit);
        }
        logits.add(logit);
      }
    }
    return new Removals(pixels, wanted, target, logits.get(0), logits.subList(1, logits.size()));
  }

  /** Whether the whole set reaches the target and no subset with one pixel left out does. */
  public boolean minimal() {
    OptionalDouble largest = largest();
    return wanted.probability(logit) >= target
        && (largest.isEmpty() || largest.getAsDouble() < target);
  }

  /** The largest p(wanted) after one pixel is left out; empty for the empty set. */
  public OptionalDouble largest() {
    return without.stream().mapToDouble(wanted::probability).max();
  }

  /**
   * The effect of one pixel, given the others: the logit of not-cat with it minus that without it.
   * Below 0 it is towards cat.
   *
   * @param i in the set's order
   */
  public float delta(int i) {
    return logit - without.get(i);
  }
}
