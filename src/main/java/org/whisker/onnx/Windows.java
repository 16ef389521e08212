package org.whisker.onnx;

import java.util.Arrays;
import org.whisker.network.FeatureShape;
import org.whisker.network.Window;
import org.whisker.onnx.graph.GraphNode;

/** The windows of convolutions and poolings from their attributes. */
final class Windows {
  private static final int LARGEST = 1 << 16;

  private final GraphNode node;
  private final FeatureShape in;
  private final int[] kernel;

  Windows(GraphNode node, FeatureShape in, int[] kernel) {
    this.node = node;
    this.in = in;
    this.kernel = kernel;
    if (Arrays.stream(kernel).anyMatch(k -> k < 1 || k > LARGEST)) {
      throw new IllegalArgumentException("an impossible kernel " + Arrays.toString(kernel));
    }
  }

  /** The kernel that the attribute states. */
  static int[] kernel(GraphNode node) {
    return Arrays.stream(node.integers("kernel_shape")).mapToInt(Math::toIntExact).toArray();
  }

  /** As written; {@code ceil_mode} adds padding behind, which a pooling doesn't count. */
  Window window() {
    if (kernel.length != 2) {
      throw new IllegalArgumentException(
          "a kernel of shape %s; only two-dimensional ones can be read"
              .formatted(Arrays.toString(kernel)));
    }
    return new Window(axis(0, in.height()), axis(1, in.width()));
  }

  /** The window along a line, of a kernel of one dimension. */
  Window.Axis along() {
    return axis(0, in.height());
  }

  private Window.Axis axis(int i, int size) {
    int stride = at("strides", i, 1);
    if (stride < 1) {
      throw new IllegalArgumentException("a stride of " + stride);
    }
    int dilation = at("dilations", i, 1);
    int extent = Math.addExact(Math.multiplyExact(dilation, kernel[i] - 1), 1);
    int[] pads = pads(i, size, stride, extent);
    int after = pads[1];
    if (node.integer("ceil_mode", 0) == 1) {
      int over = size + pads[0] + pads[1] - extent;
      int outputs = Math.floorDiv(over + stride - 1, stride) + 1;
      outputs -= (outputs - 1) * stride >= size + pads[0] ? 1 : 0;
      after = Math.max(after, (outputs - 1) * stride + extent - size - pads[0]);
    }
    return new Window.Axis(kernel[i], stride, dilation, pads[0], after);
  }

  private int at(String attribute, int i, int otherwise) {
    long[] values = node.integers(attribute);
    long value = i < values.length ? values[i] : otherwise;
    if (Math.abs(value) > LARGEST) {
      throw new IllegalArgumentException(attribute + " of " + value);
    }
    return (int) value;
  }

  private int[] pads(int i, int size, int stride, int extent) {
    String auto = node.text("auto_pad", "NOTSET");
    return switch (auto) {
      case "VALID" -> new int[2];
      case "SAME_UPPER", "SAME_LOWER" -> same(auto, size, stride, extent);
      case "NOTSET", "" -> new int[] {at("pads", i, 0), at("pads", i + kernel.length, 0)};
      default -> throw new IllegalArgumentException("auto_pad '" + auto + "'");
    };
  }

  private static int[] same(String auto, int size, int stride, int extent) {
    int outputs = (size + stride - 1) / stride;
    int total = Math.max(0, (outputs - 1) * stride + extent - size);
    int small = total / 2;
    return auto.equals("SAME_UPPER")
        ? new int[] {small, total - small}
        : new int[] {total - small, small};
  }
}
