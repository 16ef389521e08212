package org.whisker.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Patch;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.image.Tones;
import org.whisker.value.Checks;

/**
 * The choice of the pixel that changes the logit most in a wanted direction. If there are few, all
 * are scored. If there are many, only those that are most promising by the gradient (to first
 * order, gradient times change of gray) are scored: the choice is then the best of those, not
 * necessarily of all. With a classifier without gradients, all are scored, however many.
 *
 * @param candidates largest number that is scored if there is a gradient, at least 1
 * @param batch pictures per call, at least 1
 */
record GreedyStep(Classifier classifier, int candidates, int batch) {
  GreedyStep {
    if (candidates < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "at least 1 candidate and a batch of 1, was " + candidates + " and " + batch);
    }
  }

  /** Refuses limits of a search by such steps that can't be met. */
  static void checkLimits(int maxFlips, int candidates, long evaluations, int batch) {
    Checks.refuse(
        maxFlips < 1 || candidates < 1 || batch < 1,
        "flips, candidates and batch are at least 1, were %d, %d and %d",
        maxFlips,
        candidates,
        batch);
    Checks.refuse(evaluations < 0, "evaluations are at least 0, were %s", evaluations);
  }

  /** The number of pictures that {@link #best(PlanarImage, List, int)} scores. */
  int cost(int moves) {
    return classifier instanceof DifferentiableClassifier ? Math.min(moves, candidates) : moves;
  }

  /** A move, and the logit against the target that the picture has after it. */
  record Scored(Move move, float logit) {}

  /**
   * The best move; among ties, the first.
   *
   * @param goal below 0 to lower the logit (towards the target), above 0 to raise it
   */
  Scored best(PlanarImage picture, List<Move> moves, int goal) {
    return scored(picture, promising(picture, moves, candidates, goal, moves), goal).get(0);
  }

  /**
   * The best moves, each considered alone, best first: ranked by the gradient if it is known and
   * there are more moves than candidates, otherwise by their scores.
   */
  List<Move> best(PlanarImage picture, List<Move> moves, int take, int goal) {
    List<Move> predicted = promising(picture, moves, Math.min(take, moves.size()), goal, List.of());
    if (!predicted.isEmpty()) {
      return predicted;
    }
    List<Move> sorted = scored(picture, moves, goal).stream().map(Scored::move).toList();
    return sorted.subList(0, Math.min(take, sorted.size()));
  }

  /**
   * The moves with the best prediction, best first; {@code otherwise} if no prediction is needed.
   */
  private List<Move> promising(
      PlanarImage picture, List<Move> moves, int most, int goal, List<Move> otherwise) {
    if (moves.size() <= candidates
        || !(classifier instanceof DifferentiableClassifier differentiable)) {
      return otherwise;
    }
    float[] gradient = differentiable.inputGradients(List.of(picture)).get(0);
    double[] gain = new double[moves.size()];
    for (int i = 0; i < gain.length; i++) {
      Move move = moves.get(i);
      gain[i] = gain(gradient, picture, move, goal);
    }
    return largest(gain, most).stream().map(moves::get).toList();
  }

  /** First-order estimate of a move's gain: of colours the sum over their planes. */
  private static double gain(float[] gradient, PlanarImage picture, Move move, int goal) {
    int pixels = picture.canvas().pixels();
    int i = move.pixel();
    double gain = goal * (double) gradient[i] * (move.value(0) - picture.at(i));
    for (int plane = 1; plane < picture.planes(); plane++) {
      i += pixels;
      gain += goal * (double) gradient[i] * (move.value(plane) - picture.at(i));
    }
    return gain;
  }

  /** The indices of the largest values, largest first; among ties, the lower index first. */
  static List<Integer> largest(double[] values, int most) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double least = sorted[values.length - most];
    List<Integer> places = new ArrayList<>();
    List<Integer> equal = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (values[i] > least) {
        places.add(i);
      } else if (values[i] == least) {
        equal.add(i);
      }
    }
    places.addAll(equal.subList(0, most - places.size()));
    places.sort(Comparator.comparingDouble((Integer i) -> values[i]).reversed());
    return places;
  }

  private List<Scored> scored(PlanarImage picture, List<Move> moves, int goal) {
    List<Scored> scored = new ArrayList<>(moves.size());
    for (int from = 0; from < moves.size(); from += batch) {
      List<Move> some = moves.subList(from, Math.min(moves.size(), from + batch));
      List<Raster> pictures = some.stream().map(move -> move.on(picture)).toList();
      float[] logits = classifier.logits(pictures);
      for (int i = 0; i < logits.length; i++) {
        scored.add(new Scored(some.get(i), Grays.finite(classifier, logits[i])));
      }
    }
    // stable: ties keep their order
    scored.sort(Comparator.comparingDouble(each -> -goal * (double) each.logit()));
    return scored;
  }

  /**
   * The change of one pixel.
   *
   * @param values what it becomes: one gray, or red, green and blue
   */
  record Move(int pixel, List<Float> values) {
    /** Moves a pixel to another gray, in all planes. */
    Move(int pixel, float gray) {
      this(pixel, List.of(gray));
    }

    /** The value that the pixel gets in a plane. */
    float value(int plane) {
      return values.get(Math.min(plane, values.size() - 1));
    }

    /** Writes the move into values of a picture of {@code pixels} pixels. */
    void on(float[] target, int pixels) {
      for (int plane = 0; plane * pixels < target.length; plane++) {
        target[plane * pixels + pixel] = value(plane);
      }
    }

    Raster on(Raster picture) {
      Canvas canvas = picture.canvas();
      float[] content = new float[values.size()];
      for (int plane = 0; plane < content.length; plane++) {
        content[plane] = value(plane);
      }
      PlanarImage single = PlanarImage.of(Canvas.square(1), content);
      return new Patch(canvas.x(pixel), canvas.y(pixel), single).on(picture);
    }
  }

  /** Logits of one image with sets of its pixels flipped: the set is the genome. */
  record FlipLogits(LogitSource images, BlackPixels image) implements LogitSource {
    @Override
    public float[] logits(List<BlackPixels> flips) {
      return images.logits(flips.stream().map(set -> flipped(image, set)).toList());
    }

    @Override
    public float[] flipped(BlackPixels flips, int[] pixels) {
      // flipping a pixel of the set flips it in the image
      return images.flipped(flipped(image, flips), pixels);
    }

    @Override
    public int batch() {
      return images.batch();
    }

    /** The image with these pixels turned to the other tone. */
    static BlackPixels flipped(BlackPixels image, BlackPixels flips) {
      BlackPixels changed = image;
      for (int i = 0; i < flips.count(); i++) {
        changed = changed.flipped(flips.get(i));
      }
      return changed;
    }
  }

  /**
   * Changes one pixel after another: each time, among the candidates that are most promising by the
   * gradient at the current picture, the one that moves the logit most in the wanted direction.
   * Each pixel changes at most once, and no change is undone, so the result is seldom the smallest.
   *
   * @param maxFlips number of changes at which it gives up, at least 1
   * @param candidates largest number of changes scored per step, at least 1
   * @param batch pictures per call, at least 1
   */
  record GreedyFlips(int maxFlips, int candidates, int batch) {
    GreedyFlips {
      checkLimits(maxFlips, candidates, 0, batch);
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
        return BlackPixels.of(
            canvas, flips.stream().mapToInt(flip -> flip.move().pixel()).toArray());
      }
    }

    /**
     * Changes pixels until the logit against the target reaches the goal, no moves remain, or it is
     * stopped.
     *
     * @param moves the permitted moves; a pixel may have several
     * @param goal below 0 to lower the logit (towards the target), above 0 to raise it
     * @param stopped polled before each change
     */
    Trail from(
        Classifier classifier,
        PlanarImage picture,
        List<GreedyStep.Move> moves,
        int goal,
        DoublePredicate wanted,
        BooleanSupplier stopped) {
      GreedyStep step = new GreedyStep(classifier, candidates, batch);
      List<GreedyStep.Move> open = new ArrayList<>(moves);
      float[] values = picture.values();
      List<GreedyStep.Scored> flips = new ArrayList<>();
      long scored = 0;
      boolean reached = false;
      while (!reached && flips.size() < maxFlips && !open.isEmpty() && !stopped.getAsBoolean()) {
        scored += step.cost(open.size());
        GreedyStep.Scored best = step.best(picture.with(values), open, goal);
        flips.add(best);
        reached = wanted.test(best.logit());
        best.move().on(values, picture.canvas().pixels());
        open.removeIf(move -> move.pixel() == best.move().pixel());
      }
      return new Trail(flips, reached, scored);
    }

    /** The moves of every pixel of a two-tone picture to the other tone. */
    static List<GreedyStep.Move> swaps(BlackPixels image, Tones tones) {
      return IntStream.range(0, image.canvas().pixels())
          .mapToObj(i -> new GreedyStep.Move(i, tones.flipped(image, i).values()))
          .toList();
    }
  }
}
