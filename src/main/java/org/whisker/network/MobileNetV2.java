package org.whisker.network;

import java.util.List;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.NetworkBuilder.Width;

/**
 * MobileNet v2 (Sandler et al., arXiv 1801.04381), laid out and named as in torchvision: {@code
 * features.0.0}, {@code features.1.conv.0.0}, …, {@code features.18.0}, {@code classifier.1}. A
 * block widens its input, filters each channel alone, and narrows it again without an activation.
 */
public final class MobileNetV2 {
  public static final String NAME = "mobilenet-v2";

  /** The published blocks of one resolution. */
  private record Group(int expansion, int channels, int repeats, int stride) {}

  private static final List<Group> GROUPS =
      List.of(
          new Group(1, 16, 1, 1),
          new Group(6, 24, 2, 2),
          new Group(6, 32, 3, 2),
          new Group(6, 64, 4, 2),
          new Group(6, 96, 3, 1),
          new Group(6, 160, 3, 2),
          new Group(6, 320, 1, 1));
  private static final int STEM = 32;
  private static final int LAST = 1280;

  /** The implementation that is reproduced: torchvision and timm differ at the border. */
  public enum Variant {
    /** One position of padding on each side; batch norm's eps is 1e-5. */
    TORCHVISION(1e-5),
    /** SAME padding, as in the original; batch norm's eps is 1e-3. */
    TENSORFLOW(1e-3);

    private final double eps;

    Variant(double eps) {
      this.eps = eps;
    }

    private Window three(int stride, FeatureShape map) {
      return this == TENSORFLOW ? Window.same(3, stride, map) : Window.square(3, stride, 1);
    }
  }

  /**
   * The published network, scaled.
   *
   * @param input channels, height and width of the image
   * @param width width multiplier of the channels: 1 for the published network; those of the last
   *     convolution only grow
   * @param batchNorm batch norm after every convolution; without it, convolutions have a bias
   * @param dropout before the last layer
   * @param outputs logits
   */
  public record Options(
      FeatureShape input,
      double width,
      Variant variant,
      boolean batchNorm,
      double dropout,
      int outputs) {
    /** The published network: 3 x 224 x 224, 1000 logits. */
    public static Options published(Variant variant) {
      return new Options(new FeatureShape(3, 224, 224), 1, variant, true, 0.2, 1000);
    }
  }

  private final Options options;
  private final Width width;
  private final NetworkBuilder net;

  private MobileNetV2(Options options) {
    this.options = options;
    this.width = new Width(options.width());
    this.net = new NetworkBuilder(options.input());
  }

  public static Network of(Options options) {
    MobileNetV2 it = new MobileNetV2(options);
    it.head(it.last(it.blocks(it.stem())));
    return it.net.build(NAME);
  }

  private int stem() {
    Window window = options.variant().three(2, options.input());
    Layer.Conv conv = conv(net.channels(0), width.nearest(STEM), window, 1);
    return net.stage("features.0", activated("features.0", conv, 0));
  }

  private int blocks(int from) {
    int at = from;
    int index = 1;
    for (Group group : GROUPS) {
      for (int i = 0; i < group.repeats(); i++) {
        at = block("features." + index++, group, i == 0 ? group.stride() : 1, at);
      }
    }
    return at;
  }

  private int block(String name, Group group, int stride, int from) {
    int in = net.channels(from);
    int inner = in * group.expansion();
    int part = 0;
    int at = from;
    if (group.expansion() > 1) {
      at = activated(name + ".conv." + part++, conv(in, inner, Window.square(1, 1, 0), 1), at);
    }
    Window three = options.variant().three(stride, net.shape(at));
    at = activated(name + ".conv." + part++, conv(inner, inner, three, inner), at);
    int out = width.nearest(group.channels());
    Layer.Conv narrow = conv(inner, out, Window.square(1, 1, 0), 1);
    at = normed(name + ".conv." + part, name + ".conv." + (part + 1), narrow, at);
    boolean residual = stride == 1 && in == out;
    return net.stage(name, residual ? net.add(name, new Layer.ScaledAdd(1), from, at) : at);
  }

  private int last(int from) {
    int channels = options.width() > 1 ? width.nearest(LAST) : LAST;
    Layer.Conv conv = conv(net.channels(from), channels, Window.square(1, 1, 0), 1);
    return net.stage("features.18", activated("features.18", conv, from));
  }

  private void head(int features) {
    int at = net.add("avgpool", new Layer.AdaptiveAvgPool(1), features);
    at = net.add("flatten", new Layer.Flatten(), at);
    at = net.add("classifier.0", new Layer.Dropout(options.dropout()), at);
    net.add("classifier.1", new Layer.Linear(net.channels(at), options.outputs()), at);
  }

  private Layer.Conv conv(int in, int out, Window window, int groups) {
    return new Layer.Conv(in, out, window, groups, !options.batchNorm());
  }

  private int activated(String name, Layer.Conv conv, int from) {
    int at = normed(name + ".0", name + ".1", conv, from);
    return net.add(name + ".2", Activation.relu6(), at);
  }

  private int normed(String name, String norm, Layer.Conv conv, int from) {
    int at = net.add(name, conv, from);
    return options.batchNorm()
        ? net.add(norm, new Layer.BatchNorm(conv.out(), options.variant().eps), at)
        : at;
  }
}
