package org.whisker.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.whisker.onnx.OnnxBuilder.integer;
import static org.whisker.onnx.OnnxBuilder.number;
import static org.whisker.onnx.OnnxBuilder.text;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.whisker.image.GrayImage;
import org.whisker.network.Network;
import org.whisker.network.Operation;
import org.whisker.onnx.proto.Onnx.AttributeProto;

/** Resizes of pictures and of known tensors give what ONNX Runtime gives. */
class OnnxResizeTest {
  private static final int HEIGHT = 9;
  private static final int WIDTH = 8;

  @TempDir private Path folder;

  private static AttributeProto at(String mode) {
    return text("coordinate_transformation_mode", mode);
  }

  private Path resized(String mode, String at, int rows, int columns) throws Exception {
    OnnxBuilder g = new OnnxBuilder(13, -1, 3, HEIGHT, WIDTH);
    g.node("Conv", "c", "x", g.weights(2, 3, 1, 1))
        .node("Resize", "r", "c", "", "", g.integers(1, 2, rows, columns))
        .with(text("mode", mode), at(at))
        .node("Flatten", "y", "r");
    return g.write(folder.resolve("resized.onnx"), "y");
  }

  @ParameterizedTest
  @CsvSource({
    "cubic, half_pixel, 13, 5",
    "cubic, half_pixel, 31, 17",
    "cubic, half_pixel, 9, 4",
    "cubic, half_pixel, 3, 1",
    "cubic, pytorch_half_pixel, 4, 23",
    "cubic, align_corners, 13, 5",
    "cubic, align_corners, 1, 17",
    "linear, align_corners, 13, 5",
    "linear, align_corners, 1, 23",
    "linear, half_pixel, 5, 1",
  })
  void picturesAreResized(String mode, String at, int rows, int columns) throws Exception {
    Path file = resized(mode, at, rows, columns);
    OnnxModel model = OnnxOperatorsTest.checkAgainstRuntime(file);
    assertTrue(
        model.network().nodes().stream()
            .anyMatch(
                node ->
                    node.layer() instanceof Operation.Resize resize
                        && resize.by().name().equalsIgnoreCase(mode)
                        && resize.corners() == at.equals("align_corners")));
  }

  @ParameterizedTest
  @CsvSource({"cubic, half_pixel", "cubic, align_corners", "linear, align_corners"})
  void picturesAreResizedInBfloat16(String mode, String at) throws Exception {
    for (int size = 2; size < 40; size += 5) {
      Path file = resized(mode, at, size, 41 - size);
      OnnxModel model = OnnxModel.read(file, Optional.empty());
      GrayImage picture = OnnxRuntime.picture(model.network().input(), 2);
      float[] wanted = OnnxRuntime.outputs(model, picture);
      double difference = OnnxRuntime.difference(wanted, OnnxRuntime.rounded(model, picture));
      assertTrue(difference < 0.02, () -> "they differ by " + difference);
    }
  }

  /** The product of a size and the float nearest to 31 / 7 is a little below 31. */
  @ParameterizedTest
  @CsvSource({
    "7, 31, cubic, half_pixel",
    "11, 13, cubic, align_corners",
    "11, 63, linear, half_pixel"
  })
  void resizesAreExported(int from, int to, String mode, String at) throws Exception {
    OnnxBuilder g = new OnnxBuilder(13, -1, 1, from, from);
    g.node("Resize", "r", "x", "", "", g.integers(1, 1, to, to))
        .with(text("mode", mode), at(at))
        .node("Flatten", "y", "r");
    OnnxModel model = OnnxModel.read(g.write(folder.resolve("first.onnx"), "y"), Optional.empty());
    Path out = folder.resolve("out.onnx");
    OnnxExport.write(model.network(), model.weights(), List.of(0.4f), List.of(0.3f), "a test", out);
    OnnxModel again = OnnxModel.read(out, Optional.empty());
    GrayImage picture = OnnxRuntime.picture(model.network().input(), 2);
    float[] wanted = OnnxRuntime.outputs(model, picture);
    assertTrue(
        OnnxRuntime.difference(wanted, OnnxRuntime.gray(out, model.network().input(), picture))
            < 1e-5);
    assertEquals(resize(model.network()), resize(again.network()));
  }

  private static Operation resize(Network network) {
    return network.nodes().stream()
        .map(Network.Node::layer)
        .filter(Operation.Resize.class::isInstance)
        .map(Operation.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private record Known(String mode, List<AttributeProto> with) {}

  static Stream<Known> knowns() {
    Stream<Known> nearest =
        Stream.of("half_pixel", "align_corners", "asymmetric", "pytorch_half_pixel")
            .flatMap(
                at ->
                    Stream.of("floor", "ceil", "round_prefer_floor", "round_prefer_ceil")
                        .map(
                            to -> new Known("nearest", List.of(at(at), text("nearest_mode", to)))));
    Stream<Known> linear =
        Stream.of("half_pixel", "align_corners", "asymmetric", "half_pixel_symmetric")
            .map(at -> new Known("linear", List.of(at(at))));
    Stream<Known> cubic =
        Stream.of("half_pixel", "align_corners", "asymmetric", "pytorch_half_pixel")
            .flatMap(
                at ->
                    Stream.of(-0.75f, -0.5f)
                        .flatMap(
                            a ->
                                Stream.of(0, 1)
                                    .map(
                                        out ->
                                            new Known(
                                                "cubic",
                                                List.of(
                                                    at(at),
                                                    number("cubic_coeff_a", a),
                                                    integer("exclude_outside", out))))));
    Stream<Known> smooth =
        Stream.of("linear", "cubic")
            .flatMap(
                mode ->
                    Stream.of(0, 1)
                        .map(
                            out ->
                                new Known(
                                    mode,
                                    List.of(
                                        at("half_pixel"),
                                        integer("antialias", 1),
                                        integer("exclude_outside", out)))));
    return Stream.of(nearest, linear, cubic, smooth).flatMap(each -> each);
  }

  /** As a position embedding that is resized in the file: smaller, larger, by sizes, by scales. */
  @ParameterizedTest
  @MethodSource("knowns")
  void knownTensorsAreResized(Known known) throws Exception {
    check(known, 5, 19);
    check(known, 9, 3);
    check(known, 20, 8);
    OnnxBuilder g = new OnnxBuilder(19, -1, 3, HEIGHT, WIDTH);
    String scales = g.floats(new long[] {4}, 1, 1, 9.1f / 5, 8.1f / 13);
    add(g, known, g.weights(1, 3, 5, 13), "", scales);
    OnnxOperatorsTest.checkAgainstRuntime(g.write(folder.resolve("scaled.onnx"), "y"));
  }

  private void check(Known known, int rows, int columns) throws Exception {
    OnnxBuilder g = new OnnxBuilder(19, -1, 3, HEIGHT, WIDTH);
    add(g, known, g.weights(1, 3, rows, columns), "", "", g.integers(1, 3, HEIGHT, WIDTH));
    OnnxModel model =
        OnnxOperatorsTest.checkAgainstRuntime(g.write(folder.resolve("known.onnx"), "y"));
    assertTrue(
        model.network().nodes().stream()
            .noneMatch(node -> node.layer() instanceof Operation.Resize));
  }

  private static void add(OnnxBuilder g, Known known, String... inputs) {
    g.node("Resize", "r", inputs)
        .with(text("mode", known.mode()))
        .with(known.with().toArray(new AttributeProto[0]))
        .node("Add", "a", "x", "r")
        .node("Flatten", "y", "a");
  }

  /** Keys' kernel at all pixels of the picture, values beyond its border being those at it. */
  @Test
  void aCubicResizeIsTheConvolutionOfKeys() throws Exception {
    int rows = 14;
    int columns = 5;
    OnnxBuilder g = new OnnxBuilder(13, -1, 1, HEIGHT, WIDTH);
    g.node("Resize", "r", "x", "", "", g.integers(1, 1, rows, columns))
        .with(text("mode", "cubic"))
        .node("Flatten", "y", "r");
    OnnxModel model = OnnxModel.read(g.write(folder.resolve("keys.onnx"), "y"), Optional.empty());
    GrayImage picture = OnnxRuntime.picture(model.network().input(), 3);
    float[] found = OnnxRuntime.outputs(model, picture);
    for (int i = 0; i < found.length; i++) {
      int row = i / columns;
      double y = (row + 0.5) * HEIGHT / rows - 0.5;
      double x = (i % columns + 0.5) * WIDTH / columns - 0.5;
      assertEquals((keys(picture, x, y) - 0.4) / 0.3, found[i], 1e-5);
    }
  }

  private static double keys(GrayImage picture, double x, double y) {
    double sum = 0;
    for (int row = -3; row < HEIGHT + 3; row++) {
      for (int column = -3; column < WIDTH + 3; column++) {
        int inY = Math.max(0, Math.min(HEIGHT - 1, row));
        int inX = Math.max(0, Math.min(WIDTH - 1, column));
        sum += keys(row - y) * keys(column - x) * picture.at(inX, inY);
      }
    }
    return sum;
  }

  private static double keys(double distance) {
    double d = Math.abs(distance);
    double a = -0.75;
    if (d < 1) {
      return (a + 2) * d * d * d - (a + 3) * d * d + 1;
    }
    return d < 2 ? a * d * d * d - 5 * a * d * d + 8 * a * d - 4 * a : 0;
  }
}
