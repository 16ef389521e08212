package org.whisker.feature.play;

import java.util.Optional;
import org.whisker.network.Padding;

/**
 * A classifier, as somebody chose it.
 *
 * @param model a name that is {@linkplain PlayModels#offers offered}
 * @param padding another one than that of its training; empty for its own
 */
public record ModelChoice(String model, Optional<Padding> padding) {
  /** As it was trained. */
  public static ModelChoice of(String model) {
    return new ModelChoice(model, Optional.empty());
  }

  @Override
  public String toString() {
    return padding.map(other -> model + " with " + other.label() + " padding").orElse(model);
  }
}
