package org.whisker.job;

import java.io.IOException;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;

/** Opens models by what a user calls them. */
public final class Models {
  private Models() {}

  /** Opens models; one that keeps them open has them once. */
  @FunctionalInterface
  public interface Opener {
    /** As {@link Models#open} does. */
    StoredModel open(String model) throws IOException;
  }

  /**
   * The model of that name or path, its weights checked against its card.
   *
   * @throws InvalidRequestException when the name can't be that of a model
   * @throws IOException when there is no such model, or it is damaged
   */
  public static StoredModel open(ModelStore store, String model) throws IOException {
    try {
      return store.open(model);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException("model " + model + ": " + e.getMessage());
    }
  }
}
