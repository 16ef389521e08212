package org.whisker.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Network.Node;
import org.whisker.network.Window.Padding;

class PathCountsTest {
  /** Walks every path, one by one, from the layer to the pixel where it ends. */
  private static final class Walk {
    final Network network;
    final double[] ends;

    Walk(Network network, int layer) {
      this.network = network;
      ends = new double[network.input().height() * network.input().width()];
      FeatureShape shape = network.nodes().get(layer).shape();
      for (int y = 0; y < shape.height(); y++) {
        for (int x = 0; x < shape.width(); x++) {
          from(layer, y, x);
        }
      }
    }

    void from(int position, int y, int x) {
      Node node = network.nodes().get(position);
      if (position == 0) {
        ends[y * node.shape().width() + x]++;
        return;
      }
      for (int input : node.inputs()) {
        FeatureShape in = network.nodes().get(input).shape();
        if (node.layer() instanceof Layer.Conv conv) {
          window(input, in, conv.window(), y, x);
        } else if (node.layer() instanceof Layer.MaxPool pool) {
          window(input, in, pool.window(), y, x);
        } else if (node.layer() instanceof Layer.AvgPool pool) {
          window(input, in, pool.window(), y, x);
        } else if (node.layer() instanceof Layer.AdaptiveAvgPool pool) {
          pooled(input, in, pool.side(), y, x);
        } else if (node.layer() instanceof Layer.Flatten) {
          pooled(input, in, 1, 0, 0);
        } else {
          from(input, y, x);
        }
      }
    }

    private void window(int input, FeatureShape in, Window w, int y, int x) {
      for (int dy = 0; dy < w.rows().kernel(); dy++) {
        for (int dx = 0; dx < w.columns().kernel(); dx++) {
          int sy = source(read(w.rows(), y, dy), in.height());
          int sx = source(read(w.columns(), x, dx), in.width());
          if (sy >= 0 && sx >= 0) {
            from(input, sy, sx);
          }
        }
      }
    }

    private static int read(Window.Axis axis, int output, int k) {
      return output * axis.stride() + k * axis.dilation() - axis.before();
    }

    private void pooled(int input, FeatureShape in, int side, int y, int x) {
      for (int sy = 0; sy < in.height(); sy++) {
        for (int sx = 0; sx < in.width(); sx++) {
          if (covers(sy, y, in.height(), side) && covers(sx, x, in.width(), side)) {
            from(input, sy, sx);
          }
        }
      }
    }

    /** PyTorch: from floor(i n / s) to before ceil((i + 1) n / s). */
    private static boolean covers(int place, int output, int inputs, int outputs) {
      return place >= Math.floor((double) output * inputs / outputs)
          && place < Math.ceil((output + 1.0) * inputs / outputs);
    }

    private int source(int at, int size) {
      boolean inside = at >= 0 && at < size;
      return switch (network.padding()) {
        case ZERO -> inside ? at : -1;
        case REPLICATE -> at < 0 ? 0 : inside ? at : size - 1;
        case CIRCULAR -> (at + size) % size;
        case REFLECT -> at < 0 ? -at : inside ? at : size - 2 - (at - size);
      };
    }
  }

  private static void assertEqualsWalk(Network network, int layer) {
    double[] paths = new Walk(network, layer).ends;
    PathCounts foveation = PathCounts.of(network, layer);
    double mean = Arrays.stream(paths).average().orElseThrow();
    double[] relative = Arrays.stream(paths).map(p -> p / mean).toArray();
    assertArrayEquals(relative, foveation.relative(), 1e-13);
    assertEquals(Math.log10(mean), foveation.log10MeanPaths(), 1e-12);
  }

  @ParameterizedTest
  @EnumSource
  void isTheNumberOfPathsThatAWalkFinds(Padding padding) {
    for (Network net : new Network[] {Nets.chain(), Nets.forked(), Nets.uneven()}) {
      Network network = net.withPadding(padding);
      for (int layer = 1; layer < network.nodes().size(); layer++) {
        assertEqualsWalk(network, layer);
      }
    }
  }

  /** One 3x3 convolution over 4x4 pixels, by hand. */
  @Test
  void whatEachPaddingDoesToTheBorder() {
    NetworkBuilder net = new NetworkBuilder(new FeatureShape(1, 4, 4));
    net.add("conv", Nets.conv(Window.square(3, 1, 1)), 0);
    Network network = net.build("one");
    assertAlong(network, Padding.ZERO, 2, 3, 3, 2);
    assertAlong(network, Padding.REFLECT, 2, 4, 4, 2);
    assertAlong(network, Padding.REPLICATE, 3, 3, 3, 3);
    assertAlong(network, Padding.CIRCULAR, 3, 3, 3, 3);
  }

  private static void assertAlong(Network network, Padding padding, double... line) {
    PathCounts foveation = PathCounts.of(network.withPadding(padding), 1);
    double mean = Arrays.stream(line).average().orElseThrow();
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        assertEquals(line[y] * line[x] / mean / mean, foveation.at(x, y), 1e-15);
      }
    }
  }

  /** Windows that tile the image, and padding that wraps around, prefer no pixel. */
  @Test
  void aCircularVggSeesAllPixelsAlike() {
    FeatureShape gray = new FeatureShape(1, 64, 64);
    Network vgg =
        Vgg16.of(new Vgg16.Options(gray, 0.125, true, new Vgg16.Head.Pooled(0), 1))
            .withPadding(Padding.CIRCULAR);
    assertEquals("features.43", vgg.nodes().get(vgg.lastFeatureMap()).name());
    PathCounts foveation = PathCounts.of(vgg, vgg.lastFeatureMap());
    for (double paths : foveation.relative()) {
      assertEquals(1, paths, 1e-12);
    }
    // every pixel lies in one window of each of 5 poolings and in 9 of each of 13 convolutions
    assertEquals(13 * Math.log10(9), foveation.log10MeanPaths(), 1e-12);
  }

  /** With 128 pixels, strides leave three rows and columns over: a fact that a run confirms. */
  @Test
  void pixelsThatNoPathReaches() {
    FeatureShape gray = new FeatureShape(1, 128, 128);
    Network network =
        InceptionResNetV2.of(new InceptionResNetV2.Options(gray, 0.25, 3, 6, 3, 0.2, 1));
    PathCounts foveation = PathCounts.of(network, network.lastFeatureMap());
    for (int y = 0; y < 128; y++) {
      for (int x = 0; x < 128; x++) {
        assertEquals(x > 124 || y > 124, foveation.at(x, y) == 0, x + ", " + y);
      }
    }
  }

  /** 400 convolutions have more paths than a double can count: about 9 to the 400th. */
  @Test
  void morePathsThanADoubleHolds() {
    NetworkBuilder net = new NetworkBuilder(new FeatureShape(1, 5, 6));
    int at = 0;
    for (int i = 0; i < 400; i++) {
      at = net.add("conv" + i, Nets.conv(Window.square(3, 1, 1)), at);
    }
    Network network = net.build("deep");
    PathCounts circular = PathCounts.of(network.withPadding(Padding.CIRCULAR), at);
    assertEquals(400 * Math.log10(9), circular.log10MeanPaths(), 1e-9);
    for (double paths : circular.relative()) {
      assertEquals(1, paths, 1e-12);
    }
    PathCounts zero = PathCounts.of(network, at);
    // the limit is the first eigenvector of the path matrix, a half wave of a sine a side
    double ratio = Math.sin(Math.PI / 7) / Math.sin(3 * Math.PI / 7);
    assertEquals(ratio, zero.at(0, 2) / zero.at(2, 2), 1e-9);
  }

  @Test
  void theMeanIsOneAndTheImageItselfIsUniform() {
    Network network = Nets.forked();
    double[] self = PathCounts.of(network, 0).relative();
    assertTrue(Arrays.stream(self).allMatch(v -> v == 1));
    PathCounts foveation = PathCounts.of(network, network.lastFeatureMap());
    assertEquals(1, Arrays.stream(foveation.relative()).average().orElseThrow(), 1e-14);
    assertEquals(9, foveation.width());
    assertEquals(7, foveation.height());
    double[] copy = foveation.relative();
    copy[0] = 42;
    assertEquals(foveation.at(0, 0), foveation.relative()[0]);
  }

  @Test
  void aMapThatIsTooSmallToReflect() {
    NetworkBuilder net = new NetworkBuilder(new FeatureShape(1, 1, 1));
    net.add("pool", new Layer.AvgPool(Window.square(3, 1, 1)), 0);
    Network dot = net.build("dot");
    Network network = new Network("dot", dot.nodes(), dot.stages(), Padding.REFLECT);
    assertEquals(
        "a map of 1 is too small to reflect; take a larger input",
        assertThrows(IllegalArgumentException.class, () -> PathCounts.of(network, 1)).getMessage());
  }
}
