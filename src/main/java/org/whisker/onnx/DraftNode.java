package org.whisker.onnx;

import java.util.List;
import java.util.Map;
import org.whisker.network.FeatureShape;
import org.whisker.onnx.graph.GraphNode;
import org.whisker.weights.Tensor;

/**
 * A node of a network under construction.
 *
 * @param source the file's node, for names and messages
 * @param inputs positions of the nodes that it reads
 * @param tensors by the last part of their name, such as weight
 * @param flat whether the tensor at run time is N × channels, not N × channels × rows × columns
 */
record DraftNode(
    GraphNode source,
    Step step,
    List<Integer> inputs,
    FeatureShape shape,
    Map<String, Tensor> tensors,
    boolean flat) {
  DraftNode {
    inputs = List.copyOf(inputs);
    tensors = Map.copyOf(tensors);
  }
}
