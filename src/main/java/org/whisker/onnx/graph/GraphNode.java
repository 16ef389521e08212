package org.whisker.onnx.graph;

import java.util.List;
import java.util.Map;
import org.whisker.onnx.proto.Onnx.AttributeProto;

/**
 * One node of a graph.
 *
 * @param name as in the file; may be empty
 * @param op its operator
 * @param domain the domain of the operator; empty for ONNX's own
 * @param inputs names; an empty one is left out
 * @param outputs names; an empty one is not asked for
 */
public record GraphNode(
    String name,
    String op,
    String domain,
    List<String> inputs,
    List<String> outputs,
    Map<String, AttributeProto> attributes) {
  private static final int LONGEST = 80;

  public GraphNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** The words for the node in messages. */
  public String label() {
    String called =
        name.isEmpty()
            ? "of output '" + shortened(firstOutput()) + "'"
            : "'" + shortened(name) + "'";
    return "node " + called + " (" + (domain.isEmpty() ? "" : domain + ".") + op + ")";
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }

  public String firstOutput() {
    return outputs.isEmpty() ? "" : outputs.get(0);
  }

  public boolean has(int input) {
    return input < inputs.size() && !inputs.get(input).isEmpty();
  }

  public boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  public long integer(String attribute, long otherwise) {
    AttributeProto found = attributes.get(attribute);
    return found == null ? otherwise : found.getI();
  }

  public double number(String attribute, double otherwise) {
    AttributeProto found = attributes.get(attribute);
    if (found != null && Float.isNaN(found.getF())) {
      throw new IllegalArgumentException(attribute + " is not a number");
    }
    return found == null ? otherwise : found.getF();
  }

  public String text(String attribute, String otherwise) {
    AttributeProto found = attributes.get(attribute);
    return found == null ? otherwise : found.getS().toStringUtf8();
  }

  /** A list of integers; empty if there is none. */
  public long[] integers(String attribute) {
    AttributeProto found = attributes.get(attribute);
    return found == null
        ? new long[0]
        : found.getIntsList().stream().mapToLong(Long::longValue).toArray();
  }

  /** A list of numbers; empty if there is none. */
  public float[] numbers(String attribute) {
    AttributeProto found = attributes.get(attribute);
    float[] values = new float[found == null ? 0 : found.getFloatsCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = found == null ? 0 : found.getFloats(i);
    }
    return values;
  }
}
