package org.whisker.saliency.method;

import java.util.List;
import java.util.Optional;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.image.Raster;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.BatchedMethod;
import org.whisker.saliency.CamOptions;
import org.whisker.saliency.MethodInput;
import org.whisker.saliency.SaliencyMap;

/** A layer's feature maps added up, each with a weight: what these methods differ in. */
sealed interface ActivationMapMethod extends BatchedMethod<FeatureClassifier>
    permits GradCam, GradCamPlusPlus {
  /** Which layer, for which target, and how its grid becomes a map. */
  CamOptions cam();

  /** The weight of a channel of the layer. */
  double weight(Features features, int channel);

  @Override
  default Optional<Attribution> explain(MethodInput input) {
    SaliencyMap grid = grids(input.features(), List.of(input.picture()), input.batch()).get(0);
    SaliencyMap map = cam().upsampling().apply(grid, input.classifier().canvas());
    return Optional.of(new Attribution.Builder(method(), map).with("grid", grid).build());
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
}
