package org.whisker.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.Networks;
import org.whisker.diagnosis.Diagnosis.Cause;
import org.whisker.diagnosis.Examination.Scene;
import org.whisker.diagnosis.RandomNetworks.Made;
import org.whisker.diagnosis.RandomNetworks.Plant;
import org.whisker.diagnosis.RandomNetworks.Where;
import org.whisker.diagnosis.result.MeasureTables.CauseRow;
import org.whisker.diagnosis.result.MeasureTables.ShiftRow;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Operation;
import org.whisker.network.Operation.Combine;
import org.whisker.network.PlaceChange;
import org.whisker.network.PlaceOperation;
import org.whisker.network.Window;
import org.whisker.network.Window.Padding;
import org.whisker.onnx.OnnxModel;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/** Random networks of which one operation knows places, and twins of which none does. */
class OtherOperationsTest {
  private static final int SIDE = 16;
  private static final Set<Plant> OF_HEADS =
      EnumSet.of(Plant.BRANCH_TO_HEAD, Plant.PYRAMID, Plant.FLATTENED_HEAD, Plant.WIDE_HEAD);

  /** Each plant at one place, and at the next one of them the twin that knows none. */
  static Stream<Arguments> plants() {
    Plant[] plants = Plant.values();
    Where[] places = Where.values();
    return IntStream.range(0, plants.length)
        .mapToObj(i -> Arguments.of(plants[i], places[i % places.length]));
  }

  @ParameterizedTest
  @MethodSource("plants")
  void whatKnowsPlacesIsFound(Plant plant, Where where) throws IOException {
    Made made = RandomNetworks.of(plant, where, true);
    double shifted = made.shifted();
    if (shifted > Cause.OTHER.threshold()) {
      Diagnosis diagnosis = made.diagnosed();
      String told = shifted + " " + diagnosis;
      assertEquals(CauseRow.FOUND, diagnosis.verdict(), told);
      Cause cause = OF_HEADS.contains(plant) ? Cause.HEAD : Cause.OTHER;
      assertTrue(diagnosis.labels().contains(cause.label()), told);
    }
  }

  @ParameterizedTest
  @MethodSource("plants")
  void whatKnowsNoneLeavesIt(Plant plant, Where where) throws IOException {
    Made made = RandomNetworks.of(plant, where, false);
    Diagnosis diagnosis = made.diagnosed();
    assertEquals(0, made.shifted(), 1e-3, diagnosis.toString());
    assertEquals(CauseRow.NONE, diagnosis.verdict(), diagnosis.toString());
  }

  /** As {@code place-parts} averages them, over eight rolls; of a crop that replaces a part. */
  @ParameterizedTest
  @EnumSource(
      names = {
        "CROP",
        "CORNER_CROP",
        "RESIZE",
        "ENLARGEMENT",
        "REORDERED_ROWS",
        "REORDERED_COLUMNS"
      })
  void whatIsAveragedKnowsLess(Plant plant) throws IOException {
    double own = 0;
    double averaged = 0;
    for (Where where : Where.values()) {
      Made made = RandomNetworks.of(plant, where, true);
      Network network = Networks.of(made.model().card());
      List<PlaceOperation> others = PlaceOperation.untested(network);
      own += made.shifted();
      averaged +=
          made.shifted(
              PlaceChange.averageable(network, others).stream()
                  .map(PlaceOperation::layer)
                  .collect(Collectors.toSet()));
    }
    boolean crops = plant == Plant.CROP || plant == Plant.CORNER_CROP;
    double most = own * (crops ? 0.7 : 0.05);
    assertTrue(averaged < most, plant + ": " + own + ", averaged " + averaged);
  }

  @Test
  void itIsNamedWithItsEffect() throws IOException {
    Diagnosis diagnosis = RandomNetworks.of(Plant.GATE, Where.BRANCH, true).diagnosed();
    String told = diagnosis.sentence();
    assertTrue(
        told.matches(
            "What this network sees is tied to places by another operation \\(layer gate.flatten,"
                + " which reads each position of a map by weights of its own: 0\\.\\d\\d"
                + " \\(0\\.\\d\\d to \\d\\.\\d\\d\\)\\)\\. Mend: leave out what differs by place of"
                + " layer gate.flatten, and train again\\."),
        told);
  }

  @Test
  void meansOfUnevenWindowsAreListed() {
    DiagnosedNetworks.Builder net = new DiagnosedNetworks.Builder(SIDE);
    net.conv("a", Window.square(3, 1, 1));
    int from = net.last();
    net.add("thirds", new Layer.AdaptiveAvgPool(3));
    net.add("larger", new Operation.Resize(SIDE, SIDE, Operation.Resize.Interpolation.NEAREST));
    net.add("product", new Combine(Combine.Kind.MUL), from, net.last());
    net.pooled();
    assertEquals(
        List.of("thirds", "larger"),
        PlaceOperation.untested(net.network()).stream().map(PlaceOperation::layer).toList());
  }

  /**
   * The embedding of places is found; without it, and with attention alone, no place is known. A
   * class token before the others is none.
   */
  @ParameterizedTest
  @ValueSource(strings = {"vit", "vit-averaged-opset20"})
  void embeddingsOfPlacesAreFound(String name) throws Exception {
    OnnxModel read =
        OnnxModel.read(Path.of("src/test/resources/onnx/" + name + ".onnx"), Optional.empty());
    Network network = read.network().withLast("not-cat", new Layer.ClassLogit(5, List.of(0)));
    Diagnosis own = diagnosed(name, network, embedded(network, read.weights(), 8));
    CauseRow other = own.found().get(0);
    assertEquals(Cause.OTHER.label(), other.cause(), own.toString());
    assertTrue(
        other.where().matches("layer \\S+, which adds a constant for each [^,;]+: .*"),
        "the embedding alone is named, not the attention that is rolled with it: " + other.where());
    Diagnosis without = diagnosed(name, network, embedded(network, read.weights(), 0));
    assertEquals(List.of(), without.labels(), without.toString());
    assertTrue(
        without.labels(CauseRow.NONE).containsAll(List.of("head", "other-operations")),
        without.toString());
  }

  /** The weights with so many times the values that are added by position. */
  private static Weights embedded(Network network, Weights own, float times) {
    Map<String, Tensor> places = new LinkedHashMap<>();
    network.nodes().stream()
        .filter(node -> node.layer() instanceof Operation.Shift)
        .flatMap(node -> node.parameters().stream())
        .forEach(
            parameter -> {
              float[] values = new float[(int) parameter.size()];
              own.floats(parameter.name()).get(values);
              for (int i = 0; i < values.length; i++) {
                values[i] *= times;
              }
              places.put(parameter.name(), Tensor.of(parameter.shape(), values));
            });
    return Weights.of(places).over(own);
  }

  private static Diagnosis diagnosed(String name, Network network, Weights weights)
      throws IOException {
    List<Raster> drawn = Scene.drawn(Canvas.square(SIDE), 24, 1);
    return ExaminationTest.diagnosed(
        DiagnosedNetworks.model(name, network, Padding.ZERO, weights),
        new Scene(drawn, List.of(), true));
  }

  /** What the walk does not count is found by rolling noise on a torus. */
  @Test
  void aShiftByWholeStridesForbidsNone() {
    Network network =
        Networks.of(RandomNetworks.of(Plant.GATE, Where.BRANCH, false).model().card());
    int whole = ShiftLoss.whole(network).orElseThrow();
    float[] still = {-1, 0, 1, 2};
    assertEquals(2, whole);
    assertTrue(
        ShiftLoss.unexplained(network, List.of(shift(whole, 0.02)), () -> still).isPresent());
    assertFalse(ShiftLoss.unexplained(network, List.of(shift(whole, 0)), () -> still).isPresent());
    assertFalse(ShiftLoss.unexplained(network, List.of(shift(1, 0.5)), () -> still).isPresent());
    Network cropped = Networks.of(RandomNetworks.of(Plant.CROP, Where.BRANCH, true).model().card());
    assertTrue(ShiftLoss.whole(cropped).isEmpty());
  }

  private static ShiftRow shift(int pixels, double change) {
    return new ShiftRow(ShiftRow.TORUS, pixels, OptionalInt.empty(), change, change, change);
  }
}
