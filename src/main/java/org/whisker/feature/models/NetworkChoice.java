package org.whisker.feature.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.whisker.classifier.Architecture.Kind;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.job.InvalidRequestException;
import org.whisker.network.InceptionResNetV2;
import org.whisker.network.MobileNetV2;
import org.whisker.network.Network;
import org.whisker.network.Vgg16;

/**
 * A network chosen by name: that of a stored model, or a published one, without weights.
 *
 * @param name the name of the model, or of the architecture
 * @param card the card of the model; empty for a published network
 */
record NetworkChoice(String name, Network network, Optional<ModelCard> card) {
  private static final Map<String, Supplier<Network>> PUBLISHED =
      Map.of(
          Vgg16.NAME,
          () -> Vgg16.of(Vgg16.Options.published()),
          InceptionResNetV2.NAME,
          () -> InceptionResNetV2.of(InceptionResNetV2.Options.published()),
          Kind.MOBILENET_V2.label(),
          () -> mobileNet(MobileNetV2.Variant.TORCHVISION),
          Kind.TF_MOBILENET_V2.label(),
          () -> mobileNet(MobileNetV2.Variant.TENSORFLOW));

  private static Network mobileNet(MobileNetV2.Variant variant) {
    return MobileNetV2.of(MobileNetV2.Options.published(variant));
  }

  /**
   * The model of that name or path, or else the published network.
   *
   * @throws InvalidRequestException for what can't be a name
   * @throws IOException when there is neither, listing what there is, or the model's card is
   *     damaged
   */
  static NetworkChoice of(ModelStore store, String name) throws IOException {
    if (isModel(store, name)) {
      ModelCard card = store.card(name);
      return new NetworkChoice(card.name(), Networks.of(card), Optional.of(card));
    }
    Supplier<Network> published = PUBLISHED.get(name);
    if (published == null) {
      throw new IOException(unknown(name, store.list()));
    }
    return new NetworkChoice(name, published.get(), Optional.empty());
  }

  private static boolean isModel(ModelStore store, String name) {
    boolean path = name.contains("/") || name.contains("\\");
    return path
        ? Files.isDirectory(Path.of(name))
        : InvalidRequestException.check(() -> store.contains(name));
  }

  private static String unknown(String name, List<String> models) {
    String known = models.isEmpty() ? "" : "the models " + String.join(", ", models) + ", and ";
    return "no network '%s'; there are %sthe published %s"
        .formatted(name, known, Kind.all(" and "));
  }
}
