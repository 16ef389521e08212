package org.whisker.saliency.method;

import java.util.List;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Raster;
import org.whisker.saliency.MethodInput;
import org.whisker.saliency.NoiseOptions;

/**
 * The noise under which a picture stays of its class, where that was asked for.
 *
 * @param noise that is used
 * @param pCat mean p(cat) of the noisy copies
 */
record KeptClass(NoiseOptions noise, double pCat) {
  static KeptClass of(MethodInput input, NoiseOptions asked) {
    DifferentiableClassifier classifier = input.differentiable();
    Raster picture = input.picture();
    boolean cat = classifier.logits(List.of(picture))[0] < 0;
    NoiseOptions used = asked;
    double p = NoisyGradients.meanCat(classifier, picture, used, input.batch());
    while (p > 0.5 != cat && used.canBeHalved()) {
      used = used.halved();
      p = NoisyGradients.meanCat(classifier, picture, used, input.batch());
    }
    return new KeptClass(used, p);
  }
}
