package org.whisker.job;

import java.io.IOException;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.torch.TorchClassifier;
import org.whisker.value.IoFunction;

/**
 * Which classifier a job scores with.
 *
 * @param name the name of a folder in {@code models/}, or the path of one
 * @param running on which device, and in which precision
 */
public record ModelConfig(@SharedOptions.Model String name, DeviceConfig running) {

  public TorchClassifier.Settings settings(int batch) {
    return running.settings(batch);
  }

  /**
   * The model, its weights checked against its card.
   *
   * @throws InvalidRequestException when the name can't be that of a model
   * @throws IOException when there is no such model, or it is damaged
   */
  public StoredModel open(WhiskerHome home) throws IOException {
    return Models.open(new ModelStore(home.models()), name);
  }

  /** Opens models by what a user calls them. */
  public static final class Models {
    private Models() {}

    /**
     * The model of that name or path, its weights checked against its card.
     *
     * @throws InvalidRequestException when the name can't be that of a model
     * @throws IOException when there is no such model, or it is damaged
     */
    public static StoredModel open(ModelStore store, String model) throws IOException {
      return named(model, store::open);
    }

    /**
     * The card of the model of that name or path, whose weights are not read.
     *
     * @throws InvalidRequestException when the name can't be that of a model
     * @throws IOException when there is no such model, or its card is damaged
     */
    public static ModelCard card(ModelStore store, String model) throws IOException {
      return named(model, store::card);
    }

    private static <T> T named(String model, IoFunction<String, T> given) throws IOException {
      try {
        return given.apply(model);
      } catch (IllegalArgumentException e) {
        throw new InvalidRequestException("model " + model + ": " + e.getMessage());
      }
    }
  }
}
