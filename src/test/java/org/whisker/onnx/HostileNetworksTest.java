package org.whisker.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.whisker.onnx.OnnxBuilder.entry;
import static org.whisker.onnx.OnnxBuilder.integer;
import static org.whisker.onnx.OnnxBuilder.ints;
import static org.whisker.onnx.OnnxBuilder.number;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.models.ModelsCommand;
import org.whisker.feature.position.ProbeCommand;
import org.whisker.onnx.proto.Onnx.TensorProto;

/** Files that are well formed, of networks that nobody can run: each is refused in one line. */
class HostileNetworksTest {
  @TempDir private Path home;

  private static OnnxBuilder graph(long... input) {
    return new OnnxBuilder(13, input);
  }

  private TestEnvironment imported(OnnxBuilder graph, String last) throws IOException {
    Path file =
        graph
            .node("GlobalAveragePool", "pool", last)
            .node("Flatten", "y", "pool")
            .write(home.resolve("net.onnx"), "y");
    TestEnvironment test = new TestEnvironment(home);
    test.run(
        ModelsCommand::new,
        "models",
        "import",
        file.toString(),
        "--name",
        "net",
        "--class",
        "cat=0");
    return test;
  }

  private void refused(OnnxBuilder graph, String last, String part) throws IOException {
    refused(imported(graph, last), part);
  }

  private static void refused(TestEnvironment test, String part) {
    assertTrue(test.err().contains(part), test::err);
    assertFalse(test.err().contains("unexpected"), test::err);
    assertEquals(1, test.err().lines().count(), test::err);
  }

  private TensorProto.Builder external(OnnxBuilder graph, String file, long... shape) {
    return graph
        .tensor(OnnxBuilder.FLOAT, shape)
        .setDataLocation(TensorProto.DataLocation.EXTERNAL)
        .addExternalData(entry("location", file));
  }

  private void sparse(String name, long bytes) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(home.resolve(name).toFile(), "rw")) {
      file.setLength(bytes);
    }
  }

  @Test
  void aTensorOfMoreThanTwoGigabytes() throws IOException {
    sparse("w.bin", 4L << 29);
    OnnxBuilder graph = graph(1, 3, 8, 8);
    String w = graph.add(external(graph, "w.bin", 1 << 14, 1 << 15, 1, 1));
    refused(graph.node("Conv", "z", "x", w), "z", "2 GiB");
  }

  @Test
  void inputsLargerThanAnyPicture() throws IOException {
    refused(graph(1, 3, 65_536, 65_536).node("Relu", "z", "x"), "z", "3x65536x65536, larger than");
    refused(graph(1, 10_000_000, 4, 4).node("Relu", "z", "x"), "z", "10000000x4x4, larger");
    refused(graph(1, 10_000_000, 1, 1).node("Relu", "z", "x"), "z", "10000000x1x1, larger");
  }

  private static OnnxBuilder wide() {
    OnnxBuilder graph = graph(1, 3, 2, 2);
    return graph.node("Conv", "wide", "x", graph.weights(1024, 3, 1, 1));
  }

  @Test
  void aFileThatIsReadForManyTensors() throws IOException {
    sparse("w.bin", 4 << 20);
    OnnxBuilder graph = wide();
    String last = "wide";
    for (int i = 0; i < 400; i++) {
      String w = graph.add(external(graph, "w.bin", 1024, 1024, 1, 1));
      graph.node("Conv", "c" + i, last, w);
      last = "c" + i;
    }
    refused(graph, last, "would become a model of 1,6");
  }

  @Test
  void oneTensorThatManyLayersRead() throws IOException {
    sparse("w.bin", 4 << 20);
    OnnxBuilder graph = wide();
    String w = graph.add(external(graph, "w.bin", 1024, 1024, 1, 1));
    String last = "wide";
    for (int i = 0; i < 400; i++) {
      graph.node("Conv", "c" + i, last, w);
      last = "c" + i;
    }
    refused(graph, last, "would become a model of 1,6");
  }

  @Test
  void normsOfNothing() throws IOException {
    for (long size : new long[] {0, -1, 1L << 20}) {
      refused(graph(1, 3, 8, 8).node("LRN", "z", "x").with(integer("size", size)), "z", "size");
    }
    OnnxBuilder graph = graph(1, 3, 8, 8);
    String nan = graph.floats(new long[] {3}, Float.NaN, Float.NaN, Float.NaN);
    refused(graph.node("InstanceNormalization", "z", "x", nan, nan), "z", "holds NaN");
    graph = graph(1, 3, 8, 8);
    String one = graph.floats(new long[] {3}, 1, 1, 1);
    refused(
        graph.node("InstanceNormalization", "z", "x", one, one).with(number("epsilon", Float.NaN)),
        "z",
        "epsilon is not a number");
  }

  @Test
  void padsAboveTheKernel() throws IOException {
    for (String pool : new String[] {"MaxPool", "AveragePool"}) {
      refused(
          graph(1, 3, 8, 8)
              .node(pool, "z", "x")
              .with(ints("kernel_shape", 3, 3), ints("pads", 2, 2, 2, 2)),
          "z",
          "pads of 2 for a kernel of 3");
    }
  }

  @Test
  void weightsThatOverflow() throws IOException {
    OnnxBuilder graph = graph(1, 1, 8, 8);
    String w = graph.floats(new long[] {2, 1, 1, 1}, 3e38f, -3e38f);
    String b = graph.floats(new long[] {2}, 3e38f, -3e38f);
    refused(graph.node("Conv", "z", "x", w, b), "z", "gives -Infinity for white");
  }

  @Test
  void aNetworkThatDivides() throws IOException {
    OnnxBuilder graph = graph(1, 3, 8, 8);
    TestEnvironment test =
        imported(graph.node("Div", "z", graph.floats(new long[] {1}, 1), "x"), "z");
    assertTrue(test.err().startsWith("whisker: note: "), test::err);
    TestEnvironment probe = new TestEnvironment(home);
    String out = home.resolve("probed").toString();
    probe.run(ProbeCommand::new, "probe", "--model", "net", "--out", out, "--quiet");
    refused(probe, "NaN: the network gives no number there");
  }
}
