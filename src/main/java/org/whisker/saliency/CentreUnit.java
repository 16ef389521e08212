package org.whisker.saliency;

import java.util.List;
import org.whisker.classifier.FeatureClassifier.UnitGradients;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.network.Network.FeatureShape;
import org.whisker.random.SplitMix64;

/**
 * The unit in the middle of a layer's grid ({@code row = height / 2}, {@code column = width / 2}),
 * with weights for its channels.
 */
public final class CentreUnit implements UnitGradient {
  private final UnitGradients classifier;
  private final String layer;
  private final FeatureShape shape;
  private final float[] weights;

  private CentreUnit(UnitGradients classifier, String layer) {
    this.classifier = classifier;
    this.layer = layer;
    this.shape = classifier.shape(layer);
    this.weights = new float[shape.channels()];
  }

  /**
   * The sum over channels with seeded random signs, so that correlated channels do not dominate.
   *
   * @throws IllegalArgumentException for an unknown layer
   */
  public static CentreUnit randomSigns(UnitGradients classifier, String layer, long seed) {
    CentreUnit unit = new CentreUnit(classifier, layer);
    SplitMix64 random = SplitMix64.stream(seed, "channel signs", 0);
    for (int c = 0; c < unit.weights.length; c++) {
      unit.weights[c] = random.nextBoolean() ? 1 : -1;
    }
    return unit;
  }

  @Override
  public Canvas canvas() {
    return classifier.canvas();
  }

  @Override
  public List<float[]> ofCentre(List<? extends Raster> pictures) {
    return classifier.unitGradients(
        layer, shape.height() / 2, shape.width() / 2, weights, pictures);
  }
}
