package org.whisker.saliency.faithfulness;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Attributions;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.MethodSettings;
import org.whisker.saliency.OcclusionOptions;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.faithfulness.Infidelity.Perturbation;

/**
 * Faithfulness of a map. Metrics that do not apply are empty: an unsigned map predicts no logit, a
 * map that needs binary images has no max-sensitivity, and an all-zero map has none of them.
 *
 * @param causal deletion and insertion in the order of the map
 * @param order the ranking used
 * @param infidelity the infidelity of the map for occluded squares
 * @param sensitivity max-sensitivity of the map to small changes of the image
 */
public record Faithfulness(
    Optional<DeletionInsertion> causal,
    DeletionInsertion.Order order,
    Optional<Infidelity> infidelity,
    Optional<MaxSensitivity> sensitivity) {

  /**
   * Options of the metrics.
   *
   * @param steps steps of deletion and insertion, at least 1
   * @param randomOrders random orders to compare with, at least 2
   * @param rolls toroidal shifts of the map to compare with, at least 0
   * @param squares occluded squares for infidelity, at least 2
   * @param neighbours samples around the image for max-sensitivity, at least 1
   * @param radius the radius of these samples in gray values, above 0, at most 1
   */
  public record Options(
      int steps,
      int randomOrders,
      int rolls,
      int squares,
      int neighbours,
      double radius,
      long seed) {
    public Options {
      Inputs.atLeast(1, "steps", steps);
      Inputs.atLeast(2, "random orders", randomOrders);
      Inputs.atLeast(0, "rolls", rolls);
      Inputs.atLeast(2, "squares", squares);
      Inputs.atLeast(1, "neighbours", neighbours);
      Inputs.above0("radius", radius);
    }

    /**
     * 16 steps, 39 random orders and 19 toroidal shifts (1,187 images), 200 squares, 5 samples
     * within a radius of 0.02.
     */
    public static Options seeded(long seed) {
      return new Options(16, 39, 19, 200, 5, 0.02, seed);
    }
  }

  /**
   * Evaluates a map.
   *
   * @param of the map of this image, made with these settings
   * @return empty when stopped
   */
  public static Optional<Faithfulness> of(
      Classifier classifier,
      Raster picture,
      Attribution of,
      MethodSettings settings,
      Options options,
      int batch,
      BooleanSupplier stopped) {
    Tests tests = new Tests(classifier, picture, of, settings, options, batch, stopped);
    Faithfulness found =
        new Faithfulness(tests.causal(), tests.order(), tests.infidelity(), tests.sensitivity());
    return stopped.getAsBoolean() ? Optional.empty() : Optional.of(found);
  }

  /** Whether the map predicts changes of the logit. */
  private static boolean predicts(SaliencyMap map) {
    return switch (map.sign()) {
      case WHITE_TOWARDS_NOT_TARGET,
          WHITE_TOWARDS_TARGET,
          CONTENT_TOWARDS_NOT_TARGET,
          CONTENT_TOWARDS_TARGET ->
          true;
      case FEATURES_TOWARDS_NOT_TARGET, FEATURES_TOWARDS_TARGET, MAGNITUDE -> false;
    };
  }

  private record Tests(
      Classifier classifier,
      Raster picture,
      Attribution of,
      MethodSettings settings,
      Options options,
      int batch,
      BooleanSupplier stopped) {
    /** Progress is reported map by map. */
    private static void quiet(int done) {}

    DeletionInsertion.Order order() {
      return predicts(of.map())
          ? DeletionInsertion.Order.TOWARDS_CAT
          : DeletionInsertion.Order.STRONGEST;
    }

    Optional<DeletionInsertion> causal() {
      if (of.map().isZero()) {
        return Optional.empty();
      }
      boolean black = Inputs.blackOnWhite(picture).map(BlackPixels::count).orElse(0) > 0;
      return DeletionInsertion.of(
          classifier,
          picture,
          of.map(),
          new DeletionInsertion.Options(
              options.steps(),
              black,
              settings.occlusion().fill(),
              order(),
              options.randomOrders(),
              options.rolls(),
              options.seed()),
          batch,
          Tests::quiet,
          stopped);
    }

    Optional<Infidelity> infidelity() {
      if (!predicts(of.map())) {
        return Optional.empty();
      }
      Canvas canvas = picture.canvas();
      OcclusionOptions windows = settings.occlusion();
      int window = Math.min(windows.width(), windows.height());
      int side = Math.min(window, Math.min(canvas.width(), canvas.height()));
      return Infidelity.of(
          classifier,
          picture,
          of.map(),
          new Infidelity.Options(
              new Perturbation.Square(side, windows.fill()), options.squares(), options.seed()),
          batch,
          Tests::quiet,
          stopped);
    }

    Optional<MaxSensitivity> sensitivity() {
      if (of.method().need() == Need.BLACK_PIXELS) {
        return Optional.empty();
      }
      // a separate flag, since a map that was stopped is empty and cannot be compared
      Attributions again = new Attributions(classifier, settings, batch, Tests::quiet, () -> false);
      return MaxSensitivity.of(
          near -> again.like(of, near).orElseThrow().map(),
          picture,
          new MaxSensitivity.Options(options.neighbours(), options.radius(), options.seed()),
          Tests::quiet,
          stopped);
    }
  }
}
