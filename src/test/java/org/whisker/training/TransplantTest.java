package org.whisker.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.Architecture.Kind;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.Networks;
import org.whisker.classifier.Networks.UnknownLayersException;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.classifier.StoredModel;
import org.whisker.network.CutPoints;
import org.whisker.network.CutPoints.HeadSplit;
import org.whisker.network.FreshHead;
import org.whisker.network.FreshHead.Form;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Operation;
import org.whisker.network.Window.Padding;
import org.whisker.torch.Backbone;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchDevice;
import org.whisker.weights.FormulaWeights;
import org.whisker.weights.Weights;

class TransplantTest {
  private static final Preprocessing EACH =
      new Preprocessing(List.of(0.4f, 0.5f, 0.6f), List.of(0.2f, 0.25f, 0.3f));

  private static Architecture tiny(Kind kind) {
    return kind == Kind.VGG16
        ? new Architecture(kind, 0.125, List.of(), true, 8, 1, 0.3)
        : new Architecture(kind, 0.125, List.of(1, 1, 1), true, 0, 1, 0.2);
  }

  private static int side(Kind kind) {
    return kind == Kind.VGG16 ? 32 : 80;
  }

  private static StoredModel model(Kind kind, int channels, int classes, Preprocessing in) {
    ModelCard.Input input = new ModelCard.Input(channels, side(kind), side(kind));
    Output output =
        classes == 1
            ? Output.NOT_CAT_LOGIT
            : new Output(Output.Form.LOGITS, classes, List.of(1, 2));
    ModelCard card =
        new ModelCard(
            "donor",
            tiny(kind),
            input,
            in,
            output,
            Padding.ZERO,
            null,
            null,
            WeightsFile.UNSAVED,
            Instant.EPOCH,
            "0.1.0");
    List<Parameter> schema = Networks.of(tiny(kind), input, classes).parameters();
    return new StoredModel(card, Path.of("donor"), new FormulaWeights(schema, 7));
  }

  private static Transplant transplant(StoredModel model) throws IOException {
    return Transplant.of(model, Transplant.Changes.none(model.card()), 3);
  }

  private static float[] features(Network network, Weights weights, Preprocessing in, int side)
      throws IOException {
    float[] gray = new float[2 * side * side];
    for (int i = 0; i < gray.length; i++) {
      gray[i] = (i * 37 % 101) / 101f;
    }
    try (Backbone backbone =
        new Backbone(
            HeadSplit.of(network).backbone(),
            weights,
            in,
            1,
            Precision.FLOAT32,
            TorchDevice.cpu())) {
      return backbone.features(FloatBuffer.wrap(gray), 2);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "ONNX")
  void threeChannelsAlikeBecomeOneAndSeeTheSame(Kind kind) throws IOException {
    StoredModel model = model(kind, 3, 7, new Preprocessing(0.5f, 0.25f));
    Transplant it = transplant(model);
    assertEquals(1, it.input().channels());
    Network donor = Networks.of(tiny(kind), model.card().input(), 7);
    assertArrayEquals(
        features(donor, model.weights(), model.card().preprocessing(), side(kind)),
        features(it.network(), it.weights(), it.preprocessing(), side(kind)),
        1e-4f);
  }

  @Test
  void uniformNumbersAChannelBecomeOne() throws IOException {
    Preprocessing three =
        new Preprocessing(List.of(0.5f, 0.5f, 0.5f), List.of(0.25f, 0.25f, 0.25f));
    assertEquals(
        new Preprocessing(0.5f, 0.25f), transplant(model(Kind.VGG16, 3, 7, three)).preprocessing());
  }

  @Test
  void channelsWithMeansOfTheirOwnStayThree() throws IOException {
    StoredModel model = model(Kind.VGG16, 3, 7, EACH);
    Transplant it = transplant(model);
    assertEquals(3, it.input().channels());
    assertEquals(EACH, it.preprocessing());
    assertEquals(
        model.weights().floats("features.0.weight"), it.weights().floats("features.0.weight"));
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "ONNX")
  void onlyTheLastLayerIsNewAndDrawnFromTheSeed(Kind kind) throws IOException {
    StoredModel model = model(kind, 1, 1, new Preprocessing(0.5f, 0.25f));
    Transplant it = transplant(model);
    List<String> changed = new ArrayList<>();
    for (String name : model.weights().names()) {
      if (!model.weights().floats(name).equals(it.weights().floats(name))) {
        changed.add(name);
      }
    }
    String last =
        switch (kind) {
          case VGG16 -> "classifier.6";
          case INCEPTION_RESNET_V2 -> "classif";
          default -> "classifier.1";
        };
    assertEquals(List.of(last + ".bias", last + ".weight"), changed);
    assertEquals(model.weights().names(), it.weights().names());
    Transplant other = Transplant.of(model, Transplant.Changes.none(model.card()), 4);
    String weight = last + ".weight";
    assertNotEquals(it.weights().floats(weight), other.weights().floats(weight));
    assertEquals(it.weights().floats(weight), transplant(model).weights().floats(weight));
  }

  @Test
  void sizePaddingAndDropoutMayChange() throws IOException {
    StoredModel model = model(Kind.VGG16, 1, 1, new Preprocessing(0.5f, 0.25f));
    Transplant it =
        Transplant.of(
            model, new Transplant.Changes(64, Padding.REFLECT, 0.1, false, Optional.empty()), 1);
    assertEquals("1x64x64", it.network().input().toString());
    assertEquals(Padding.REFLECT, it.network().padding());
    assertEquals(0.1, it.architecture().dropout());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Transplant.of(
                model, new Transplant.Changes(8, Padding.ZERO, 0.1, false, Optional.empty()), 1));
  }

  @Test
  void coloursKeepTheThreeChannels() throws IOException {
    StoredModel colour = model(Kind.VGG16, 3, 1, new Preprocessing(0.5f, 0.25f));
    Transplant.Changes none = Transplant.Changes.none(colour.card());
    Transplant.Changes three =
        new Transplant.Changes(none.size(), none.padding(), none.dropout(), true, Optional.empty());
    assertEquals(1, Transplant.of(colour, none, 1).input().channels());
    Transplant it = Transplant.of(colour, three, 1);
    assertEquals(3, it.input().channels());
    String weight = "features.0.weight";
    assertEquals(colour.weights().floats(weight), it.weights().floats(weight));
    StoredModel gray = model(Kind.VGG16, 1, 1, new Preprocessing(0.5f, 0.25f));
    var e = assertThrows(IllegalArgumentException.class, () -> Transplant.of(gray, three, 1));
    assertEquals("it has 1 channel(s), --colour needs 3; leave it out", e.getMessage());
  }

  private static Transplant.Changes with(Form form, Optional<String> features) {
    return new Transplant.Changes(
        64, Padding.ZERO, 0.1, false, Optional.of(new FreshHead(form, features)));
  }

  private static List<Integer> logitWeight(Transplant it) {
    return it.weights().shape("head.logit.weight");
  }

  @Test
  void aFlattenedHeadReadsEveryValueOfTheLastMapAndAPooledOneEveryChannel() throws IOException {
    StoredModel model = model(Kind.VGG16, 3, 7, new Preprocessing(0.5f, 0.25f));
    Transplant flat = Transplant.of(model, with(Form.FLATTENED, Optional.empty()), 1);
    Transplant pooled = Transplant.of(model, with(Form.POOLED, Optional.empty()), 1);
    assertEquals("1x64x64", flat.network().input().toString());
    assertEquals(List.of(1, 64 * 2 * 2), logitWeight(flat));
    assertEquals(List.of(1, 64), logitWeight(pooled));
    Preprocessing in = flat.preprocessing();
    float[] values = features(flat.network(), flat.weights(), in, 64);
    float[] means = features(pooled.network(), pooled.weights(), in, 64);
    for (int i = 0; i < means.length; i++) {
      float sum = values[4 * i] + values[4 * i + 1] + values[4 * i + 2] + values[4 * i + 3];
      assertEquals(sum / 4, means[i], 1e-5f);
    }
  }

  @Test
  void aHeadReadsTheMapThatIsNamedAndNoneBesideOthers() throws IOException {
    StoredModel model = model(Kind.VGG16, 1, 1, new Preprocessing(0.5f, 0.25f));
    Transplant it = Transplant.of(model, with(Form.POOLED, Optional.of("features.13")), 1);
    assertEquals(List.of(1, 16), logitWeight(it));
    assertTrue(it.network().stages().keySet().stream().noneMatch("features.23"::equals));
    StoredModel branched = model(Kind.INCEPTION_RESNET_V2, 1, 1, new Preprocessing(0.5f, 0.25f));
    Network inception = Networks.of(branched.card());
    int inside = 1;
    while (CutPoints.isCut(inception, inside)) {
      inside++;
    }
    String one = inception.nodes().get(inside).name();
    Transplant.Changes branch = with(Form.POOLED, Optional.of(one));
    String said =
        String.valueOf(
            assertThrows(IllegalArgumentException.class, () -> Transplant.of(branched, branch, 1))
                .getMessage());
    assertTrue(said.startsWith("no head can read " + one + " alone; take one of "), said);
  }

  @Test
  void whatDoesNotEndInALinearLayerGetsAPooledHead() throws IOException {
    ModelCard vgg = model(Kind.VGG16, 1, 7, new Preprocessing(0.5f, 0.25f)).card();
    Network network =
        Networks.of(tiny(Kind.VGG16), vgg.input(), 7).withLast("softmax", new Operation.Softmax());
    ModelCard card =
        new ModelCard(
            "imported",
            Architecture.imported(network),
            vgg.input(),
            vgg.preprocessing(),
            vgg.output(),
            Padding.ZERO,
            null,
            null,
            WeightsFile.UNSAVED,
            Instant.EPOCH,
            "0.1.0");
    Weights weights = new FormulaWeights(network.parameters(), 7);
    Transplant it = transplant(new StoredModel(card, Path.of("imported"), weights));
    assertEquals(List.of(1, 64), logitWeight(it));
    assertEquals(weights.floats("features.0.weight"), it.weights().floats("features.0.weight"));
  }

  @Test
  void aModuleHasNoLayersToKeep() {
    ModelCard card =
        new ModelCard(
            "theirs",
            null,
            new ModelCard.Input(1, 32, 32),
            Preprocessing.identity(),
            Output.NOT_CAT_LOGIT,
            null,
            null,
            null,
            WeightsFile.UNSAVED_MODULE,
            Instant.EPOCH,
            "0.1.0");
    assertTrue(
        assertThrows(UnknownLayersException.class, () -> Transplant.Changes.none(card))
            .toString()
            .contains("theirs"));
  }
}
