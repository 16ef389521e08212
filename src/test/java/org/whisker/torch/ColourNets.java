package org.whisker.torch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.StoredModel;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.io.Npy;
import org.whisker.network.Window.Padding;
import org.whisker.weights.DType;
import org.whisker.weights.FormulaWeights;

/** Narrow networks that see colours, on formula weights, for make_embedded.py and its test. */
final class ColourNets {
  static final String VGG = "vgg16-colour";
  static final String INCEPTION = "inception-resnet-v2-colour";

  private static final Map<String, Architecture> ALL =
      Map.of(
          VGG,
          new Architecture(Architecture.Kind.VGG16, 0.125, List.of(), false, 16, 3, 0),
          INCEPTION,
          new Architecture(
              Architecture.Kind.INCEPTION_RESNET_V2, 0.125, List.of(1, 1, 1), true, 0, 1, 0));

  private ColourNets() {}

  static boolean has(String name) {
    return ALL.containsKey(name);
  }

  private static ModelCard card(String name) {
    int side = name.equals(VGG) ? 72 : 96;
    return new ModelCard(
        name,
        ALL.get(name),
        new ModelCard.Input(3, side, side),
        new Preprocessing(List.of(0.485f, 0.456f, 0.406f), List.of(0.229f, 0.224f, 0.225f)),
        Output.NOT_CAT_LOGIT,
        Padding.ZERO,
        null,
        null,
        WeightsFile.UNSAVED,
        Instant.EPOCH,
        "0.1.0");
  }

  private static FormulaWeights weights(ModelCard card) {
    return new FormulaWeights(Networks.of(card).parameters(), FormulaWeights.REFERENCE_SEED);
  }

  static StoredModel save(Path models, String name) throws IOException {
    ModelStore store = new ModelStore(models);
    ModelCard card = card(name);
    store.save(card, weights(card), DType.F32);
    return store.open(name);
  }

  static TorchClassifier open(String name, TorchClassifier.Settings run) throws IOException {
    ModelCard card = card(name);
    return Classifiers.of(card, weights(card), run);
  }

  /** Each value drawn by itself, so that no channel is another's copy. */
  static PlanarImage picture(Canvas canvas) {
    return PlanarImage.of(
        canvas,
        FormulaWeights.input(3, canvas.height(), canvas.width(), FormulaWeights.REFERENCE_SEED));
  }

  /**
   * Writes the models, and {@code picture-SIDE.npy} for each.
   *
   * @param args the folder of the models
   */
  public static void main(String[] args) throws IOException {
    Path models = Path.of(args[0]);
    for (String name : ALL.keySet()) {
      ModelCard card = save(models, name).card();
      Canvas canvas = new Canvas(card.input().width(), card.input().height());
      Path file = models.resolve("picture-%d.npy".formatted(canvas.width()));
      Npy.write(file, 3, canvas.pixels(), picture(canvas).values());
    }
  }
}
