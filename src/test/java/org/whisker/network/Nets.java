package org.whisker.network;

import org.whisker.network.Network.FeatureShape;

/** Tiny networks whose paths can be enumerated. */
final class Nets {
  private Nets() {}

  static Layer conv(Window window) {
    return new Layer.Conv(1, 1, window, false);
  }

  /** Stacked windows, with strides that leave pixels over. */
  static Network chain() {
    NetworkBuilder net = new NetworkBuilder(new FeatureShape(1, 8, 7));
    int at = net.add("a", conv(Window.square(3, 1, 1)), 0);
    at = net.add("relu", Activation.relu(), at);
    at = net.add("pool", new Layer.MaxPool(Window.square(2, 2, 0)), at);
    at = net.add("b", conv(Window.square(3, 1, 1)), at);
    net.add("c", new Layer.Conv(1, 5, new Window(1, 3, 1, 0, 2), false), at);
    return net.build("chain");
  }

  /** Asymmetric padding, dilation and groups. */
  static Network uneven() {
    NetworkBuilder net = new NetworkBuilder(new FeatureShape(1, 9, 8));
    Window same = Window.same(3, 2, net.shape(0));
    int at = net.add("a", new Layer.Conv(1, 4, same, true), 0);
    at = net.add("relu6", Activation.relu6(), at);
    Window.Axis rows = new Window.Axis(3, 1, 2, 1, 2);
    Window apart = new Window(rows, new Window.Axis(2, 1, 1, 0, 2));
    at = net.add("b", Layer.Conv.depthwise(4, apart, true), at);
    Window.Axis right = new Window.Axis(3, 1, 1, 0, 1);
    net.add("c", new Layer.AvgPool(new Window(right, right)), at);
    return net.build("uneven");
  }

  /** All kinds of forks: branches with uneven kernels, a residual, a padded average pooling. */
  static Network forked() {
    NetworkBuilder net = new NetworkBuilder(new FeatureShape(2, 7, 9));
    int stem = net.add("stem", new Layer.Conv(2, 3, Window.square(3, 2, 1), false), 0);
    int b0 = net.add("b0", new Layer.Conv(3, 2, Window.square(1, 1, 0), false), stem);
    int b1 = net.add("b1", new Layer.Conv(3, 4, new Window(1, 5, 1, 0, 2), false), stem);
    b1 = net.add("b1.1", new Layer.Conv(4, 4, new Window(3, 1, 1, 1, 0), false), b1);
    int b2 = net.add("b2", new Layer.AvgPool(Window.square(3, 1, 1)), stem);
    int joined = net.add("cat", new Layer.Concat(), b0, b1, b2);
    int up = net.add("up", new Layer.Conv(9, 3, Window.square(1, 1, 0), true), joined);
    int sum = net.add("add", new Layer.ScaledAdd(0.1), stem, up);
    int pooled = net.add("pooled", new Layer.AdaptiveAvgPool(3), sum);
    int flat = net.add("flatten", new Layer.Flatten(), pooled);
    net.add("linear", new Layer.Linear(27, 1), flat);
    return net.build("forked");
  }
}
