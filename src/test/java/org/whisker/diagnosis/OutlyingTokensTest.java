package org.whisker.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.Networks;
import org.whisker.classifier.StoredModel;
import org.whisker.diagnosis.Diagnosis.Cause;
import org.whisker.diagnosis.Examination.Scene;
import org.whisker.diagnosis.result.MeasureTables.CauseRow;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.network.CutPoints;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Operation;
import org.whisker.network.TokenPlaces;
import org.whisker.network.Window.Padding;
import org.whisker.onnx.OnnxModel;
import org.whisker.random.SplitMix64;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/**
 * Transformers whose tokens at some places are made outlying: by their embedding, or by constants
 * behind a block.
 */
class OutlyingTokensTest {
  private static final float FAR = 40;

  /** As torchvision and timm write them: four by four, or eight by eight tokens. */
  private static OnnxModel read(String name) throws Exception {
    return OnnxModel.read(Path.of("src/test/resources/onnx/" + name + ".onnx"), Optional.empty());
  }

  private static Network of(OnnxModel read) {
    return read.network().withLast("not-cat", new Layer.ClassLogit(5, List.of(0)));
  }

  private static StoredModel model(String name, Network network, Weights weights) {
    return DiagnosedNetworks.model(name, network, Padding.ZERO, weights);
  }

  private static CauseRow tokens(StoredModel model, Scene scene) throws Exception {
    Diagnosis diagnosis = ExaminationTest.diagnosed(model, scene, List.of(Cause.TOKENS.label()));
    return diagnosis.causes().get(0);
  }

  private static Scene drawn(StoredModel model) {
    FeatureShape input = Networks.of(model.card()).input();
    Canvas canvas = new Canvas(input.width(), input.height());
    return new Scene(Scene.drawn(canvas, 24, 1), List.of(), true);
  }

  /** Constants by token behind a node: far off at some places, in channels by turns. */
  private static StoredModel planted(String name, int block, int... places) throws Exception {
    OnnxModel read = read(name);
    Network network = of(read);
    String behind = CutPoints.ofTokens(network).names().get(block);
    List<Node> nodes = new ArrayList<>();
    int[] now = new int[network.nodes().size()];
    float[] constants = new float[0];
    List<Integer> sizes = List.of();
    for (int at = 0; at < now.length; at++) {
      Node node = network.nodes().get(at);
      List<Integer> inputs = node.inputs().stream().map(from -> now[from]).toList();
      nodes.add(new Node(node.name(), node.layer(), inputs, node.shape()));
      now[at] = nodes.size() - 1;
      if (node.name().equals(behind)) {
        FeatureShape map = node.shape();
        sizes = List.of(map.channels(), map.height(), map.width());
        constants = constants(map, TokenPlaces.of(network).places(at).orElseThrow(), places);
        nodes.add(new Node("planted", new Operation.Shift(map), List.of(now[at]), map));
        now[at] = nodes.size() - 1;
      }
    }
    Weights weights =
        Weights.of(Map.of("planted.bias", Tensor.of(sizes, constants))).over(read.weights());
    Network changed = new Network(name, nodes, Map.of(), network.padding());
    return model(name, changed, weights);
  }

  private static float[] constants(FeatureShape map, int[] tokens, int... places) {
    float[] constants = new float[(int) map.size()];
    for (int i = 0; i < constants.length; i++) {
      int place = tokens[i % tokens.length];
      boolean far = IntStream.of(places).anyMatch(each -> each == place);
      constants[i] = far ? (i / tokens.length % 3 - 1) * FAR : 0;
    }
    return constants;
  }

  @ParameterizedTest
  @CsvSource({
    "vit-averaged-opset20, 1, 0",
    "vit-averaged-opset20, 2, 6",
    "vit-averaged-opset20, 3, 9",
    "swin, 0, 3",
    "swin-opset20, 1, 20"
  })
  void constantsBehindABlockAreFoundWhereTheyLie(String name, int block, int place)
      throws Exception {
    StoredModel model = planted(name, block, place, place + 1);
    CauseRow row = tokens(model, drawn(model));
    assertEquals(CauseRow.FOUND, row.verdict(), row.toString());
    assertTrue(row.mend().contains("register tokens"), row.mend());
  }

  /** What the class token reads of them is little, and nothing behind the last attention. */
  @ParameterizedTest
  @CsvSource({"vit, 1, 5", "vit, 2, 0", "vit, 3, 14"})
  void thoseThatDoLittleAreNamedAsWell(String name, int block, int place) throws Exception {
    StoredModel model = planted(name, block, place, place + 1);
    CauseRow row = tokens(model, drawn(model));
    assertEquals(CauseRow.NONE, row.verdict(), row.toString());
    String first = place / 4 + ":" + place % 4;
    assertTrue(row.where().contains("tokens " + first), row.toString());
    assertFalse(row.where().endsWith(Diagnosis.OF_EMBEDDING), row.where());
  }

  @ParameterizedTest
  @CsvSource({"vit, 2", "vit, 9", "vit-averaged-opset20, 4", "vit-averaged-opset20, 11"})
  void thoseOfTheEmbeddingAreToldFromThem(String name, int place) throws Exception {
    OnnxModel read = read(name);
    Network network = of(read);
    TokenPlaces tokens = TokenPlaces.of(network);
    int at =
        IntStream.range(0, network.nodes().size())
            .filter(tokens::isPermuted)
            .findFirst()
            .orElseThrow();
    Layer.Parameter embedding = network.nodes().get(at).parameters().get(0);
    float[] values = new float[(int) embedding.size()];
    read.weights().floats(embedding.name()).get(values);
    float[] far =
        constants(network.nodes().get(at).shape(), tokens.places(at).orElseThrow(), place);
    for (int i = 0; i < values.length; i++) {
      values[i] += far[i];
    }
    Weights weights =
        Weights.of(Map.of(embedding.name(), Tensor.of(embedding.shape(), values)))
            .over(read.weights());
    StoredModel model = model(name, network, weights);
    CauseRow row = tokens(model, drawn(model));
    assertEquals(CauseRow.FOUND, row.verdict(), row.toString());
    assertTrue(row.where().endsWith(Diagnosis.OF_EMBEDDING), row.where());
    assertTrue(row.mend().contains("embedding"), row.mend());
  }

  @ParameterizedTest
  @ValueSource(strings = {"vit", "vit-averaged-opset20", "swin", "swin-opset20"})
  void cleanOnesHaveNone(String name) throws Exception {
    OnnxModel read = read(name);
    StoredModel model = model(name, of(read), read.weights());
    CauseRow row = tokens(model, drawn(model));
    assertEquals(CauseRow.NONE, row.verdict(), row.toString());
    assertEquals(0, row.estimate().orElseThrow());
  }

  /** A white patch on gray, anywhere: what is seen, and no place. */
  @ParameterizedTest
  @ValueSource(strings = {"vit", "vit-averaged-opset20"})
  void thoseThatFollowThePictureAreSaidToDiffer(String name) throws Exception {
    OnnxModel read = read(name);
    Network network = of(read);
    Layer.Parameter patches =
        network.nodes().stream()
            .filter(node -> node.layer() instanceof Layer.Conv)
            .findFirst()
            .orElseThrow()
            .parameters()
            .get(0);
    float[] values = new float[(int) patches.size()];
    read.weights().floats(patches.name()).get(values);
    for (int i = 0; i < values.length; i++) {
      values[i] *= FAR;
    }
    Weights weights =
        Weights.of(Map.of(patches.name(), Tensor.of(patches.shape(), values))).over(read.weights());
    StoredModel model = model(name, network, weights);
    Canvas canvas = new Canvas(network.input().width(), network.input().height());
    SplitMix64 random = new SplitMix64(3);
    List<Raster> pictures = IntStream.range(0, 16).mapToObj(i -> spot(canvas, random)).toList();
    CauseRow row = tokens(model, new Scene(pictures, List.of(), false));
    assertEquals(CauseRow.NONE, row.verdict(), row.toString());
    assertTrue(row.note().endsWith("at places that differ between pictures"), row.note());
  }

  private static Raster spot(Canvas canvas, SplitMix64 random) {
    float[] values = new float[canvas.pixels()];
    int left = random.nextInt(canvas.width() - 8);
    int top = random.nextInt(canvas.height() - 8);
    for (int i = 0; i < values.length; i++) {
      int x = canvas.x(i) - left;
      int y = canvas.y(i) - top;
      values[i] = x >= 0 && x < 8 && y >= 0 && y < 8 ? 1 : 0.45f;
    }
    return PlanarImage.of(canvas, values);
  }
}
