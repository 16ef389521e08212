package org.whisker.feature.train;

import java.io.IOException;
import java.util.List;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Figures;
import org.whisker.classifier.ModelCard;
import org.whisker.image.BlackPixels;
import org.whisker.job.input.PhotoReading;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.weights.Weights;

/** The figures of new weights on test photos, as they will be run: folded, in float32. */
final class TestFigures {
  private TestFigures() {}

  static Figures of(ModelCard card, Weights weights, PhotoReading test) throws IOException {
    TorchClassifier.Settings run = TorchClassifier.Settings.cpu(Precision.FLOAT32);
    try (Classifier classifier = Classifiers.of(card, weights, run)) {
      float white = classifier.logits(List.of(BlackPixels.none(classifier.canvas())))[0];
      ScoredPhotos scored = ScoredPhotos.of(classifier, test.photos(), run.batch(), done -> {});
      return Figures.of(scored.evaluation(), Classifier.catProbability(white));
    }
  }
}
