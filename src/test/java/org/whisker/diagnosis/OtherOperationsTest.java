package org.whisker.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.classifier.StoredModel;
import org.whisker.diagnosis.Examination.Scene;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Operation;
import org.whisker.network.Operation.Combine;
import org.whisker.network.Operation.Range;
import org.whisker.network.PlaceOperation;
import org.whisker.network.Window;
import org.whisker.network.Window.Padding;
import org.whisker.weights.InitialWeights;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/**
 * Operations that know places at the input, in the middle, in one of two branches and at the end of
 * a network that wraps around; each with a twin that does something alike and knows none.
 */
class OtherOperationsTest {
  private static final int SIDE = 16;
  private static final Window ONE = Window.square(1, 1, 0);

  /** Where an operation stands. */
  private enum Where {
    INPUT,
    MIDDLE,
    BRANCH,
    END
  }

  /** An operation that keeps the size of the map. */
  private interface Inserted {
    void into(DiagnosedNetworks.Builder net);
  }

  private static Map<String, Inserted> knowing() {
    Map<String, Inserted> all = new LinkedHashMap<>();
    all.put("a gate of a flattened map", net -> gate(net, new Layer.Flatten()));
    all.put("a gate of a wide convolution", OtherOperationsTest::wideGate);
    all.put("a mask made of a vector", OtherOperationsTest::mask);
    all.put("a constant map that is added", OtherOperationsTest::constant);
    all.put("coordinates beside the map", OtherOperationsTest::coordinates);
    all.put("a constant map that multiplies", OtherOperationsTest::soft);
    all.put("a crop", net -> cropped(net, 1));
    all.put("a wide crop", net -> cropped(net, 2));
    all.put("a resize", net -> resized(net, 3 * net.shape().height() / 4, true));
    all.put("a smooth enlargement", net -> resized(net, net.shape().height() / 2, true));
    all.put("rows in another order", OtherOperationsTest::reordered);
    return all;
  }

  private static Map<String, Inserted> clean() {
    Map<String, Inserted> all = new LinkedHashMap<>();
    all.put("a gate of means", net -> gate(net, new Layer.AdaptiveAvgPool(1)));
    all.put("a mask of the map itself", OtherOperationsTest::ownMask);
    all.put("channels in another order", OtherOperationsTest::shuffled);
    all.put("blocks as channels and back", OtherOperationsTest::blocks);
    all.put("a cut of channels", OtherOperationsTest::halves);
    all.put("a coarse enlargement", net -> repeated(net));
    return all;
  }

  private static void gate(DiagnosedNetworks.Builder net, Layer first) {
    int map = net.last();
    String name = "gate" + map;
    int channels = net.shape().channels();
    net.add(name + ".first", first);
    net.add(name + ".flatten", new Layer.Flatten());
    net.add(name + ".linear", new Layer.Linear((int) net.shape().size(), channels));
    net.add(
        name + ".channels",
        new Operation.Rearrange(List.of(channels), List.of(0), new FeatureShape(channels, 1, 1)));
    net.add(name + ".sigmoid", new Activation(Activation.Kind.SIGMOID, List.of()));
    net.add(name + ".product", new Combine(Combine.Kind.MUL), map, net.last());
  }

  private static void wideGate(DiagnosedNetworks.Builder net) {
    FeatureShape map = net.shape();
    int at = net.last();
    net.add(
        "wide" + at, new Layer.Conv(map.channels(), 1, Window.square(map.height(), 1, 0), true));
    net.add("wide" + at + ".product", new Combine(Combine.Kind.MUL), at, net.last());
  }

  private static void mask(DiagnosedNetworks.Builder net) {
    FeatureShape map = net.shape();
    int at = net.last();
    int places = map.height() * map.width();
    net.add("mask" + at + ".mean", new Layer.AdaptiveAvgPool(1));
    net.add("mask" + at + ".flatten", new Layer.Flatten());
    net.add("mask" + at + ".linear", new Layer.Linear(map.channels(), places));
    net.add(
        "mask" + at,
        new Operation.Rearrange(
            List.of(places), List.of(0), new FeatureShape(1, map.height(), map.width())));
    net.add("mask" + at + ".product", new Combine(Combine.Kind.MUL), at, net.last());
  }

  private static void ownMask(DiagnosedNetworks.Builder net) {
    int at = net.last();
    net.add("own" + at, new Layer.Conv(net.shape().channels(), 1, Window.square(3, 1, 1), true));
    net.add("own" + at + ".product", new Combine(Combine.Kind.MUL), at, net.last());
  }

  private static void constant(DiagnosedNetworks.Builder net) {
    int at = net.last();
    net.add("places" + at, new Operation.Shift(net.shape()));
    net.add("places" + at + ".relu", Activation.relu());
  }

  /** A map of zeros, to which values are added by position. */
  private static void coordinates(DiagnosedNetworks.Builder net) {
    int at = net.last();
    zeroWith(net);
    int channels = net.shape().channels();
    net.add("beside" + at, new Layer.Concat(), at, net.last());
    net.add("beside" + at + ".conv", new Layer.Conv(2 * channels, channels, ONE, true));
    net.add("beside" + at + ".relu", Activation.relu());
  }

  private static void soft(DiagnosedNetworks.Builder net) {
    int at = net.last();
    zeroWith(net);
    net.add("soft" + at, new Combine(Combine.Kind.MUL), at, net.last());
  }

  private static void zeroWith(DiagnosedNetworks.Builder net) {
    int at = net.last();
    net.add("zero" + at, new Combine(Combine.Kind.SUB), at, at);
    net.add("places" + at, new Operation.Shift(net.shape()));
  }

  private static void cropped(DiagnosedNetworks.Builder net, int by) {
    FeatureShape map = net.shape();
    int at = net.last();
    Range within = new Range(by, map.height() - by, 1);
    net.add("crop" + at, new Operation.Cut(Range.all(map.channels()), within, within));
    Operation.Pad.Sides back = new Operation.Pad.Sides(by, by);
    net.add(
        "crop" + at + ".wrapped",
        new Operation.Pad(Operation.Pad.Sides.NONE, back, back, Operation.Pad.Mode.CIRCULAR));
  }

  private static void resized(DiagnosedNetworks.Builder net, int side, boolean linear) {
    int at = net.last();
    int own = net.shape().height();
    net.add("smaller" + at, new Operation.Resize(side, side, linear));
    net.add("larger" + at, new Operation.Resize(own, own, linear));
  }

  private static void repeated(DiagnosedNetworks.Builder net) {
    int at = net.last();
    net.add("means" + at, new Layer.AvgPool(Window.square(2, 2, 0)));
    int own = 2 * net.shape().height();
    net.add("larger" + at, new Operation.Resize(own, own, false));
  }

  private static void reordered(DiagnosedNetworks.Builder net) {
    FeatureShape map = net.shape();
    net.add(
        "rows" + net.last(),
        new Operation.Rearrange(
            List.of(map.channels(), 2, map.height() / 2, map.width()), List.of(0, 2, 1, 3), map));
  }

  private static void shuffled(DiagnosedNetworks.Builder net) {
    FeatureShape map = net.shape();
    net.add(
        "shuffle" + net.last(),
        new Operation.Rearrange(
            List.of(map.channels(), 1, map.height(), map.width()), List.of(1, 0, 2, 3), map));
  }

  private static void blocks(DiagnosedNetworks.Builder net) {
    FeatureShape map = net.shape();
    int at = net.last();
    int rows = map.height() / 2;
    int columns = map.width() / 2;
    net.add(
        "blocks" + at,
        new Operation.Rearrange(
            List.of(map.channels(), rows, 2, columns, 2),
            List.of(0, 2, 4, 1, 3),
            new FeatureShape(4 * map.channels(), rows, columns)));
    net.add(
        "back" + at,
        new Operation.Rearrange(
            List.of(map.channels(), 2, 2, rows, columns), List.of(0, 3, 1, 4, 2), map));
  }

  private static void halves(DiagnosedNetworks.Builder net) {
    FeatureShape map = net.shape();
    int at = net.last();
    Range rows = Range.all(map.height());
    net.add("first" + at, new Operation.Cut(new Range(0, 1, 1), rows, rows));
    int first = net.last();
    net.add("rest" + at, new Operation.Cut(new Range(1, map.channels(), 1), rows, rows), at);
    net.add("joined" + at, new Layer.Concat(), net.last(), first);
  }

  private static Network network(Where where, Inserted inserted) {
    DiagnosedNetworks.Builder net = new DiagnosedNetworks.Builder(SIDE);
    put(net, inserted, where == Where.INPUT);
    net.conv("a", Window.square(3, 1, 1));
    put(net, inserted, where == Where.MIDDLE);
    net.conv("b", Window.square(3, 2, 1));
    int from = net.last();
    net.conv("c", Window.square(3, 1, 1));
    put(net, inserted, where == Where.BRANCH);
    net.add("sum", new Combine(Combine.Kind.ADD), from, net.last());
    net.conv("d", Window.square(3, 1, 1));
    put(net, inserted, where == Where.END);
    net.pooled();
    return net.network();
  }

  private static void put(DiagnosedNetworks.Builder net, Inserted inserted, boolean here) {
    if (here) {
      inserted.into(net);
    }
  }

  /** Constants by position rise from corner to corner. */
  private static StoredModel model(Network network) {
    Map<String, Tensor> places = new LinkedHashMap<>();
    for (Network.Node node : network.nodes()) {
      if (node.layer() instanceof Operation.Shift shift) {
        FeatureShape map = shift.shape();
        int positions = map.height() * map.width();
        float[] values = new float[(int) map.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = 8f * (i % positions) / positions - 4;
        }
        places.put(
            node.name() + ".bias",
            Tensor.of(List.of(map.channels(), map.height(), map.width()), values));
      }
    }
    Weights all = Weights.of(places).over(InitialWeights.of(network.parameters(), 3));
    return DiagnosedNetworks.model("other", network, Padding.CIRCULAR, all);
  }

  private static Diagnosis diagnosed(Network network) throws IOException {
    List<Raster> drawn = Scene.drawn(Canvas.square(SIDE), 12, 1);
    return ExaminationTest.diagnosed(model(network), new Scene(drawn, List.of(), true));
  }

  private static Stream<Arguments> everywhere(Map<String, Inserted> all) {
    return all.entrySet().stream()
        .flatMap(
            each ->
                Stream.of(Where.values())
                    .map(where -> Arguments.of(each.getKey(), where, each.getValue())));
  }

  static Stream<Arguments> knowingEverywhere() {
    return everywhere(knowing());
  }

  static Stream<Arguments> cleanEverywhere() {
    return everywhere(clean());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("knowingEverywhere")
  void whatKnowsPlacesForbidsNone(String name, Where where, Inserted inserted) throws IOException {
    Diagnosis diagnosis = diagnosed(network(where, inserted));
    assertNotEquals("none", diagnosis.verdict(), diagnosis.toString());
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("cleanEverywhere")
  void whatKnowsNoneLeavesIt(String name, Where where, Inserted inserted) throws IOException {
    Diagnosis diagnosis = diagnosed(network(where, inserted));
    String told = diagnosis.toString();
    assertTrue(diagnosis.labels().isEmpty(), told);
    assertEquals("none", diagnosis.verdict(), told);
  }

  @Test
  void itIsNamed() throws IOException {
    Diagnosis diagnosis = diagnosed(network(Where.BRANCH, net -> gate(net, new Layer.Flatten())));
    assertTrue(
        diagnosis
            .sentence()
            .contains(
                "not tested: mark, other-operations (layer gate6.first reads each position of a map"
                    + " by weights of its own)"),
        diagnosis.sentence());
  }

  @Test
  void meansOfUnevenWindowsAreListed() {
    DiagnosedNetworks.Builder net = new DiagnosedNetworks.Builder(SIDE);
    net.conv("a", Window.square(3, 1, 1));
    int from = net.last();
    net.add("thirds", new Layer.AdaptiveAvgPool(3));
    net.add("larger", new Operation.Resize(SIDE, SIDE, false));
    net.add("product", new Combine(Combine.Kind.MUL), from, net.last());
    net.pooled();
    assertEquals(
        List.of("thirds", "larger"),
        PlaceOperation.untested(net.network()).stream().map(PlaceOperation::layer).toList());
  }

  /** What the walk does not count is found by rolling noise on a torus. */
  @Test
  void aShiftByWholeStridesForbidsNone() throws IOException {
    Network knows = network(Where.BRANCH, OtherOperationsTest::soft);
    Diagnosis diagnosis = diagnosed(knows);
    assertTrue(diagnosis.labels("undecided").contains("stride-phase"), diagnosis.toString());
    assertTrue(
        diagnosis.sentence().contains("on a torus a shift by whole strides, 2 pixels, still"),
        diagnosis.sentence());
    assertEquals(2, ShiftLoss.whole(knows).orElseThrow());
    assertTrue(ShiftLoss.whole(network(Where.END, net -> cropped(net, 2))).isEmpty());
  }
}
