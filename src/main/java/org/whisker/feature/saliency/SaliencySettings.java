package org.whisker.feature.saliency;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.image.Raster;
import org.whisker.image.Tones;
import org.whisker.network.FeatureShape;
import org.whisker.saliency.Fill;
import org.whisker.saliency.MethodSettings;
import org.whisker.saliency.NoiseOptions;
import org.whisker.saliency.QuadratureSteps;
import org.whisker.saliency.RiseOptions;
import org.whisker.saliency.ShapleyOptions;
import org.whisker.saliency.Upsampling;

/** What methods are set to for any picture; what depends on the picture is still open. */
record SaliencySettings(
    ReferenceGray baseline,
    int steps,
    String layer,
    Upsampling upsampling,
    int noisyCopies,
    OptionalDouble noise,
    int masks,
    int orders,
    OcclusionWindows occlusion,
    long seed) {
  /** A map of fewer places is a few squares. */
  private static final int PLACES = 6;

  private static final double SIGMA = 0.15;
  private static final int CELLS = 7;

  /** For one picture. */
  MethodSettings of(Raster picture, Tones tones) {
    float background = tones.background();
    Fill fill = occlusion.fill().fill(picture, background);
    return new MethodSettings(
        baseline.baseline(picture, background),
        QuadratureSteps.from(steps),
        noiseOptions(),
        layer,
        upsampling,
        occlusion.options(picture, background),
        occlusion.verified(),
        seed,
        new RiseOptions(masks, CELLS, 0.5, fill, seed),
        new ShapleyOptions(orders, seed));
  }

  private NoiseOptions noiseOptions() {
    return noise.isPresent()
        ? new NoiseOptions(noisyCopies, noise.getAsDouble(), seed)
        : new NoiseOptions(noisyCopies, SIGMA, seed).keepingClass();
  }

  /** The last stage with enough places; if none has, the last of those with most. */
  static String usualLayer(FeatureClassifier classifier) {
    List<String> stages = classifier.stages();
    String best = stages.get(stages.size() - 1);
    int most = 0;
    for (int i = stages.size() - 1; i >= 0; i--) {
      FeatureShape shape = classifier.shape(stages.get(i));
      int side = Math.min(shape.width(), shape.height());
      if (side >= PLACES) {
        return stages.get(i);
      }
      if (side > most) {
        most = side;
        best = stages.get(i);
      }
    }
    return best;
  }
}
