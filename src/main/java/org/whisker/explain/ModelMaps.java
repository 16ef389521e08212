package org.whisker.explain;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.BlackPixels;
import org.whisker.position.DensityProfile;
import org.whisker.position.PositionHeatmap;
import org.whisker.position.ProbeMap;
import org.whisker.position.ProbeProfile;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyProfile;
import org.whisker.saliency.method.InputGradient;

/**
 * What is mapped over the canvas of a model, and the same from the border inwards.
 *
 * @param heatmap where black pixels of the evolved images lie
 * @param density by edge rank, 1 is chance; empty when no image has a black pixel
 * @param probe Δlogit of not-cat of one black pixel at every place on white
 * @param gradient of that logit by the gray values, at white
 */
public record ModelMaps(
    String model,
    PositionHeatmap heatmap,
    Optional<DensityProfile> density,
    ProbeMap probe,
    ProbeProfile probeProfile,
    SaliencyMap gradient,
    SaliencyProfile gradientProfile) {
  private static final int PARTS = 10;

  /**
   * Measures them.
   *
   * @param images final images, one a run
   * @param probe of white
   * @param lambda price of a black pixel, in nats
   */
  public static ModelMaps of(
      String model,
      DifferentiableClassifier classifier,
      List<BlackPixels> images,
      ProbeMap probe,
      double lambda,
      long seed) {
    BlackPixels white = BlackPixels.none(classifier.canvas());
    SaliencyMap gradient = InputGradient.of(classifier, List.of(white), 1).get(0);
    PositionHeatmap heatmap =
        PositionHeatmap.of(images, PositionHeatmap.usualBandwidth(classifier.canvas()));
    return new ModelMaps(
        model,
        heatmap,
        heatmap.density().isEmpty()
            ? Optional.empty()
            : Optional.of(DensityProfile.of(images, PARTS, random(seed, model, "density"))),
        probe,
        ProbeProfile.of(probe, PARTS, lambda, random(seed, model, "probe")),
        gradient,
        SaliencyProfile.of(gradient, PARTS));
  }

  private static RandomGenerator random(long seed, String model, String purpose) {
    return SplitMix64.stream(seed, "explain " + model + " " + purpose, 0);
  }
}
