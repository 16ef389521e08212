package org.whisker.explain;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.Observation;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.explain.ComparisonTables.ModelRow;
import org.whisker.image.BlackPixels;
import org.whisker.position.ConditionMaps.PositionHeatmap;
import org.whisker.position.DensityProfile;
import org.whisker.position.ProbeMap;
import org.whisker.position.ProbeProfile;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.RadialProfile.SaliencyProfile;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.method.InputGradient;

/**
 * The data of one model in a comparison of models.
 *
 * @param control its control runs, from the same seeds as those of the other models
 * @param foveation correlation of its pixels with path counts; empty if its layers are not known
 */
public record ComparedModel(
    ModelRow facts, ArmRuns control, ModelMaps maps, Optional<Observation> foveation) {
  public String name() {
    return facts.model();
  }

  /**
   * The maps of a model over its canvas, and their profiles by edge rank.
   *
   * @param heatmap heatmap of the black pixels of the evolved images
   * @param density density by edge rank, 1 is chance; empty if no image has a black pixel
   * @param probe Δlogit against the target of one black pixel at every position on white
   * @param gradient gradient of that logit with respect to the gray values, at white
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
     * Computes the maps.
     *
     * @param images final images, one per run
     * @param probe probe map of white
     * @param lambda λ, in nats per black pixel
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
}
