package org.whisker.study.evolve;

import java.io.IOException;
import java.util.Optional;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.StoredModel;
import org.whisker.evolution.LogitSource;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;
import org.whisker.torch.Classifiers;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/** The classifier that a search goes by, and a float32 one for what it reports. */
final class SearchClassifiers implements AutoCloseable {
  private final DifferentiableClassifier search;
  private final Optional<DifferentiableClassifier> exact;

  private SearchClassifiers(
      DifferentiableClassifier search, Optional<DifferentiableClassifier> exact) {
    this.search = search;
    this.exact = exact;
  }

  static SearchClassifiers open(StoredModel model, TorchClassifier.Settings settings)
      throws IOException {
    DifferentiableClassifier search = Classifiers.openAny(model, settings);
    if (settings.precision() == Precision.FLOAT32) {
      return new SearchClassifiers(search, Optional.empty());
    }
    try {
      TorchClassifier.Settings float32 =
          new TorchClassifier.Settings(Precision.FLOAT32, settings.device(), settings.batch());
      return new SearchClassifiers(search, Optional.of(Classifiers.openAny(model, float32)));
    } catch (IOException | RuntimeException e) {
      search.close();
      throw e;
    }
  }

  Canvas canvas() {
    return search.canvas();
  }

  /** Logits of pictures in these tones, at most {@code batch} a call. */
  LogitSource source(int batch, Tones tones) {
    LogitSource quick = LogitSource.of(search, batch, tones);
    return exact.map(e -> quick.reporting(LogitSource.of(e, batch, tones))).orElse(quick);
  }

  @Override
  public void close() {
    exact.ifPresent(DifferentiableClassifier::close);
    search.close();
  }
}
