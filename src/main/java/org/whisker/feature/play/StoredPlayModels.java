package org.whisker.feature.play;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.image.Canvas;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.Models;
import org.whisker.job.Workers;
import org.whisker.network.Padding;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;

/** Models on disk, of which only those can be opened that were named at the start. */
public final class StoredPlayModels implements PlayModels {
  private final ModelStore store;
  private final TorchClassifier.Settings run;
  private final Map<String, ModelOffer> offers = new LinkedHashMap<>();
  private final Map<String, String> places = new LinkedHashMap<>();

  /**
   * Offers these.
   *
   * @param names names or paths of models; a path is offered by the name on its card
   * @throws InvalidRequestException when a name can't be that of a model
   * @throws IOException when there is no such model
   */
  public StoredPlayModels(ModelStore store, List<String> names, TorchClassifier.Settings run)
      throws IOException {
    this.store = store;
    this.run = run;
    for (String name : names) {
      ModelCard card = card(store, name);
      Canvas canvas = new Canvas(card.input().width(), card.input().height());
      Optional<Padding> padding = Optional.ofNullable(card.padding());
      offers.put(card.name(), new ModelOffer(card.name(), canvas, padding));
      places.put(card.name(), name);
    }
  }

  private static ModelCard card(ModelStore store, String name) throws IOException {
    try {
      return store.card(name);
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException("model " + name + ": " + e.getMessage());
    }
  }

  @Override
  public List<ModelOffer> offers() {
    return new ArrayList<>(offers.values());
  }

  @Override
  public Workers workers(ModelChoice choice) throws IOException {
    return Workers.of(List.of(stored(offer(choice.model()))), run.device());
  }

  private StoredModel stored(ModelOffer offer) throws IOException {
    return Models.open(store, places.getOrDefault(offer.name(), offer.name()));
  }

  @Override
  public DifferentiableClassifier open(ModelChoice choice) throws IOException {
    ModelOffer offer = offer(choice.model());
    StoredModel model = stored(offer);
    if (choice.padding().equals(offer.padding()) || choice.padding().isEmpty()) {
      return Classifiers.openAny(model, run);
    }
    InvalidRequestException.refuse(
        offer.padding().isEmpty(),
        "the layers of " + offer.name() + " are unknown, so its padding can't be changed");
    Padding padding = choice.padding().orElseThrow();
    return Classifiers.openAny(
        InvalidRequestException.check(() -> model.withPadding(padding)), run);
  }
}
