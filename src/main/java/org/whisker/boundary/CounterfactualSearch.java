package org.whisker.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.boundary.Counterfactual.Binarised;
import org.whisker.boundary.GreedyStep.FlipLogits;
import org.whisker.boundary.GreedyStep.GreedyFlips;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.Minimizer;
import org.whisker.evolution.Minimizer.FloatingMinimizer;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Region;
import org.whisker.value.Checks;

/**
 * Looks for the smallest set of flips between a picture's two tones after which a cat is no longer
 * classified as one. Pixels are flipped one by one until the boundary is crossed, as in {@link
 * Margin.MarginSearch}; then flips are undone, and others added that allow more to be undone
 * ({@link FloatingMinimizer} over sets of flips). The remaining set is 1-minimal; its size is an
 * upper bound of the minimum.
 *
 * @param maxFlips number of flips at which the first part gives up, at least 1
 * @param candidates largest number of flips scored per step of the first part, at least 1
 * @param evaluations largest number of pictures scored in the second part, besides the undoing at
 *     its beginning and end; 0 only undoes flips
 * @param batch pictures per call, at least 1
 */
public record CounterfactualSearch(int maxFlips, int candidates, long evaluations, int batch) {
  /** p(target) = ½ still counts as cat. */
  private static final double NO_CAT = Math.nextUp(0.5);

  public CounterfactualSearch {
    GreedyStep.checkLimits(maxFlips, candidates, evaluations, batch);
  }

  /**
   * Searches for one cat; empty when stopped before the end.
   *
   * @param progress receives the number of remaining flips from time to time
   * @param stopped polled from time to time
   * @throws IllegalArgumentException if the picture is not a cat, or a logit is not finite
   */
  public Optional<Counterfactual> of(
      Classifier classifier, Binarised cat, IntConsumer progress, BooleanSupplier stopped) {
    Checks.require(cat.isCat(), "no cat to begin with, its logit is %s", cat.logit());
    GreedyFlips.Trail trail =
        new GreedyFlips(maxFlips, candidates, batch)
            .from(
                classifier,
                PlanarImage.from(cat.tones().painted(cat.image())),
                GreedyFlips.swaps(cat.image(), cat.tones()),
                1,
                now -> !Grays.isCat(now),
                stopped);
    if (stopped.getAsBoolean()) {
      return Optional.empty();
    }
    int made = trail.flips().size();
    if (!trail.reached()) {
      return Optional.of(
          new Counterfactual(cat, made, trail.scored(), Optional.empty(), List.of()));
    }
    progress.accept(made);
    Canvas canvas = cat.image().canvas();
    LogitSource source =
        new FlipLogits(LogitSource.of(classifier, batch, cat.tones()), cat.image());
    Minimizer.Result least =
        new FloatingMinimizer(source, TargetClass.NOT_CAT, NO_CAT, evaluations)
            .minimize(trail.pixels(canvas), Region.everywhere(canvas), progress, stopped);
    if (stopped.getAsBoolean()) {
      return Optional.empty();
    }
    Removals proof = Removals.of(source, least.image(), TargetClass.NOT_CAT, NO_CAT);
    List<Float> alone = alone(source, least.image());
    long scored = trail.scored() + least.evaluations() + 1 + 2L * alone.size();
    return Optional.of(new Counterfactual(cat, made, scored, Optional.of(proof), alone));
  }

  private static List<Float> alone(LogitSource source, BlackPixels flips) {
    Canvas canvas = flips.canvas();
    List<Float> logits = new ArrayList<>();
    List<BlackPixels> single =
        Arrays.stream(flips.indices()).mapToObj(flip -> BlackPixels.of(canvas, flip)).toList();
    for (float logit : source.logits(single)) {
      logits.add(logit);
    }
    return logits;
  }
}
