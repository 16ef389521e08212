package org.whisker.ablation.move;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.EdgeRank;
import org.whisker.random.SplitMix64;

/**
 * Hypothesis {@code location-tied}: the evidence of evolved images when the pattern is kept and its
 * position changed.
 *
 * @param moves the moves, the same for every image
 * @param emptyLogit logit of not-cat of the empty canvas
 * @param logits logits of not-cat of the original images
 * @param moved one list per image with one entry per move
 */
public record MovedPatterns(
    List<PatternMove> moves, double emptyLogit, List<Double> logits, List<List<Moved>> moved) {
  /**
   * An image after a move.
   *
   * @param pixels number of remaining pixels
   * @param edgeIndex the edge index of the remaining pixels; empty if there are none
   * @param logit the logit of not-cat
   */
  public record Moved(int pixels, OptionalDouble edgeIndex, double logit) {}

  public MovedPatterns {
    moves = List.copyOf(moves);
    logits = List.copyOf(logits);
    moved = moved.stream().map(List::copyOf).toList();
    if (logits.size() != moved.size()) {
      throw new IllegalArgumentException(
          logits.size() + " images, " + moved.size() + " of them moved");
    }
  }

  /**
   * Applies the moves and scores the images.
   *
   * @param images on the classifier's canvas
   * @param batch images per batch, at least 1
   * @param seed the seed of the random moves
   * @param progress receives the number of moved images scored
   * @throws CancellationException when stopped
   */
  public static MovedPatterns of(
      Classifier classifier,
      List<BlackPixels> images,
      List<PatternMove> moves,
      int batch,
      long seed,
      LongConsumer progress,
      BooleanSupplier stopped) {
    EdgeRank rank = new EdgeRank(classifier.canvas());
    List<Double> logits = new ArrayList<>();
    List<List<Moved>> moved = new ArrayList<>();
    for (int i = 0; i < images.size(); i++) {
      BlackPixels image = images.get(i);
      SplitMix64 random = SplitMix64.stream(seed, "moved pattern", i);
      List<BlackPixels> all = moves.stream().map(move -> move.of(image, random)).toList();
      double[] scores = scores(classifier, all, batch, stopped);
      List<Moved> row = new ArrayList<>();
      for (int m = 0; m < scores.length; m++) {
        row.add(new Moved(all.get(m).count(), rank.edgeIndex(all.get(m)), scores[m]));
      }
      moved.add(row);
      logits.add((double) classifier.logits(List.of(image))[0]);
      progress.accept((i + 1L) * moves.size());
    }
    double empty = classifier.logits(List.of(BlackPixels.none(classifier.canvas())))[0];
    return new MovedPatterns(moves, empty, logits, moved);
  }

  private static double[] scores(
      Classifier classifier, List<BlackPixels> pictures, int batch, BooleanSupplier stopped) {
    double[] scores = new double[pictures.size()];
    for (int from = 0; from < scores.length; from += batch) {
      if (stopped.getAsBoolean()) {
        throw new CancellationException("stopped while moving patterns");
      }
      int to = Math.min(scores.length, from + batch);
      float[] part = classifier.logits(pictures.subList(from, to));
      for (int i = 0; i < part.length; i++) {
        scores[from + i] = part[i];
      }
    }
    return scores;
  }

  /** The number of images. */
  public int images() {
    return logits.size();
  }

  /** Logit of not-cat after a move minus before; above 0 is away from cat. */
  public double delta(int image, int move) {
    return moved.get(image).get(move).logit() - logits.get(image);
  }

  /**
   * Δlogit of each image, averaged over all moves of a kind.
   *
   * @throws IllegalArgumentException if there is no move of this kind
   */
  public double[] deltas(String kind) {
    List<Integer> all =
        MoveCurve.steps(this, kind).values().stream().flatMap(List::stream).toList();
    if (all.isEmpty()) {
      throw new IllegalArgumentException("no move is a " + kind);
    }
    return MoveCurve.deltas(this, all);
  }

  /** The evidence of an image for cat: the logit of the empty canvas minus that of the image. */
  public double gain(int image) {
    return emptyLogit - logits.get(image);
  }
}
