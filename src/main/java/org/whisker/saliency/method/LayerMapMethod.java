package org.whisker.saliency.method;

import java.util.List;
import java.util.Optional;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.network.Network.FeatureShape;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.BatchedGradients.BatchedFeatures;
import org.whisker.saliency.CamOptions;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.SaliencyMethod;
import org.whisker.saliency.SaliencyMethod.MethodInput;

/** A map on the grid of a layer, brought to the picture's size. */
sealed interface LayerMapMethod extends SaliencyMethod
    permits LayerGradientTimesActivation, LayerConductance, ScoreCam, EigenCam {
  /** Which layer, and how its grid becomes a map. */
  CamOptions cam();

  /** The values on the grid, row-major; empty when stopped. */
  Optional<double[]> grid(MethodInput input);

  @Override
  default Optional<Attribution> explain(MethodInput input) {
    Inputs.checkSize(input.classifier(), input.picture().canvas());
    FeatureShape shape = input.features().shape(cam().layer());
    Canvas grid = new Canvas(shape.width(), shape.height());
    return grid(input)
        .map(values -> method().map(grid, values))
        .map(
            map ->
                new Attribution.Builder(
                        method(), cam().upsampling().apply(map, input.classifier().canvas()))
                    .with("grid", map)
                    .build());
  }

  /** The feature maps of the layer for a picture. */
  default Features features(MethodInput input, Raster picture) {
    Features[] found = new Features[1];
    BatchedFeatures.of(input.features(), cam().layer(), List.of(picture), 1, f -> found[0] = f);
    return found[0];
  }

  /** A value of each channel and position, summed over the channels. */
  static double[] sum(FeatureShape shape, Value value) {
    double[] sum = new double[shape.height() * shape.width()];
    for (int c = 0; c < shape.channels(); c++) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += value.at(c, i / shape.width(), i % shape.width());
      }
    }
    return sum;
  }

  /** A value for a channel and position of the layer. */
  @FunctionalInterface
  interface Value {
    double at(int channel, int y, int x);
  }
}
