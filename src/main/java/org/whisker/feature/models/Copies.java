package org.whisker.feature.models;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.SideBySide;
import org.whisker.classifier.StoredModel;
import org.whisker.job.Workers;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.natives.OperatorThreads;

/** Copies of a network that score side by side, as workers of a search do. */
final class Copies {
  private Copies() {}

  /**
   * Opens copies and scores once by them, so that their threads have begun, and keep the workers'
   * number of threads in each operator.
   */
  static SideBySide open(
      StoredModel model, TorchClassifier.Settings settings, Workers workers, int count)
      throws IOException {
    OperatorThreads.Scope threads = workers.threads();
    try (threads) {
      SideBySide copies = new SideBySide(networks(model, settings, count));
      try {
        copies.logits(SpeedComparison.pictures(copies.canvas(), settings.batch()));
        return copies;
      } catch (RuntimeException | Error e) {
        copies.close();
        throw e;
      }
    }
  }

  private static List<Classifier> networks(
      StoredModel model, TorchClassifier.Settings settings, int count) throws IOException {
    List<Classifier> opened = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        opened.add(Classifiers.openAny(model, settings));
      }
      return opened;
    } catch (IOException | RuntimeException | Error e) {
      opened.forEach(Classifier::close);
      throw e;
    }
  }
}
