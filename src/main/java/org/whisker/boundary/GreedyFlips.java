package org.whisker.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Tones;

/**
 * Changes one pixel after another: each time, among the candidates that are most promising by the
 * gradient at the current picture, the one that moves the logit most in the wanted direction. Each
 * pixel changes at most once, and no change is undone, so the result is seldom the smallest.
 *
 * @param maxFlips number of changes at which it gives up, at least 1
 * @param candidates largest number of changes scored per step, at least 1
 * @param batch pictures per call, at least 1
 */
record GreedyFlips(int maxFlips, int candidates, int batch) {
  GreedyFlips {
    if (maxFlips < 1 || candidates < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "flips, candidates and batch are at least 1, were %d, %d and %d"
              .formatted(maxFlips, candidates, batch));
    }
  }

  /**
   * The sequence of changes.
   *
   * @param reached whether the last one brought the logit to the goal
   * @param scored number of pictures scored
   */
  record Trail(List<GreedyStep.Scored> flips, boolean reached, long scored) {
    Trail {
      flips = List.copyOf(flips);
    }

    /** The changed pixels, as a set. */
    BlackPixels pixels(Canvas canvas) {
      return BlackPixels.of(canvas, flips.stream().mapToInt(flip -> flip.move().pixel()).toArray());
    }
  }

  /**
   * Changes pixels until the logit of not-cat reaches the goal, no moves remain, or it is stopped.
   *
   * @param moves the permitted moves; a pixel may have several
   * @param goal below 0 to lower the logit (towards cat), above 0 to raise it
   * @param stopped polled before each change
   */
  Trail from(
      Classifier classifier,
      GrayImage picture,
      List<GreedyStep.Move> moves,
      int goal,
      DoublePredicate wanted,
      BooleanSupplier stopped) {
    GreedyStep step = new GreedyStep(classifier, candidates, batch);
    List<GreedyStep.Move> open = new ArrayList<>(moves);
    float[] gray = picture.values();
    List<GreedyStep.Scored> flips = new ArrayList<>();
    long scored = 0;
    boolean reached = false;
    while (!reached && flips.size() < maxFlips && !open.isEmpty() && !stopped.getAsBoolean()) {
      scored += step.cost(open.size());
      GreedyStep.Scored best = step.best(new GrayImage(picture.canvas(), gray), open, goal);
      flips.add(best);
      reached = wanted.test(best.logit());
      gray[best.move().pixel()] = best.move().gray();
      open.removeIf(move -> move.pixel() == best.move().pixel());
    }
    return new Trail(flips, reached, scored);
  }

  /** The moves of every pixel of a two-tone picture to the other tone. */
  static List<GreedyStep.Move> swaps(BlackPixels image, Tones tones) {
    return IntStream.range(0, image.canvas().pixels())
        .mapToObj(i -> new GreedyStep.Move(i, image.contains(i) ? tones.background() : tones.ink()))
        .toList();
  }
}
