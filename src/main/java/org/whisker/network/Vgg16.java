package org.whisker.network;

import org.whisker.network.Network.FeatureShape;
import org.whisker.network.NetworkBuilder.Width;
import org.whisker.value.Checks;

/** VGG-16 (Simonyan and Zisserman, arXiv 1409.1556), of any width, for one channel or three. */
public final class Vgg16 {
  public static final String NAME = "vgg16";

  private static final int POOL = 0;
  private static final int[] FEATURES = {
    64, 64, POOL, 128, 128, POOL, 256, 256, 256, POOL, 512, 512, 512, POOL, 512, 512, 512, POOL
  };
  private static final double BATCH_NORM_EPS = 1e-5;

  /** The layers after the features. */
  public sealed interface Head {
    /**
     * The published head: pool to {@code side x side}, flatten, two hidden layers of {@code
     * hidden}. Its weights can depend on position.
     */
    record Flattening(int side, int hidden, double dropout) implements Head {
      public Flattening {
        Checks.refuse(side < 1 || hidden < 1, "impossible head: side %s hidden %s", side, hidden);
      }
    }

    /** Global average pooling and one linear layer: cannot distinguish positions. */
    record Pooled(double dropout) implements Head {}
  }

  /**
   * The published network, scaled.
   *
   * @param input channels, height and width of the image
   * @param width width multiplier of the channels: 1 for the published network
   * @param batchNorm batch norm after every convolution
   * @param outputs logits
   */
  public record Options(
      FeatureShape input, double width, boolean batchNorm, Head head, int outputs) {
    /** The published network: 3 x 224 x 224, 1000 logits. */
    public static Options published() {
      Head head = new Head.Flattening(7, 4096, 0.5);
      return new Options(new FeatureShape(3, 224, 224), 1, false, head, 1000);
    }

    /** A copy for another input and number of logits. */
    public Options with(FeatureShape otherInput, int otherOutputs) {
      return new Options(otherInput, width, batchNorm, head, otherOutputs);
    }
  }

  private final Options options;
  private final Width width;
  private final NetworkBuilder net;

  private Vgg16(Options options) {
    this.options = options;
    this.width = new Width(options.width());
    this.net = new NetworkBuilder(options.input());
  }

  public static Network of(Options options) {
    Vgg16 vgg = new Vgg16(options);
    int features = vgg.features();
    if (options.head() instanceof Head.Flattening head) {
      vgg.flatteningHead(features, head);
    } else if (options.head() instanceof Head.Pooled head) {
      vgg.pooledHead(features, head);
    }
    return vgg.net.build(NAME);
  }

  private int features() {
    int at = net.input();
    int index = 0;
    for (int channels : FEATURES) {
      if (channels == POOL) {
        at = net.add("features." + index, new Layer.MaxPool(Window.square(2, 2, 0)), at);
        net.stage("features." + index, at);
        index++;
      } else {
        at = convolution(at, index, width.of(channels));
        index += options.batchNorm() ? 3 : 2;
      }
    }
    return at;
  }

  private int convolution(int from, int index, int channels) {
    Layer conv = new Layer.Conv(net.channels(from), channels, Window.square(3, 1, 1), true);
    int at = net.add("features." + index, conv, from);
    int next = index + 1;
    if (options.batchNorm()) {
      at = net.add("features." + next++, new Layer.BatchNorm(channels, BATCH_NORM_EPS), at);
    }
    return net.stage("features." + next, net.add("features." + next, Activation.relu(), at));
  }

  private void flatteningHead(int features, Head.Flattening head) {
    int at = net.add("avgpool", new Layer.AdaptiveAvgPool(head.side()), features);
    at = net.add("flatten", new Layer.Flatten(), at);
    at = hidden(at, 0, head);
    at = hidden(at, 3, head);
    net.add("classifier.6", new Layer.Linear(net.channels(at), options.outputs()), at);
  }

  private int hidden(int from, int index, Head.Flattening head) {
    Layer linear = new Layer.Linear(net.channels(from), head.hidden());
    int at = net.add("classifier." + index, linear, from);
    at = net.add("classifier." + (index + 1), Activation.relu(), at);
    return net.add("classifier." + (index + 2), new Layer.Dropout(head.dropout()), at);
  }

  private void pooledHead(int features, Head.Pooled head) {
    int at = net.add("avgpool", new Layer.AdaptiveAvgPool(1), features);
    at = net.add("flatten", new Layer.Flatten(), at);
    at = net.add("dropout", new Layer.Dropout(head.dropout()), at);
    net.add("classifier", new Layer.Linear(net.channels(at), options.outputs()), at);
  }
}
