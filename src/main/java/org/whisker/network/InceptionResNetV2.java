package org.whisker.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntBiFunction;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.NetworkBuilder.Width;
import org.whisker.value.Text;

/**
 * Inception-ResNet v2 (Szegedy et al., arXiv 1602.07261), laid out and named as in timm: {@code
 * conv2d_1a}, {@code mixed_5b.branch1.0}, {@code repeat.0}, …, {@code classif}.
 */
public final class InceptionResNetV2 {
  public static final String NAME = "inception-resnet-v2";

  private static final double BATCH_NORM_EPS = 1e-3;

  /**
   * The published network, scaled.
   *
   * @param input channels, height and width of the image
   * @param width width multiplier of the channels: 1 for the published network
   * @param block35 repeats of the 35x35 block (10 in the published network)
   * @param block17 repeats of the 17x17 block (20)
   * @param block8 repeats of the 8x8 block (9), besides the last one
   * @param dropout before the last layer
   * @param outputs logits
   */
  public record Options(
      FeatureShape input,
      double width,
      int block35,
      int block17,
      int block8,
      double dropout,
      int outputs) {
    public Options {
      if (block35 < 0 || block17 < 0 || block8 < 0) {
        throw new IllegalArgumentException(
            Text.of("repeats must not be negative: %d, %d, %d", block35, block17, block8));
      }
    }

    /** The published network: 3 x 299 x 299, 1000 logits. */
    public static Options published() {
      return new Options(new FeatureShape(3, 299, 299), 1, 10, 20, 9, 0.2, 1000);
    }

    /** A copy for another input and number of logits. */
    public Options with(FeatureShape otherInput, int otherOutputs) {
      return new Options(otherInput, width, block35, block17, block8, dropout, otherOutputs);
    }
  }

  private final Width width;
  private final NetworkBuilder net;

  private InceptionResNetV2(Options options) {
    this.width = new Width(options.width());
    this.net = new NetworkBuilder(options.input());
  }

  public static Network of(Options options) {
    InceptionResNetV2 it = new InceptionResNetV2(options);
    int at = it.mixed5b(it.stem(it.net.input()));
    at = it.repeat("repeat", options.block35(), at, it::block35);
    at = it.repeat("repeat_1", options.block17(), it.mixed6a(at), it::block17);
    at = it.repeat("repeat_2", options.block8(), it.mixed7a(at), it::block8);
    at = it.net.stage("block8", it.lastBlock(at));
    at = it.net.stage("conv2d_7b", it.conv("conv2d_7b", at, 1536, Window.square(1, 1, 0)));
    at = it.net.add("global_pool", new Layer.AdaptiveAvgPool(1), at);
    at = it.net.add("flatten", new Layer.Flatten(), at);
    at = it.net.add("head_drop", new Layer.Dropout(options.dropout()), at);
    it.net.add("classif", new Layer.Linear(it.net.channels(at), options.outputs()), at);
    return it.net.build(NAME);
  }

  private int stem(int from) {
    int at = net.stage("conv2d_1a", conv("conv2d_1a", from, 32, Window.square(3, 2, 0)));
    at = net.stage("conv2d_2a", conv("conv2d_2a", at, 32, Window.square(3, 1, 0)));
    at = net.stage("conv2d_2b", conv("conv2d_2b", at, 64, Window.square(3, 1, 1)));
    at = net.stage("maxpool_3a", halve("maxpool_3a", at));
    at = net.stage("conv2d_3b", conv("conv2d_3b", at, 80, Window.square(1, 1, 0)));
    at = net.stage("conv2d_4a", conv("conv2d_4a", at, 192, Window.square(3, 1, 0)));
    return net.stage("maxpool_5a", halve("maxpool_5a", at));
  }

  private int mixed5b(int x) {
    int b0 = conv("mixed_5b.branch0", x, 96, Window.square(1, 1, 0));
    int b1 = conv("mixed_5b.branch1.0", x, 48, Window.square(1, 1, 0));
    b1 = conv("mixed_5b.branch1.1", b1, 64, Window.square(5, 1, 2));
    int b2 = conv("mixed_5b.branch2.0", x, 64, Window.square(1, 1, 0));
    b2 = conv("mixed_5b.branch2.1", b2, 96, Window.square(3, 1, 1));
    b2 = conv("mixed_5b.branch2.2", b2, 96, Window.square(3, 1, 1));
    int b3 = net.add("mixed_5b.branch3.0", new Layer.AvgPool(Window.square(3, 1, 1)), x);
    b3 = conv("mixed_5b.branch3.1", b3, 64, Window.square(1, 1, 0));
    return net.stage("mixed_5b", net.add("mixed_5b", new Layer.Concat(), b0, b1, b2, b3));
  }

  private int block35(String name, int x) {
    int b0 = conv(name + ".branch0", x, 32, Window.square(1, 1, 0));
    int b1 = conv(name + ".branch1.0", x, 32, Window.square(1, 1, 0));
    b1 = conv(name + ".branch1.1", b1, 32, Window.square(3, 1, 1));
    int b2 = conv(name + ".branch2.0", x, 32, Window.square(1, 1, 0));
    b2 = conv(name + ".branch2.1", b2, 48, Window.square(3, 1, 1));
    b2 = conv(name + ".branch2.2", b2, 64, Window.square(3, 1, 1));
    return relu(name, residual(name, x, 0.17, b0, b1, b2));
  }

  private int mixed6a(int x) {
    int b0 = conv("mixed_6a.branch0", x, 384, Window.square(3, 2, 0));
    int b1 = conv("mixed_6a.branch1.0", x, 256, Window.square(1, 1, 0));
    b1 = conv("mixed_6a.branch1.1", b1, 256, Window.square(3, 1, 1));
    b1 = conv("mixed_6a.branch1.2", b1, 384, Window.square(3, 2, 0));
    int b2 = halve("mixed_6a.branch2", x);
    return net.stage("mixed_6a", net.add("mixed_6a", new Layer.Concat(), b0, b1, b2));
  }

  private int block17(String name, int x) {
    int b0 = conv(name + ".branch0", x, 192, Window.square(1, 1, 0));
    int b1 = conv(name + ".branch1.0", x, 128, Window.square(1, 1, 0));
    b1 = conv(name + ".branch1.1", b1, 160, new Window(1, 7, 1, 0, 3));
    b1 = conv(name + ".branch1.2", b1, 192, new Window(7, 1, 1, 3, 0));
    return relu(name, residual(name, x, 0.10, b0, b1));
  }

  private int mixed7a(int x) {
    int b0 = conv("mixed_7a.branch0.0", x, 256, Window.square(1, 1, 0));
    b0 = conv("mixed_7a.branch0.1", b0, 384, Window.square(3, 2, 0));
    int b1 = conv("mixed_7a.branch1.0", x, 256, Window.square(1, 1, 0));
    b1 = conv("mixed_7a.branch1.1", b1, 288, Window.square(3, 2, 0));
    int b2 = conv("mixed_7a.branch2.0", x, 256, Window.square(1, 1, 0));
    b2 = conv("mixed_7a.branch2.1", b2, 288, Window.square(3, 1, 1));
    b2 = conv("mixed_7a.branch2.2", b2, 320, Window.square(3, 2, 0));
    int b3 = halve("mixed_7a.branch3", x);
    return net.stage("mixed_7a", net.add("mixed_7a", new Layer.Concat(), b0, b1, b2, b3));
  }

  private int block8(String name, int x) {
    return relu(name, residual8(name, x, 0.20));
  }

  /** The last block, at scale 1 and without a ReLU after the sum. */
  private int lastBlock(int x) {
    return residual8("block8", x, 1.0);
  }

  private int residual8(String name, int x, double scale) {
    int b0 = conv(name + ".branch0", x, 192, Window.square(1, 1, 0));
    int b1 = conv(name + ".branch1.0", x, 192, Window.square(1, 1, 0));
    b1 = conv(name + ".branch1.1", b1, 224, new Window(1, 3, 1, 0, 1));
    b1 = conv(name + ".branch1.2", b1, 256, new Window(3, 1, 1, 1, 0));
    return residual(name, x, scale, b0, b1);
  }

  /** x + scale * (1x1 convolution of the joined branches). */
  private int residual(String name, int x, double scale, Integer... branches) {
    int joined = net.add(name + ".cat", new Layer.Concat(), branches);
    Layer up = new Layer.Conv(net.channels(joined), net.channels(x), Window.square(1, 1, 0), true);
    int raised = net.add(name + ".conv2d", up, joined);
    return net.add(name + ".add", new Layer.ScaledAdd(scale), x, raised);
  }

  private int relu(String name, int from) {
    return net.add(name, Activation.relu(), from);
  }

  private int halve(String name, int from) {
    return net.add(name, new Layer.MaxPool(Window.square(3, 2, 0)), from);
  }

  /** Convolution without bias, batch norm, ReLU; {@code published} channels before scaling. */
  private int conv(String name, int from, int published, Window window) {
    int channels = width.of(published);
    Layer conv = new Layer.Conv(net.channels(from), channels, window, false);
    int at = net.add(name + ".conv", conv, from);
    at = net.add(name + ".bn", new Layer.BatchNorm(channels, BATCH_NORM_EPS), at);
    return relu(name, at);
  }

  private int repeat(String stage, int times, int from, ToIntBiFunction<String, Integer> block) {
    List<Integer> outputs = new ArrayList<>(List.of(from));
    for (int i = 0; i < times; i++) {
      outputs.add(block.applyAsInt(stage + "." + i, outputs.get(i)));
    }
    return net.stage(stage, outputs.get(times));
  }
}
