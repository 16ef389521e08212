package org.whisker.cli;

import java.io.IOException;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import picocli.CommandLine.Option;

/** Which classifier. */
final class ModelOption {
  @Option(
      names = "--model",
      required = true,
      paramLabel = "NAME",
      description = "The classifier: the name of a folder in models/, or the path of one.")
  private String model = "";

  /** What was asked for: a name or a path. */
  String name() {
    return model;
  }

  /**
   * The model, its weights checked against its card.
   *
   * @throws UsageException when the name can't be that of a model
   * @throws IOException when there is no such model, or it is damaged
   */
  StoredModel open(WhiskerHome home) throws IOException {
    return open(new ModelStore(home.models()), model);
  }

  /** The model of that name or path, as {@link #open(WhiskerHome)}. */
  static StoredModel open(ModelStore store, String model) throws IOException {
    try {
      return store.open(model);
    } catch (IllegalArgumentException e) {
      throw new UsageException("model " + model + ": " + e.getMessage());
    }
  }
}
