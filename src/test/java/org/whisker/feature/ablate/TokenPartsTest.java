package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.AblatedModel.OtherOperation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.PartShares;
import org.whisker.ablation.PartShares.Part;
import org.whisker.ablation.PartShares.Variant;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Networks;
import org.whisker.classifier.StoredModel;
import org.whisker.diagnosis.DiagnosedNetworks;
import org.whisker.diagnosis.Examination.Scene;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.hypothesis.PlaceParts;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Operation;
import org.whisker.network.Operation.Combine;
import org.whisker.network.Operation.Range;
import org.whisker.network.Operation.Rearrange;
import org.whisker.network.TokenOperation;
import org.whisker.network.TokenPlaces;
import org.whisker.network.Window;
import org.whisker.network.Window.Padding;
import org.whisker.onnx.OnnxModel;
import org.whisker.position.DosePlan.Design;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate.Interval;
import org.whisker.stats.Samples;
import org.whisker.stats.Verdict;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/** Transformers that know places by an embedding, by tables of pairs, and by neither. */
class TokenPartsTest {
  private static final int SIDE = 32;
  private static final int GRID = 8;
  private static final int TOKENS = GRID * GRID;
  private static final String OTHERS = "other operations: ";

  /**
   * Patches in a row behind a class token, times an embedding; attention to all tokens alike gives
   * the class token their mean, which is the logit.
   *
   * @param padded whether a convolution with padding of zeros tells places, too
   */
  private static StoredAblatedModel vit(IntToDoubleFunction embedding, boolean padded) {
    List<Node> nodes = new ArrayList<>();
    FeatureShape row = new FeatureShape(1, 1, TOKENS + 1);
    add(nodes, "input", new Layer.Input(new FeatureShape(1, SIDE, SIDE)));
    add(nodes, "dark", new Layer.Conv(1, 1, Window.square(1, 1, 0), true), 0);
    add(nodes, "patches", new Layer.Conv(1, 1, Window.square(4, 4, 0), true), 1);
    add(nodes, "row", ordered(List.of(1, GRID, GRID), 1, TOKENS), 2);
    add(nodes, "class", new TokenOperation.Known(new FeatureShape(1, 1, 1)), 2);
    add(nodes, "tokens", new TokenOperation.Join(TokenOperation.Axis.COLUMNS), 4, 3);
    add(nodes, "zero", new Combine(Combine.Kind.SUB), 5, 5);
    add(nodes, "embedding", new Operation.Shift(row), 6);
    add(nodes, "embedded", new Combine(Combine.Kind.MUL), 5, 7);
    add(nodes, "queries", ordered(List.of(1, 1, TOKENS + 1), TOKENS + 1, 1), 6);
    add(nodes, "scores", new TokenOperation.Product(1, 1), 9, 6);
    add(nodes, "attention", new TokenOperation.RowSoftmax(), 10);
    add(nodes, "values", ordered(List.of(1, 1, TOKENS + 1), TOKENS + 1, 1), 8);
    add(nodes, "attended", new TokenOperation.Product(TOKENS + 1, 1), 11, 12);
    Range one = new Range(0, 1, 1);
    add(nodes, "token", new Operation.Cut(one, one, one), 13);
    int last = 14;
    if (padded) {
      add(nodes, "padded", new Layer.Conv(1, 1, Window.square(9, 1, 4), false), 1);
      add(nodes, "square", new Combine(Combine.Kind.MUL), 15, 1);
      add(
          nodes,
          "mean",
          new Operation.Reduce(Operation.Reduce.How.MEAN, Operation.Reduce.Over.POSITIONS),
          16);
      add(nodes, "sum", new Combine(Combine.Kind.ADD), 14, 17);
      last = 18;
    }
    add(nodes, "flatten", new Layer.Flatten(), last);
    add(nodes, "logit", new Layer.Linear(1, 1), last + 1);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("dark.weight", Tensor.of(List.of(1, 1, 1, 1), -1));
    tensors.put("dark.bias", Tensor.of(List.of(1), 2));
    tensors.put("patches.weight", Tensor.of(List.of(1, 1, 4, 4), all(16, i -> 1)));
    tensors.put("patches.bias", Tensor.of(List.of(1), 0));
    tensors.put("class.value", Tensor.of(List.of(1, 1, 1), 3));
    float[] places = all(TOKENS + 1, i -> i == 0 ? 5 : embedding.applyAsDouble(i - 1));
    tensors.put("embedding.bias", Tensor.of(List.of(1, 1, TOKENS + 1), places));
    if (padded) {
      tensors.put("padded.weight", Tensor.of(List.of(1, 1, 9, 9), all(81, i -> 0.4)));
    }
    tensors.put("logit.weight", Tensor.of(List.of(1, 1), 1));
    tensors.put("logit.bias", Tensor.of(List.of(1), 3));
    Network network = new Network("tokens", nodes, Map.of(), Padding.ZERO);
    return model(DiagnosedNetworks.model("tokens", network, Padding.ZERO, Weights.of(tensors)));
  }

  private static Rearrange ordered(List<Integer> split, int rows, int columns) {
    List<Integer> order = IntStream.range(0, split.size()).boxed().toList();
    return new Rearrange(split, order, new FeatureShape(1, rows, columns));
  }

  private static StoredAblatedModel model(StoredModel stored) {
    return new StoredAblatedModel(stored, TorchClassifier.Settings.cpu(Precision.FLOAT32));
  }

  private static void add(List<Node> nodes, String name, Layer layer, Integer... from) {
    List<FeatureShape> in = Stream.of(from).map(at -> nodes.get(at).shape()).toList();
    nodes.add(new Node(name, layer, List.of(from), layer.output(in)));
  }

  private static float[] all(int count, IntToDoubleFunction value) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) value.applyAsDouble(i);
    }
    return values;
  }

  /** Eight logits for each pixel in the middle, and nothing at the border. */
  private static double radial(int at) {
    double x = 2.0 * (at % GRID) / (GRID - 1) - 1;
    double y = 2.0 * Math.floorDiv(at, GRID) / (GRID - 1) - 1;
    return 8 * (1 - Math.max(Math.abs(x), Math.abs(y)));
  }

  private static Observations observed(AblatedModel model) {
    AblationSetting setting =
        new AblationSetting(
            EvolutionOptions.quick(),
            Canvas.square(SIDE),
            0.5f,
            "zero",
            1,
            3,
            AblationSetting.NO_PHOTOS);
    ArmRuns none = new ArmRuns(AblationArm.control("evolved", "pixels anywhere"), List.of());
    return new PlaceParts().observe(new Observer.Input(none, setting, model, 64, 1, () -> false));
  }

  private static Observation named(Observations seen, String beginning) {
    return seen.observations().stream()
        .filter(each -> each.name().startsWith(beginning))
        .findFirst()
        .orElseThrow();
  }

  private static double mean(double[] values) {
    return Samples.Summary.of(values).mean();
  }

  private static PartShares shares(AblatedModel model) {
    return PartShares.measured(model, Design.of(3).withDraws(12, 8), 64, () -> false);
  }

  @Test
  void anEmbeddingIsAPartOfItsOwn() {
    AblatedModel model = vit(TokenPartsTest::radial, false);
    assertEquals(
        List.of(
            new OtherOperation(
                "embedding", "adds a constant for each token or pair of tokens", true, true, true)),
        model.otherOperations());
    Observations seen = observed(model);
    Observation others = named(seen, OTHERS);
    double own = named(seen, "own padding, own head").effect();
    assertTrue(own > 1, seen.toString());
    assertEquals(Verdict.SUPPORTED, others.verdict(), others.toString());
    assertEquals(own, others.effect(), 0.02 * own, others.toString());
    assertEquals(Verdict.NO_EFFECT, named(seen, "padding and head").verdict());
    Observation share = named(seen, "share of other operations");
    assertEquals(1, share.effect(), 0.1, share.toString());
    Interval interval = Objects.requireNonNull(share.interval());
    assertTrue(interval.low() < 1.01 && interval.high() > 0.99, share.toString());
    assertEquals(List.of(), seen.withheld());
  }

  /** Four arms of other padding would all be the network itself. */
  @Test
  void otherPaddingNeedsALayerThatPads() {
    ModelVariant reflect = new ModelVariant.OtherPadding("reflect");
    assertEquals(Optional.of("no layer of tokens pads"), vit(at -> 0, false).refusal(reflect));
    assertEquals(Optional.empty(), vit(at -> 0, true).refusal(reflect));
  }

  /** What a random order of the same embedding leaves is no matter of the middle. */
  @Test
  void inAnotherOrderItSaysLittleOfTheMiddle() {
    PartShares shares = shares(vit(TokenPartsTest::radial, false));
    double own = mean(shares.contrast(Variant.OWN));
    List<Double> permuted =
        shares.others().entrySet().stream()
            .filter(each -> each.getKey().startsWith(PartShares.PERMUTED))
            .map(each -> mean(PartShares.contrast(each.getValue())))
            .toList();
    assertEquals(3, permuted.size());
    assertEquals(3, permuted.stream().distinct().count(), permuted.toString());
    assertTrue(permuted.stream().allMatch(it -> Math.abs(it) < own / 2), own + " " + permuted);
  }

  @Test
  void theSameConstantForEachTokenTellsNothing() {
    Observations seen = observed(vit(at -> 0.0371, false));
    Observation others = named(seen, OTHERS);
    assertEquals(0, others.effect(), others.toString());
    assertEquals(1, others.p(), others.toString());
    assertTrue(
        seen.observations().stream().noneMatch(each -> each.name().startsWith("share of")),
        seen.toString());
  }

  /** Logits add up, so each part has what it has alone. */
  @Test
  void paddingBesideItHasAShareOfItsOwn() {
    PartShares embedding = shares(vit(TokenPartsTest::radial, false));
    PartShares padding = shares(vit(at -> 0.0371, true));
    PartShares both = shares(vit(TokenPartsTest::radial, true));
    double ofPadding = mean(padding.value(Part.PADDING));
    double ofEmbedding = mean(embedding.value(Part.OTHERS));
    assertTrue(Math.abs(ofPadding) > 0.05, ofPadding + " " + ofEmbedding);
    assertEquals(ofPadding, mean(both.value(Part.PADDING)), 1e-3);
    assertEquals(ofEmbedding, mean(both.value(Part.OTHERS)), 1e-3);
    double sum = both.parts().stream().mapToDouble(part -> mean(both.value(part))).sum();
    assertEquals(mean(both.ofPlace()), sum, 1e-6);
    assertEquals(
        ofEmbedding / mean(both.ofPlace()),
        both.share(Part.OTHERS, new SplitMix64(1)).orElseThrow().value(),
        1e-3);
  }

  /** With larger constants by token, so that they matter. */
  private static StoredAblatedModel read(String name) throws Exception {
    OnnxModel read =
        OnnxModel.read(Path.of("src/test/resources/onnx/" + name + ".onnx"), Optional.empty());
    Network network = read.network().withLast("not-cat", new Layer.ClassLogit(5, List.of(0)));
    float times = name.startsWith("swin") ? 300 : 20;
    Map<String, Tensor> constants = new LinkedHashMap<>();
    for (Node node : network.nodes()) {
      if (node.layer() instanceof Operation.Shift) {
        Layer.Parameter own = node.parameters().get(0);
        float[] values = new float[(int) own.size()];
        read.weights().floats(own.name()).get(values);
        constants.put(
            own.name(), Tensor.of(own.shape(), all(values.length, i -> times * values[i])));
      }
    }
    Weights weights = Weights.of(constants).over(read.weights());
    return model(DiagnosedNetworks.model(name, network, Padding.ZERO, weights));
  }

  private static float[] logits(AblatedModel model, ModelVariant variant, List<Raster> pictures) {
    try (Classifier network = model.open(variant)) {
      return network.logits(pictures);
    }
  }

  private static double difference(float[] a, float[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).max().orElse(0);
  }

  private static List<Raster> rolled(List<Raster> pictures, int down, int right) {
    return pictures.stream().map(each -> rolled(each, down, right)).toList();
  }

  private static Raster rolled(Raster picture, int down, int right) {
    Canvas canvas = picture.canvas();
    int side = canvas.width();
    int n = canvas.pixels();
    float[] values = new float[picture.values().length];
    for (int i = 0; i < values.length; i++) {
      int row = i % n / side;
      int to = (row + down) % canvas.height() * side + (i % side + right) % side;
      values[i / n * n + to] = picture.values()[i];
    }
    return PlanarImage.of(canvas, values);
  }

  /** A shift by whole patches, undone by the same shift of the embedding, changes nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"vit", "vit-averaged-opset20"})
  void shiftsOfPictureAndEmbeddingUndoEachOther(String name) throws Exception {
    StoredAblatedModel model = read(name);
    List<Raster> pictures = Scene.drawn(model.canvas(), 6, 1);
    float[] own = logits(model, new ModelVariant.AsStored(), pictures);
    List<Raster> shifted = rolled(pictures, 4, 8);
    assertTrue(difference(own, logits(model, new ModelVariant.AsStored(), shifted)) > 1e-3);
    Network network = Networks.of(model.stored().card());
    TokenPlaces places = TokenPlaces.of(network);
    Map<String, Tensor> moved = new LinkedHashMap<>();
    for (int at = 0; at < network.nodes().size(); at++) {
      if (places.isPermuted(at)) {
        Layer.Parameter constants = network.nodes().get(at).parameters().get(0);
        float[] values = new float[(int) constants.size()];
        model.stored().weights().floats(constants.name()).get(values);
        float[] to = places.permuted(at, values, p -> (p / 4 + 3) % 4 * 4 + (p + 2) % 4);
        moved.put(constants.name(), Tensor.of(constants.shape(), to));
      }
    }
    StoredModel stored =
        new StoredModel(
            model.stored().card(),
            model.stored().folder(),
            Weights.of(moved).over(model.stored().weights()));
    assertEquals(
        0, difference(own, logits(model(stored), new ModelVariant.AsStored(), shifted)), 2e-6);
  }

  /** With averaged constants by token, whole patches (Swin: whole windows) may be shifted. */
  @ParameterizedTest
  @ValueSource(strings = {"vit", "vit-averaged-opset20", "swin", "swin-opset20"})
  void withAveragedConstantsNoShiftByWholePatchesMatters(String name) throws Exception {
    StoredAblatedModel model = read(name);
    List<OtherOperation> others = model.otherOperations();
    assertTrue(others.stream().allMatch(OtherOperation::averaged), others.toString());
    List<Raster> pictures = Scene.drawn(model.canvas(), 6, 1);
    int down = name.startsWith("swin") ? 8 : 4;
    List<Raster> shifted = rolled(pictures, down, 8);
    ModelVariant own = new ModelVariant.AsStored();
    ModelVariant blind =
        new ModelVariant.Blind(true, true, others.stream().map(OtherOperation::layer).toList());
    double tied = difference(logits(model, own, pictures), logits(model, own, shifted));
    assertTrue(tied > 1e-4, name + " " + tied);
    assertEquals(
        0, difference(logits(model, blind, pictures), logits(model, blind, shifted)), 2e-6);
  }
}
