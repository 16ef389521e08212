package org.whisker.feature.boundary;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.whisker.boundary.Transfer;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.image.Canvas;
import org.whisker.job.input.PictureGroup;
import org.whisker.network.Padding;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;

/**
 * A model that is to score images, under one padding.
 *
 * @param padding null for the own padding of a TorchScript module, which is not known
 */
record TransferTarget(StoredModel model, @Nullable Padding padding) {

  /** Its own padding, then those of the others that are asked for; a module has but its own. */
  static List<TransferTarget> of(StoredModel model, Set<Padding> paddings) {
    Padding own = model.card().padding();
    List<TransferTarget> targets = new ArrayList<>(List.of(new TransferTarget(model, own)));
    for (Padding padding : paddings) {
      if (own != null && padding != own) {
        targets.add(new TransferTarget(model, padding));
      }
    }
    return targets;
  }

  /** Opens it; empty, and a word why, when its feature maps are too small for the padding. */
  Optional<DifferentiableClassifier> open(TorchClassifier.Settings settings, Consumer<String> note)
      throws IOException {
    try {
      return Optional.of(
          padding == null
              ? Classifiers.openAny(model, settings)
              : Classifiers.open(model, padding, settings));
    } catch (IllegalArgumentException e) {
      note.accept("left out %s padding of %s: %s".formatted(label(), name(), e.getMessage()));
      return Optional.empty();
    }
  }

  Canvas canvas() {
    return new Canvas(model.card().input().width(), model.card().input().height());
  }

  /** What a manifest says of it. */
  Map<String, Object> describe() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name());
    map.put("sha256", model.card().weights().sha256());
    map.put("padding", label());
    map.put("own_padding", padding == model.card().padding());
    return map;
  }

  String name() {
    return model.card().name();
  }

  String label() {
    return padding == null ? model.card().paddingLabel() : padding.label();
  }

  /**
   * What this has to do with the model that images were evolved on, as their manifest tells it.
   *
   * @param store where that model's architecture is looked up
   */
  Transfer.Relation relation(PictureGroup images, ModelStore store) {
    if (!images.evolved()) {
      return Transfer.Relation.NONE;
    }
    JsonNode evolvedOn = images.manifest().orElseThrow().path("model");
    String sha256 = evolvedOn.path("sha256").asText();
    if (sha256.equals(model.card().weights().sha256())) {
      return padding == model.card().padding() ? Transfer.Relation.OWN : Transfer.Relation.PADDING;
    }
    boolean sameKind =
        card(evolvedOn.path("name").asText(), sha256, store)
            .map(card -> !card.isModule() && card.kind().equals(model.card().kind()))
            .orElse(false);
    return sameKind ? Transfer.Relation.FAMILY : Transfer.Relation.OTHER;
  }

  private static Optional<ModelCard> card(String name, String sha256, ModelStore store) {
    try {
      ModelCard card = store.card(name);
      return card.weights().sha256().equals(sha256) ? Optional.of(card) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      // a model that is not here any more: its architecture is unknown
      return Optional.empty();
    }
  }
}
