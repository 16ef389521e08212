package org.whisker.onnx;

import java.util.Arrays;
import org.whisker.network.FeatureShape;
import org.whisker.network.Operation.Pad;
import org.whisker.network.Window;
import org.whisker.onnx.graph.GraphNode;

/**
 * Convolutions along one dimension, such as those over channels of efficient channel attention
 * (Wang et al., arXiv 1910.03151): two-dimensional ones of one column. What is added at their ends
 * stays 0, whatever the network's padding, since there is no border of a picture.
 */
final class LineConvolution {
  private final Scope scope;
  private final GraphNode node;

  private LineConvolution(Scope scope, GraphNode node) {
    this.scope = scope;
    this.node = node;
  }

  static View of(Scope scope, GraphNode node) {
    return new LineConvolution(scope, node).result();
  }

  private View result() {
    View x = scope.view(node, 0);
    Constant weight = scope.constant(node, 1);
    int[] w = weight.shape();
    if (x.rank() != 3) {
      throw new IllegalArgumentException(
          "a kernel of one dimension for a tensor of shape " + Arrays.toString(x.shape()));
    }
    FeatureShape line = new FeatureShape(1, x.shape()[2], 1);
    Window.Axis along = new Windows(node, line, new int[] {w[2]}).along();
    View padded = padded(x, along);
    int[] s = padded.shape();
    View map = scope.layout().map(scope.layout().reshaped(padded, new int[] {s[0], s[1], s[2], 1}));
    Window window =
        new Window(
            new Window.Axis(along.kernel(), along.stride(), along.dilation(), 0, 0),
            new Window.Axis(1, 1, 1, 0, 0));
    Constant column = weight.reshaped(w[0], w[1], w[2], 1);
    int made = WindowOps.convolved(scope, node, map.node(), column, window);
    FeatureShape shape = scope.draft().shape(made);
    return scope
        .layout()
        .reshaped(View.map(made, shape), new int[] {1, shape.channels(), shape.height()});
  }

  /** With zeros at both ends, which are channels of a map while they are added. */
  private View padded(View given, Window.Axis axis) {
    if (axis.padding() == 0) {
      return given;
    }
    View x = scope.layout().channels(given, 2);
    Pad pad =
        new Pad(
            new Pad.Sides(axis.before(), axis.after()),
            Pad.Sides.NONE,
            Pad.Sides.NONE,
            Pad.Mode.OWN);
    int made = scope.draft().add(pad, scope.draft().map(x.node()));
    return x.withChannels(made, scope.draft().shape(made).channels(), 2);
  }
}
