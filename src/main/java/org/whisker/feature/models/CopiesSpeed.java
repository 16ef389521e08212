package org.whisker.feature.models;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.SideBySide;
import org.whisker.classifier.StoredModel;
import org.whisker.image.Raster;
import org.whisker.job.Workers;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import org.whisker.torch.natives.OperatorThreads;

/**
 * Copies of a network that score a batch side by side, one thread in each operator, as {@code
 * evolve} has them, against one whose operators share the threads.
 */
final class CopiesSpeed {
  private static final int BLOCKS = 6;

  private CopiesSpeed() {}

  /**
   * Measures both in turn, on the same pictures.
   *
   * @param one of the network, in these settings
   * @param seconds in all
   * @return empty where searches have no copies of it
   */
  static Optional<PairedRates> measure(
      StoredModel model,
      TorchClassifier.Settings settings,
      Classifier one,
      List<Raster> pictures,
      double seconds,
      LongSupplier nanoTime)
      throws IOException {
    Workers workers = Workers.of(List.of(model), settings.device());
    if (workers.count() == 1) {
      return Optional.empty();
    }
    try (SideBySide copies = opened(model, settings, workers, pictures)) {
      return Optional.of(
          TurnTaking.measure(
              () -> one.logits(pictures).length,
              () -> copies.logits(pictures).length,
              BLOCKS,
              seconds / BLOCKS / 2,
              nanoTime));
    }
  }

  /** Their threads have begun, and keep one in each operator. */
  private static SideBySide opened(
      StoredModel model, TorchClassifier.Settings settings, Workers workers, List<Raster> pictures)
      throws IOException {
    OperatorThreads.Scope threads = workers.threads();
    try (threads) {
      SideBySide copies = new SideBySide(networks(model, settings, workers.count()));
      try {
        copies.logits(pictures);
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
