package org.whisker.onnx.graph;

import java.util.List;
import java.util.Locale;
import org.whisker.onnx.proto.Onnx.TensorShapeProto;
import org.whisker.onnx.proto.Onnx.ValueInfoProto;

/**
 * What a graph takes.
 *
 * @param shape −1 where a dimension is not fixed
 */
public record GraphInput(String name, int type, List<Long> shape, boolean shaped) {
  public static GraphInput of(ValueInfoProto info) throws OnnxException {
    if (!info.getType().hasTensorType()) {
      throw new OnnxException(
          "input '%s' is no tensor but a %s; only pictures can be read"
              .formatted(
                  info.getName(), info.getType().getValueCase().name().toLowerCase(Locale.ROOT)));
    }
    var tensor = info.getType().getTensorType();
    return new GraphInput(
        info.getName(),
        tensor.getElemType(),
        tensor.getShape().getDimList().stream().map(GraphInput::size).toList(),
        tensor.hasShape());
  }

  private static long size(TensorShapeProto.Dimension d) {
    return d.hasDimValue() && d.getDimValue() > 0 ? d.getDimValue() : -1;
  }

  /** The shape as text, such as {@code Nx3x224x224}. */
  public String label() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < shape.size(); i++) {
      long d = shape.get(i);
      text.append(i == 0 ? "" : "x").append(d < 0 ? (i == 0 ? "N" : "?") : Long.toString(d));
    }
    return text.toString();
  }
}
