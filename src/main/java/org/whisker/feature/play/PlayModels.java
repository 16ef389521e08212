package org.whisker.feature.play;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Canvas;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.Workers;
import org.whisker.network.Window.Padding;

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

  /**
   * A classifier that can be chosen.
   *
   * @param name by which it is chosen
   * @param padding of its training; empty where its layers are unknown, so that no other can be
   *     chosen
   */
  record ModelOffer(String name, Canvas canvas, Optional<Padding> padding) {}

  /**
   * A classifier, as somebody chose it.
   *
   * @param model a name that is {@linkplain PlayModels#offers offered}
   * @param padding another one than that of its training; empty for its own
   */
  record ModelChoice(String model, Optional<Padding> padding) {
    /** As it was trained. */
    public static ModelChoice of(String model) {
      return new ModelChoice(model, Optional.empty());
    }

    @Override
    public String toString() {
      return padding.map(other -> model + " with " + other.label() + " padding").orElse(model);
    }
  }
}
