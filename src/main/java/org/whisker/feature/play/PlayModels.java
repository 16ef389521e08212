package org.whisker.feature.play;

import java.io.IOException;
import java.util.List;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.Workers;

/** The classifiers that there are. Thread-safe. */
public interface PlayModels {
  /** What can be chosen; the first is what a page begins with. */
  List<ModelOffer> offers();

  /**
   * Opens one, to be closed by the caller.
   *
   * @throws InvalidRequestException for a model that is not offered, or a padding that it can't
   *     have
   * @throws IOException when it can't be read
   */
  DifferentiableClassifier open(ModelChoice choice) throws IOException;

  /** Who scores by one where as many do as in a search by {@code evolve}. */
  default Workers workers(ModelChoice choice) throws IOException {
    return Workers.single();
  }

  /**
   * The offer of that name.
   *
   * @throws InvalidRequestException where there is none
   */
  default ModelOffer offer(String name) {
    return offers().stream()
        .filter(offer -> offer.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new InvalidRequestException("no model '" + name + "' is offered"));
  }
}
