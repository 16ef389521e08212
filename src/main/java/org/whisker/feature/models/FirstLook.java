package org.whisker.feature.models;

import java.io.IOException;
import java.util.List;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.classifier.ModelCard;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;
import org.whisker.torch.Classifiers;
import org.whisker.torch.ModuleCheck;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.weights.Weights;

/** What a new model makes of white and of a photo, before it is saved. */
record FirstLook(ImportRequest request) {
  /** One picture a pass: a large network needs little more memory than its weights. */
  List<ImportResult.Seen> at(ModelCard card, Weights weights, Raster photo) throws IOException {
    var run = new TorchClassifier.Settings(Precision.FLOAT32, request.device(), 1);
    try (TorchClassifier classifier = Classifiers.of(card, weights, run)) {
      Raster white = BlackPixels.none(classifier.canvas());
      return List.of(
          seen("white", classifier, card, white),
          seen(TestPicture.name(request.photo()), classifier, card, photo));
    }
  }

  private static ImportResult.Seen seen(
      String picture, FeatureClassifier classifier, ModelCard card, Raster raster)
      throws IOException {
    float logit = classifier.logits(List.of(raster))[0];
    if (!Float.isFinite(logit)) {
      throw new IOException(
          "these weights give a logit of %s for %s; check --mean and --std"
              .formatted(logit, picture));
    }
    return new ImportResult.Seen(picture, outputs(classifier, card, raster, logit), logit);
  }

  private static String outputs(
      FeatureClassifier classifier, ModelCard card, Raster raster, float logit) {
    if (card.output().isNotCatLogit()) {
      return ModuleCheck.highest(logit);
    }
    List<String> layers = classifier.layers();
    FeatureClassifier.Features head =
        classifier.features(layers.get(layers.size() - 2), List.of(raster)).get(0);
    double[] outputs = new double[card.output().size()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = head.activation(i, 0, 0);
    }
    return ModuleCheck.highest(outputs);
  }
}
