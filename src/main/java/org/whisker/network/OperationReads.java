package org.whisker.network;

/**
 * Which positions of its inputs an {@link Operation} reads. Statistics of norms are no paths; where
 * values are moved between positions, or resized, every output counts as reading every position.
 */
final class OperationReads {
  private OperationReads() {}

  static KernelReads rows(
      Operation operation, FeatureShape from, FeatureShape to, Padding padding) {
    if (operation instanceof Operation.Cut cut) {
      return cut(cut.rows(), from.height());
    } else if (operation instanceof Operation.Pad pad) {
      return padded(pad, pad.rows(), from.height(), to.height(), padding);
    }
    return along(operation, from.height(), to.height());
  }

  static KernelReads columns(
      Operation operation, FeatureShape from, FeatureShape to, Padding padding) {
    if (operation instanceof Operation.Cut cut) {
      return cut(cut.columns(), from.width());
    } else if (operation instanceof Operation.Pad pad) {
      return padded(pad, pad.columns(), from.width(), to.width(), padding);
    }
    return along(operation, from.width(), to.width());
  }

  private static KernelReads cut(Operation.Range range, int inputs) {
    Window.Axis axis = new Window.Axis(1, range.step(), 1, -range.from(), 0);
    return KernelReads.sliding(inputs, range.count(), axis, Padding.ZERO);
  }

  private static KernelReads padded(
      Operation.Pad pad, Operation.Pad.Sides sides, int inputs, int outputs, Padding own) {
    Window.Axis axis = new Window.Axis(1, 1, 1, sides.before(), sides.after());
    return KernelReads.sliding(inputs, outputs, axis, pad.mode().in(own));
  }

  private static KernelReads along(Operation operation, int inputs, int outputs) {
    boolean point =
        operation.spread() == Operation.Spread.POINT || operation instanceof Operation.GroupNorm;
    if (!point) {
      return KernelReads.all(inputs, outputs);
    }
    return inputs == outputs
        ? KernelReads.sliding(inputs, outputs, new Window.Axis(1, 1, 0), Padding.ZERO)
        : KernelReads.all(inputs, outputs);
  }
}
