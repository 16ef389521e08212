package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.whisker.ablation.ModelVariant.Retrained;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.feature.train.RetrainingData.RetrainingPhotos;
import org.whisker.feature.train.RetrainingData.RetrainingPlan;
import org.whisker.feature.train.TrainingRecipe;
import org.whisker.feature.train.TrainingTarget;

/**
 * The networks that were trained anew for a model, a folder each.
 *
 * @param folder the folder of all of them, a model store; relative until {@link #in} says to what
 */
public record RetrainedNetworks(ModelRetraining retraining, Path folder) {
  /** The networks of a model, in any output folder. */
  public static RetrainedNetworks of(String model, ModelRetraining retraining) {
    return new RetrainedNetworks(retraining, Path.of("trained", model));
  }

  /**
   * The networks that can be trained for a model; empty without photos, and when it can't be
   * trained again so.
   */
  public static Optional<RetrainedNetworks> of(
      ModelCard card, Optional<RetrainingPhotos> photos, RetrainingPlan options) {
    return photos
        .filter(p -> TrainingRecipe.refusal(card, options.fromModel()).isEmpty())
        .map(p -> of(card.name(), ModelRetraining.of(card, p, options)));
  }

  /** The same networks in an output folder. */
  RetrainedNetworks in(Path out) {
    return new RetrainedNetworks(retraining, out.resolve(folder));
  }

  /** Finds the card of a network whose training has ended; empty when it has not. */
  Optional<ModelCard> find(Retrained network) throws IOException {
    ModelStore store = new ModelStore(folder);
    if (!store.contains(network.network())) {
      return Optional.empty();
    }
    ModelCard card = store.card(network.network());
    if (!retraining.recipe(network).made(card)) {
      throw new IOException(
          path(network) + " is a network of another training than its name tells; remove it");
    }
    return TrainingTarget.isEnded(path(network)) ? Optional.of(card) : Optional.empty();
  }

  /** The networks of a list that are still to be trained. */
  public List<Retrained> missing(List<Retrained> wanted) throws IOException {
    List<Retrained> missing = new ArrayList<>();
    for (Retrained network : wanted) {
      if (find(network).isEmpty()) {
        missing.add(network);
      }
    }
    return missing;
  }

  /**
   * Opens a network that is whole.
   *
   * @throws IOException when it is not there, or damaged
   */
  StoredModel open(Retrained network) throws IOException {
    return new ModelStore(folder).open(network.network());
  }

  Path path(Retrained network) {
    return folder.resolve(network.network());
  }
}
