package org.whisker.boundary;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.whisker.classifier.Batches;
import org.whisker.classifier.LeaveOneOut;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A set of pixels with each of them left out in turn, scored by full passes: the proof that a set
 * is 1-minimal, or that it is not. That no single pixel can be removed does not imply that no
 * smaller set suffices.
 *
 * @param leftOut the set and what each pixel adds to it
 * @param wanted the class that the set should be assigned to
 * @param target the p(wanted) that counts as reached
 */
public record Removals(LeaveOneOut leftOut, TargetClass wanted, double target) {
  /** Sets of about as many pixels, so that memory has an end. */
  private static final int AT_ONCE = LogitSource.FLIPPED_AT_ONCE;

  /**
   * Scores a set and each of its subsets with one pixel left out.
   *
   * @param source whose {@link LogitSource#logits} are full passes
   * @throws IllegalArgumentException if a logit is not finite
   */
  static Removals of(LogitSource source, BlackPixels pixels, TargetClass wanted, double target) {
    LeaveOneOut leftOut =
        LeaveOneOut.of(pixels, set -> set, source::logits, Batches.of(AT_ONCE)).orElseThrow();
    return new Removals(leftOut, wanted, target);
  }

  public BlackPixels pixels() {
    return leftOut.image();
  }

  /** The logit against the target of the whole set. */
  public float logit() {
    return leftOut.logit();
  }

  /** The logit against the target without the {@code i}-th pixel, in the set's order. */
  float without(int i) {
    return leftOut.without(i);
  }

  /** Whether the whole set reaches the target and no subset with one pixel left out does. */
  boolean minimal() {
    OptionalDouble largest = largest();
    return wanted.probability(logit()) >= target
        && (largest.isEmpty() || largest.getAsDouble() < target);
  }

  /** The largest p(wanted) after one pixel is left out; empty for the empty set. */
  OptionalDouble largest() {
    return IntStream.range(0, pixels().count())
        .mapToDouble(i -> wanted.probability(without(i)))
        .max();
  }

  /**
   * The effect of one pixel, given the others: the logit against the target with it minus that
   * without it. Below 0 it is towards the target.
   *
   * @param i in the set's order
   */
  float delta(int i) {
    return (float) leftOut.added(i);
  }

  /**
   * Whether a set of pixels is 1-minimal: it reaches its target, but not without any one of its
   * pixels.
   */
  public enum OneMinimal {
    /** No single pixel can be omitted. */
    YES("yes"),
    /** Some pixel can be omitted, or the set does not reach the target in full forward passes. */
    NO("no"),
    /** No set was found. */
    UNTESTED("");

    private final String label;

    OneMinimal(String label) {
      this.label = label;
    }

    static OneMinimal of(Removals set) {
      return set.minimal() ? YES : NO;
    }

    public String label() {
      return label;
    }
  }

  /**
   * A row of {@code sets/START-TARGET.csv}: one pixel of a minimal set, scored by full forward
   * passes.
   */
  public record Pixel(
      @Column(unit = "px") int x,
      @Column(unit = "px") int y,
      @Column(
              unit = "logit",
              meaning =
                  "logit with the pixel minus logit without it, given all other pixels; "
                      + "below 0 it is towards the target")
          float deltaLogit,
      @Column(unit = "logit") float logitWithout,
      @Column(unit = "probability") double pTargetWithout) {
    public static final Table<Pixel> TABLE = Table.of(Pixel.class);

    /** The rows of a set, in the order of its pixels. */
    public static List<Pixel> of(Removals set) {
      return IntStream.range(0, set.pixels().count()).mapToObj(i -> of(set, i)).toList();
    }

    private static Pixel of(Removals set, int i) {
      Canvas canvas = set.pixels().canvas();
      int pixel = set.pixels().get(i);
      float without = set.without(i);
      return new Pixel(
          canvas.x(pixel),
          canvas.y(pixel),
          set.delta(i),
          without,
          set.wanted().probability(without));
    }
  }
}
