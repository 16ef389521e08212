package org.whisker.onnx;

import java.util.Set;
import org.whisker.onnx.graph.GraphNode;

/** What to do about a node that can't be read. */
final class Mends {
  private static final Set<String> DOMAINS = Set.of("com.microsoft", "pkg.torch.nn", "ai.onnx");

  private Mends() {}

  /** Whether operators of this domain are looked up by their name. */
  static boolean known(String domain) {
    return DOMAINS.contains(domain);
  }

  static String of(GraphNode node) {
    return switch (node.op()) {
      case "QuantizeLinear",
          "DequantizeLinear",
          "QLinearConv",
          "ConvInteger",
          "MatMulInteger",
          "DynamicQuantizeLinear" ->
          "export the model in floating point, before it is quantised";
      case "If", "Loop", "Scan" -> "export it without branches that depend on the picture";
      case "BatchNormalization" -> "export it in evaluation mode, as model.eval() does";
      case "ArgMax", "TopK", "NonMaxSuppression" -> "export the model up to its logits";
      case "LSTM", "GRU", "RNN", "Attention", "Einsum" ->
          "it is no convolutional network; import it as a TorchScript module";
      default -> "simplify the file (onnxsim), or import a TorchScript module instead";
    };
  }
}
