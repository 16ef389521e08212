package org.whisker.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Patch;
import org.whisker.image.Raster;

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

  /** The number of pictures that {@link #best(GrayImage, List, int)} scores. */
  int cost(int moves) {
    return classifier instanceof DifferentiableClassifier ? Math.min(moves, candidates) : moves;
  }

  /** A move, and the logit of not-cat that the picture has after it. */
  record Scored(Move move, float logit) {}

  /**
   * The best move; among ties, the first.
   *
   * @param goal below 0 to lower the logit (towards cat), above 0 to raise it
   */
  Scored best(GrayImage picture, List<Move> moves, int goal) {
    return scored(picture, promising(picture, moves, candidates, goal, moves), goal).get(0);
  }

  /**
   * The best moves, each considered alone, best first: ranked by the gradient if it is known and
   * there are more moves than candidates, otherwise by their scores.
   */
  List<Move> best(GrayImage picture, List<Move> moves, int take, int goal) {
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
      GrayImage picture, List<Move> moves, int most, int goal, List<Move> otherwise) {
    if (moves.size() <= candidates
        || !(classifier instanceof DifferentiableClassifier differentiable)) {
      return otherwise;
    }
    float[] gradient = differentiable.inputGradients(List.of(picture)).get(0);
    double[] gain = new double[moves.size()];
    for (int i = 0; i < gain.length; i++) {
      Move move = moves.get(i);
      gain[i] = goal * (double) gradient[move.pixel()] * (move.gray() - picture.at(move.pixel()));
    }
    return largest(gain, most).stream().map(moves::get).toList();
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

  private List<Scored> scored(GrayImage picture, List<Move> moves, int goal) {
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

  /** The change of one pixel to another gray. */
  record Move(int pixel, float gray) {
    Raster on(Raster picture) {
      Canvas canvas = picture.canvas();
      return Patch.pixel(canvas.x(pixel), canvas.y(pixel), gray).on(picture);
    }
  }
}
