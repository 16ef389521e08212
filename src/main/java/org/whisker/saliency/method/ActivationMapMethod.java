package org.whisker.saliency.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.network.Network.FeatureShape;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.BatchedGradients;
import org.whisker.saliency.CamOptions;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMethod.BatchedMethod;
import org.whisker.saliency.SaliencyMethod.MethodInput;

/** A layer's feature maps added up, each with a weight: what these methods differ in. */
sealed interface ActivationMapMethod extends BatchedMethod<FeatureClassifier>
    permits GradCam, GradCamPlusPlus, XGradCam {
  /** Which layer, for which target, and how its grid becomes a map. */
  CamOptions cam();

  /** The weight of a channel of the layer. */
  double weight(Features features, int channel);

  @Override
  default String options() {
    return cam().described();
  }

  @Override
  default Optional<Attribution> explain(MethodInput input) {
    SaliencyMap grid = grids(input.features(), List.of(input.picture()), input.batch()).get(0);
    SaliencyMap map = cam().upsampling().apply(grid, input.classifier().canvas());
    return Optional.of(new Attribution.Builder(method(), map).with(Attribution.GRID, grid).build());
  }

  @Override
  default List<SaliencyMap> maps(
      FeatureClassifier classifier, List<? extends Raster> pictures, int batch) {
    return grids(classifier, pictures, batch).stream()
        .map(map -> cam().upsampling().apply(map, classifier.canvas()))
        .toList();
  }

  /** The maps on the layer's own grid. */
  default List<SaliencyMap> grids(
      FeatureClassifier classifier, List<? extends Raster> pictures, int batch) {
    return ActivationMaps.of(method().label(), cam(), this::weight, classifier, pictures, batch);
  }

  /**
   * Weighted sum of a layer's feature maps, with one weight per channel, on the layer's own grid.
   */
  static final class ActivationMaps {
    private ActivationMaps() {}

    /** The weight of a channel of feature maps. */
    interface ChannelWeight {
      double of(Features features, int channel);
    }

    static List<SaliencyMap> of(
        String method,
        CamOptions options,
        ChannelWeight weight,
        FeatureClassifier classifier,
        List<? extends Raster> pictures,
        int batch) {
      options.check(classifier, method);
      List<SaliencyMap> maps = new ArrayList<>(pictures.size());
      BatchedGradients.batchedFeatures(
          classifier,
          options.layer(),
          pictures,
          batch,
          features -> maps.add(map(method, options, weight, features)));
      return maps;
    }

    private static SaliencyMap map(
        String method, CamOptions options, ChannelWeight weight, Features features) {
      FeatureShape shape = features.shape();
      Canvas grid = new Canvas(shape.width(), shape.height());
      double[] sum = new double[grid.pixels()];
      for (int c = 0; c < shape.channels(); c++) {
        double w = weight.of(features, c);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += w * features.activation(c, grid.y(i), grid.x(i));
        }
      }
      float[] values = new float[sum.length];
      for (int i = 0; i < sum.length; i++) {
        values[i] = (float) (options.relu() ? Math.max(sum[i], 0) : sum[i]);
      }
      return new SaliencyMap(grid, values, "logits", method, options.target().sign());
    }
  }
}
