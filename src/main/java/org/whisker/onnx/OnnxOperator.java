package org.whisker.onnx;

import org.whisker.network.Layer;
import org.whisker.network.Network.FeatureShape;
import org.whisker.onnx.graph.GraphNode;

/**
 * An operator that stands outside whisker: a function of one map that layers of whisker make. A
 * class on the class path that a line of {@code META-INF/services/org.whisker.onnx.OnnxOperator}
 * names is read as whisker's own operators are. One of another form is an entry of {@code
 * OperatorList}.
 */
public interface OnnxOperator {
  /** Its name in files, such as {@code Shrink}; none of whisker's own. */
  String name();

  /** The first opset that has it. */
  default int since() {
    return OnnxFile.OLDEST;
  }

  /** The network under construction: layers are numbered as they are added. */
  interface Layers {
    /**
     * Adds a layer without weights.
     *
     * @param inputs the numbers of the layers that it reads
     * @return its number
     * @throws IllegalArgumentException when it can't read what these give
     */
    int add(Layer layer, int... inputs);

    /** The shape of what a layer gives, for one picture. */
    FeatureShape shape(int layer);
  }

  /**
   * Turns a node into layers.
   *
   * @param node with its attributes
   * @param x the number of the layer that gives its first input
   * @return the number of the layer that gives its output, of the same shape
   * @throws IllegalArgumentException that says what the node has, where it can't be read
   */
  int read(GraphNode node, int x, Layers layers);
}
