package org.whisker.torch;

import java.util.List;
import org.whisker.classifier.Output;
import org.whisker.classifier.Preprocessing;
import org.whisker.torch.script.LogitScript;

/**
 * The wrapper of an imported module, as a TorchScript class. The module is called between its
 * methods, which pass on tensors with their autograd history, so derivatives go through both.
 *
 * <ul>
 *   <li>{@code prepare(x)}: gray pictures as the module's input.
 *   <li>{@code leaf(x)}: the same, preceded by the leaf with respect to which derivatives are
 *       taken.
 *   <li>{@code describe(y)}: 1 if y holds floating-point numbers, else 0; then its dimensions.
 *   <li>{@code columns(y)}: y in float64, one row per picture.
 *   <li>{@code read(y)}: the logit of not-cat, one per picture.
 *   <li>{@code derive(y, x)}: that, and the derivative of its sum with respect to x.
 * </ul>
 */
final class ModuleScript {
  /**
   * Half a float32 rounding step below 1: probabilities are clamped to this distance from 0 and 1.
   */
  static final double CLAMP = 0x1p-25;

  private final int channels;
  private final Preprocessing preprocessing;
  private final Output output;

  ModuleScript(int channels, Preprocessing preprocessing, Output output) {
    this.channels = channels;
    this.preprocessing = preprocessing;
    this.output = output;
  }

  byte[] archive() {
    return TorchScriptArchive.write(
        List.of(), prepare() + leaf() + describe() + columns() + read() + derive());
  }

  /**
   * A copy: a module may overwrite its input, which would otherwise be the memory in which pictures
   * are painted.
   */
  private String input() {
    return InferenceScript.preprocess(channels, preprocessing)
        + "    v0 = torch.clone(v0, memory_format=0)\n";
  }

  private String prepare() {
    return "  def prepare(self: __torch__.Net, x: Tensor) -> Tensor:\n"
        + input()
        + "    return v0\n";
  }

  private String leaf() {
    return "  def leaf(self: __torch__.Net, image: Tensor) -> List[Tensor]:\n"
        + "    x = torch.requires_grad_(torch.detach(image), True)\n"
        + input()
        + "    return [x, v0]\n";
  }

  private static String describe() {
    return """
      def describe(self: __torch__.Net, y: Tensor) -> Tensor:
        d = torch.add([int(torch.is_floating_point(y))], torch.size(y))
        return torch.tensor(d, dtype=6, device=None, requires_grad=False)
    """;
  }

  private static String columns() {
    return "  def columns(self: __torch__.Net, y: Tensor) -> Tensor:\n" + flat() + "    return c\n";
  }

  private static String flat() {
    return "    c = torch.to(torch.reshape(y, [torch.size(y, 0), -1]), 7)\n";
  }

  private String read() {
    return "  def read(self: __torch__.Net, y: Tensor) -> Tensor:\n"
        + flat()
        + "    return torch.to(%s, 6)\n".formatted(logit());
  }

  private String derive() {
    return "  def derive(self: __torch__.Net, y: Tensor, x: Tensor) -> List[Tensor]:\n"
        + flat()
        + "    z = %s\n".formatted(logit())
        + "    g = torch.grad([torch.sum(z)], [x], None, None, False, False)\n"
        + "    return [torch.to(torch.detach(z), 6), unchecked_cast(Tensor, g[0])]\n";
  }

  private String logit() {
    String notCat =
        switch (output.form()) {
          case LOGIT -> "c";
          case SIGMOID -> "torch.logit(c, %s)".formatted(CLAMP);
          case LOGITS -> LogitScript.of("c", output.logit());
        };
    return output.isAboutCat() ? "torch.neg(" + notCat + ")" : notCat;
  }
}
