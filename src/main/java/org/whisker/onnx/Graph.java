package org.whisker.onnx;

import java.util.List;
import java.util.Map;
import org.whisker.onnx.graph.GraphInput;
import org.whisker.onnx.graph.GraphNode;

/**
 * A checked graph: nodes that the output needs, in an order in which each can be computed.
 *
 * @param constants its initial tensors
 * @param output the name of what it gives
 * @param outputs how many outputs the file has
 */
record Graph(
    long opset,
    GraphInput input,
    Map<String, Constant> constants,
    List<GraphNode> nodes,
    String output,
    int outputs) {}
