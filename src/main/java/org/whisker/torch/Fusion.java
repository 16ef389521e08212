package org.whisker.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Window;

/**
 * oneDNN's fused convolution and activation (ReLU or a clip, such as ReLU6), bit-identical to the
 * two operations in sequence. It cannot be differentiated, and is not available in every build of
 * PyTorch and on every processor.
 */
final class Fusion {
  private static final String FORMAT =
      "ops.mkldnn._convolution_pointwise(%s, %s, [%d, %d], [%d, %d], %d, \"%s\","
          + " annotate(List[Optional[number]], %s), \"\")";

  private Fusion() {}

  /** Whether the activation can be part of a convolution. */
  static boolean has(Activation activation) {
    return switch (activation.kind()) {
      case RELU -> true;
      case CLIP -> activation.parameters().stream().noneMatch(p -> p.isInfinite());
      default -> false;
    };
  }

  /**
   * The convolution as TorchScript.
   *
   * @param operands image, weight and bias, as TorchScript expressions
   * @param pads rows and columns of zero padding
   */
  static String convolution(String operands, String pads, Layer.Conv conv, Activation activation) {
    Window.Axis rows = conv.window().rows();
    Window.Axis columns = conv.window().columns();
    return FORMAT.formatted(
        operands,
        pads,
        rows.stride(),
        columns.stride(),
        rows.dilation(),
        columns.dilation(),
        conv.groups(),
        activation.kind() == Activation.Kind.RELU ? "relu" : "hardtanh",
        activation.parameters());
  }

  /** Whether it works here, tested by a convolution of one value. */
  static boolean available(Precision precision, TorchDevice device) {
    if (!device.isCpu() || precision == Precision.FLOAT64) {
      return false;
    }
    try (TorchModule module = TorchModule.load(probe(precision), device.djl());
        NDManager scope = module.scope()) {
      float[] found =
          module
              .infer(scope, "forward", scope.create(new float[] {-1}))
              .singletonOrThrow()
              .toFloatArray();
      return found.length == 1 && found[0] == 0;
    } catch (EngineException e) {
      return false; // no such operation, or not on this processor
    }
  }

  private static byte[] probe(Precision precision) {
    Layer.Conv single = new Layer.Conv(1, 1, Window.square(1, 1, 0), false);
    String one = "torch.to(torch.%s, " + precision.scalarType() + ")";
    String operands =
        one.formatted("reshape(x, [1, 1, 1, 1])") + ", " + one.formatted("ones([1, 1, 1, 1])");
    return TorchScriptArchive.write(
        List.of(),
        "  def forward(self: __torch__.Net, x: Tensor) -> Tensor:\n    return torch.to("
            + convolution(operands + ", None", "[0, 0]", single, Activation.relu())
            + ", 6)\n");
  }
}
