package org.whisker.torch;

import java.util.function.IntFunction;
import org.whisker.classifier.Preprocessing;
import org.whisker.network.Network;

/**
 * A TorchScript class that computes derivatives at a node k, an argument of its methods, so that
 * one script serves all nodes. It has no tensors of its own: {@code assign} keeps the tensors
 * passed to it. It is separate from {@link InferenceScript} because it is rarely needed, and
 * compiling it would double the time to open Inception-ResNet v2. Methods:
 *
 * <ul>
 *   <li>{@code features(x, k, w)}: node k's output, and the derivative with respect to it of the
 *       outputs' sum weighted by w. Readers of node k read a leaf instead, so nothing before it is
 *       recorded.
 *   <li>{@code unit(x, k, w)}: the derivative with respect to x of the sum of node k's output
 *       weighted by w, one weight per channel, row and column.
 * </ul>
 */
final class FeatureScript {
  private final Network network;
  private final Precision precision;
  private final Preprocessing preprocessing;

  FeatureScript(Network network, Precision precision, Preprocessing preprocessing) {
    this.network = network;
    this.precision = precision;
    this.preprocessing = preprocessing;
  }

  byte[] archive() {
    return TorchScriptArchive.write(
        InferenceScript.attributes(network), RuleStatements.assign(network) + features() + unit());
  }

  private String features() {
    return "  def features(self: __torch__.Net, x: Tensor, k: Tensor, w: Tensor) -> List[Tensor]:\n"
        + "    node = int(k)\n"
        + "    leaf = x\n"
        + body(
            i ->
                """
                    if torch.eq(node, %1$d):
                      leaf = torch.requires_grad_(torch.detach(v%1$d), True)
                      v%1$d = leaf
                """
                    .formatted(i))
        + "    z = torch.sum(torch.mul(v%d, w))\n".formatted(network.nodes().size() - 1)
        + "    g = torch.grad([z], [leaf], None, None, False, False)\n"
        + "    d = unchecked_cast(Tensor, g[0])\n"
        + "    return [torch.to(torch.detach(leaf), 6), torch.to(d, 6)]\n";
  }

  private String unit() {
    return "  def unit(self: __torch__.Net, image: Tensor, k: Tensor, w: Tensor) -> Tensor:\n"
        + "    node = int(k)\n"
        + "    x = torch.requires_grad_(torch.detach(image), True)\n"
        + "    found = x\n"
        + body(
            i ->
                """
                    if torch.eq(node, %1$d):
                      found = v%1$d
                      v%1$d = torch.detach(v%1$d)
                """
                    .formatted(i))
        + "    u = torch.sum(torch.mul(torch.flatten(torch.to(found, 6), 1, -1), w))\n"
        + "    g = torch.grad([u], [x], None, None, False, False)\n"
        + "    return unchecked_cast(Tensor, g[0])\n";
  }

  private String body(IntFunction<String> after) {
    return InferenceScript.preprocess(network, preprocessing)
        + new LayerScript(
                network,
                precision,
                LayerScript.Mode.INFERENCE,
                name -> "self." + InferenceScript.attribute(name),
                RuleStatements.all(network))
            .write(after);
  }
}
