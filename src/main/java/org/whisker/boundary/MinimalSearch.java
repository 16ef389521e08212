package org.whisker.boundary;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.FloatingMinimizer;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.Minimizer;
import org.whisker.evolution.TargetClass;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Region;
import org.whisker.image.Tones;
import org.whisker.random.SplitMix64;

/**
 * Looks for a small set of black pixels that reaches a given p(cat), from a given start. A start
 * that does not reach it is changed pixel by pixel until it does (see {@link GreedyFlips}); then
 * pixels are removed and added by a floating search ({@link FloatingMinimizer}). The result is
 * 1-minimal; its size is an upper bound of the minimum.
 *
 * @param maxFlips number of changes to the start at which the search gives up, at least 1
 * @param candidates largest number of flips scored per step of that, at least 1
 * @param evaluations largest number of sets scored in the floating search, besides the removals at
 *     its beginning and end; 0 only removes
 * @param batch pictures per call, at least 1
 */
public record MinimalSearch(int maxFlips, int candidates, long evaluations, int batch) {
  public MinimalSearch {
    if (maxFlips < 1 || candidates < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "flips, candidates and batch are at least 1, were %d, %d and %d"
              .formatted(maxFlips, candidates, batch));
    }
    if (evaluations < 0) {
      throw new IllegalArgumentException("evaluations are at least 0, were " + evaluations);
    }
  }

  /**
   * A random start: this share of the pixels is black, all sets of that size being equally likely.
   *
   * @param density above 0 and below 1
   */
  public static BlackPixels dense(Canvas canvas, double density, long seed, int draw) {
    if (!(density > 0 && density < 1)) {
      throw new IllegalArgumentException("a density is above 0 and below 1, was " + density);
    }
    int count = (int) Math.max(1, Math.round(density * canvas.pixels()));
    int[] order =
        PixelOrders.shuffled(canvas.pixels(), SplitMix64.stream(seed, "dense start", draw));
    return BlackPixels.of(canvas, Arrays.copyOf(order, count));
  }

  /**
   * Searches from one start; empty when stopped before the end.
   *
   * @param target the p(cat) to reach, above 0 and below 1
   * @param tones the grays that the set is painted in
   * @param progress receives the number of remaining pixels from time to time
   * @param stopped polled from time to time
   * @throws IllegalArgumentException if a logit is not finite
   */
  public Optional<MinimalSet> from(
      Classifier classifier,
      BlackPixels start,
      Tones tones,
      double target,
      IntConsumer progress,
      BooleanSupplier stopped) {
    LogitSource source = LogitSource.of(classifier, batch, tones);
    GrayImage picture = GrayImage.of(tones.painted(start));
    float logit = Grays.finite(classifier, classifier.logits(List.of(picture))[0]);
    GreedyFlips.Trail grown = grown(classifier, start, tones, picture, logit, target, stopped);
    if (stopped.getAsBoolean()) {
      return Optional.empty();
    }
    long scored = 1 + grown.scored();
    if (!grown.reached()) {
      return Optional.of(
          new MinimalSet(
              start.count(), logit, target, grown.flips().size(), scored, Optional.empty()));
    }
    BlackPixels reaching = FlipLogits.flipped(start, grown.pixels(start.canvas()));
    progress.accept(reaching.count());
    Minimizer.Result least =
        new FloatingMinimizer(source, TargetClass.CAT, target, evaluations)
            .minimize(reaching, Region.everywhere(start.canvas()), progress, stopped);
    if (stopped.getAsBoolean()) {
      return Optional.empty();
    }
    Removals proof = Removals.of(source, least.image(), TargetClass.CAT, target);
    scored += least.evaluations() + 1 + least.image().count();
    return Optional.of(
        new MinimalSet(
            start.count(), logit, target, grown.flips().size(), scored, Optional.of(proof)));
  }

  private GreedyFlips.Trail grown(
      Classifier classifier,
      BlackPixels start,
      Tones tones,
      GrayImage picture,
      float logit,
      double target,
      BooleanSupplier stopped) {
    if (Classifier.catProbability(logit) >= target) {
      return new GreedyFlips.Trail(List.of(), true, 0);
    }
    return new GreedyFlips(maxFlips, candidates, batch)
        .from(
            classifier,
            picture,
            GreedyFlips.swaps(start, tones),
            -1,
            now -> Classifier.catProbability(now) >= target,
            stopped);
  }
}
