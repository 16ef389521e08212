package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.PublishedModel;
import org.whisker.classifier.StoredModel;
import org.whisker.classifier.UnknownLayersException;
import org.whisker.classifier.WeightsFile;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.Models;
import org.whisker.job.WhiskerVersion;
import org.whisker.network.Padding;
import org.whisker.weights.InitialWeights;

/**
 * What can be timed: models, and the published networks at full size, for one gray channel and one
 * logit, with random weights: what they score is of no use, how long it takes is the same.
 */
public final class BenchModels {
  private static final long SEED = 1;
  private static final Preprocessing PREPROCESSING = new Preprocessing(0.456f, 0.26f);

  private BenchModels() {}

  /** The names of all, those on disk first. */
  public static List<String> all(ModelStore store) throws IOException {
    List<String> names = new ArrayList<>();
    for (String name : store.list()) {
      // what bench compares needs the layers
      if (!store.card(name).isModule()) {
        names.add(name);
      }
    }
    PublishedModel.all().stream()
        .map(PublishedModel::label)
        .sorted()
        .filter(n -> !names.contains(n))
        .forEach(names::add);
    return names;
  }

  /**
   * The model of that name or path, or else the published network.
   *
   * @throws InvalidRequestException when there is neither; it lists what there is
   */
  public static StoredModel open(ModelStore store, String name, Clock clock) throws IOException {
    NetworkChoice named = NetworkChoice.of(store, name);
    return named.card().isPresent()
        ? Models.open(store, name)
        : random(PublishedModel.parse(name), clock);
  }

  /** The same, or a TorchScript module. */
  static StoredModel openAny(ModelStore store, String name, Clock clock) throws IOException {
    try {
      return open(store, name, clock);
    } catch (UnknownLayersException e) {
      return Models.open(store, name);
    }
  }

  private static StoredModel random(PublishedModel published, Clock clock) {
    int side = published.side();
    ModelCard card =
        new ModelCard(
            published.label(),
            published.architecture(false),
            new ModelCard.Input(1, side, side),
            PREPROCESSING,
            Output.NOT_CAT_LOGIT,
            Padding.ZERO,
            null,
            null,
            WeightsFile.UNSAVED,
            clock.instant(),
            WhiskerVersion.get());
    return new StoredModel(
        card, Path.of(""), InitialWeights.of(Networks.of(card).parameters(), SEED));
  }
}
