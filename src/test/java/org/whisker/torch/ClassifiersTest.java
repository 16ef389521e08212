package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.StoredModel;
import org.whisker.image.GrayImage;
import org.whisker.network.Network;
import org.whisker.network.Window.Padding;
import org.whisker.weights.DType;

class ClassifiersTest {
  private static final TorchClassifier.Settings RUN =
      TorchClassifier.Settings.cpu(Precision.FLOAT32);

  @TempDir Path root;

  private static ModelCard card(int channels) {
    return new ModelCard(
        "tiny",
        new Architecture(Architecture.Kind.VGG16, 0.125, List.of(), true, 16, 2, 0.3),
        new ModelCard.Input(channels, 64, 64),
        new Preprocessing(0.5f, 0.25f),
        Output.NOT_CAT_LOGIT,
        Padding.REPLICATE,
        null,
        null,
        WeightsFile.UNSAVED,
        Instant.EPOCH,
        "0");
  }

  private StoredModel store(int channels) throws IOException {
    ModelStore store = new ModelStore(root);
    Network network = Networks.of(card(channels));
    store.save(card(channels), TinyNets.weights(network), DType.F32);
    return store.open("tiny");
  }

  @Test
  void scoresAsTheNetworkOfTheCard() throws IOException {
    Network network = Networks.of(card(1));
    List<GrayImage> pictures = TinyNets.pictures(network, 3);
    try (TorchClassifier opened = Classifiers.open(store(1), RUN);
        TorchClassifier plain = TinyNets.classifier(network, Precision.FLOAT32, 3)) {
      assertEquals("tiny", opened.name());
      float[] expected = plain.logits(pictures);
      assertTrue(TinyNets.relative(expected, opened.logits(pictures)) < 1e-4);
    }
  }

  @Test
  void takesAnotherPadding() throws IOException {
    Network network = Networks.of(card(1)).withPadding(Padding.CIRCULAR);
    List<GrayImage> pictures = TinyNets.pictures(network, 2);
    try (TorchClassifier circular = Classifiers.open(store(1), Padding.CIRCULAR, RUN);
        TorchClassifier own = Classifiers.open(store(1), RUN);
        TorchClassifier plain = TinyNets.classifier(network, Precision.FLOAT32, 2)) {
      float[] expected = plain.logits(pictures);
      assertTrue(TinyNets.relative(expected, circular.logits(pictures)) < 1e-4);
      assertTrue(TinyNets.relative(expected, own.logits(pictures)) > 1e-3);
    }
  }

  @Test
  void takesGrayPicturesForAColourModel() throws IOException {
    try (TorchClassifier colour = Classifiers.open(store(3), RUN)) {
      List<GrayImage> pictures = TinyNets.pictures(Networks.of(card(1)), 2);
      float[] logits = colour.logits(pictures);
      assertEquals(2, logits.length);
      assertTrue(Float.isFinite(logits[0]) && logits[0] != logits[1]);
    }
  }

  @Test
  void namesTheTensorThatDoesNotFit() throws IOException {
    StoredModel gray = store(1);
    StoredModel wrong = new StoredModel(card(3), gray.folder(), gray.weights());
    String message = assertThrows(IOException.class, () -> Classifiers.open(wrong, RUN)).toString();
    assertTrue(message.contains("features.0.weight"), message);
  }

  @Test
  void barePassesGiveTheSameLogits() throws IOException {
    List<GrayImage> pictures = TinyNets.pictures(Networks.of(card(1)), 3);
    try (TorchClassifier opened = Classifiers.open(store(1), RUN);
        TorchClassifier.BareForward bare = opened.bareForward(pictures)) {
      assertArrayEquals(opened.logits(pictures), bare.pass());
      assertArrayEquals(bare.pass(), bare.pass());
      assertThrows(IllegalArgumentException.class, () -> opened.bareForward(List.of()));
    }
  }

  @Test
  void forgetsItsLastLayersOrAll() throws IOException {
    StoredModel model = store(1);
    List<GrayImage> pictures = TinyNets.pictures(Networks.of(card(1)), 2);
    try (TorchClassifier own = Classifiers.open(model, RUN);
        TorchClassifier none = Classifiers.openRandomised(model, 0, 3, RUN);
        TorchClassifier head = Classifiers.openRandomised(model, 1, 3, RUN);
        TorchClassifier untrained = Classifiers.openUntrained(model, 3, RUN);
        TorchClassifier again = Classifiers.openUntrained(model, 3, RUN)) {
      assertArrayEquals(own.logits(pictures), none.logits(pictures));
      assertTrue(TinyNets.relative(own.logits(pictures), head.logits(pictures)) > 1e-3);
      assertTrue(TinyNets.relative(head.logits(pictures), untrained.logits(pictures)) > 1e-3);
      assertArrayEquals(untrained.logits(pictures), again.logits(pictures));
      assertTrue(own.layers().contains("features.1"));
    }
  }

  @Test
  void namesItsEngine() {
    assertTrue(Classifiers.engine().matches("PyTorch \\d+\\..*"), Classifiers.engine());
  }
}
