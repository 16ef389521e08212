package org.whisker.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.whisker.network.Activation;
import org.whisker.network.Layer;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Window;
import org.whisker.value.Text;

/**
 * oneDNN's fused convolution and activation (ReLU or a clip, such as ReLU6), bit-identical to the
 * two operations in sequence. It cannot be differentiated, and is not available in every build of
 * PyTorch and on every processor.
 */
final class Fusion {
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
   * The convolution as TorchScript, with the activation after it, if any.
   *
   * @param operands image, weight and bias, as TorchScript expressions
   * @param pads rows and columns of zero padding
   */
  static String convolution(
      String operands, String pads, Layer.Conv conv, Optional<Activation> activation) {
    return "ops.mkldnn._convolution_pointwise(%s, %s, \"%s\", annotate(List[Optional[number]], %s), \"\")"
        .formatted(
            operands,
            geometry(pads, conv),
            activation.map(Fusion::name).orElse("none"),
            activation.map(Activation::parameters).orElse(List.of()));
  }

  private static String name(Activation activation) {
    return activation.kind() == Activation.Kind.RELU ? "relu" : "hardtanh";
  }

  /**
   * A convolution's weight in the layout in which oneDNN computes. Of any other it makes that
   * layout in each call, which for few pictures takes as long as to convolve them.
   *
   * @param weight a TorchScript expression
   * @param pads rows and columns of zero padding
   * @param in the map that it reads
   */
  static String packed(String weight, String pads, Layer.Conv conv, FeatureShape in) {
    return Text.of(
        "ops.mkldnn._reorder_convolution_weight(%s, %s, [1, %d, %d, %d])",
        weight, geometry(pads, conv), in.channels(), in.height(), in.width());
  }

  private static String geometry(String pads, Layer.Conv conv) {
    Window.Axis rows = conv.window().rows();
    Window.Axis columns = conv.window().columns();
    return Text.of(
        "%s, [%d, %d], [%d, %d], %d",
        pads, rows.stride(), columns.stride(), rows.dilation(), columns.dilation(), conv.groups());
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
    String weight = String.format(Locale.ROOT, one, "ones([1, 1, 1, 1])");
    String operands =
        String.format(Locale.ROOT, one, "reshape(x, [1, 1, 1, 1])")
            + ", "
            + packed(weight, "[0, 0]", single, new FeatureShape(1, 1, 1));
    return TorchScriptArchive.write(
        List.of(),
        "  def forward(self: __torch__.Net, x: Tensor) -> Tensor:\n    return torch.to("
            + convolution(operands + ", None", "[0, 0]", single, Optional.of(Activation.relu()))
            + ", 6)\n");
  }
}
