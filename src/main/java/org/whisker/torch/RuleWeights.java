package org.whisker.torch;

/** What of a layer's weights a rule takes; as expressions. */
enum RuleWeights {
  PLAIN("%s", "%s"),
  ONES("torch.ones_like(%s)", "torch.zeros_like(%s)"),
  POSITIVE("torch.clamp(%s, 0, None)", "torch.clamp(%s, 0, None)"),
  NEGATIVE("torch.clamp(%s, None, 0)", "torch.clamp(%s, None, 0)"),
  POSITIVE_ALONE("torch.clamp(%s, 0, None)", "torch.zeros_like(%s)"),
  NEGATIVE_ALONE("torch.clamp(%s, None, 0)", "torch.zeros_like(%s)"),
  MORE_POSITIVE(more("0, None"), more("0, None")),
  MORE_NEGATIVE(more("None, 0"), more("None, 0")),
  MORE_POSITIVE_ALONE(more("0, None"), "torch.zeros_like(%s)"),
  MORE_NEGATIVE_ALONE(more("None, 0"), "torch.zeros_like(%s)");

  private final String weight;
  private final String bias;

  RuleWeights(String weight, String bias) {
    this.weight = weight;
    this.bias = bias;
  }

  /** With a quarter of one sign on top, as Zennit's gamma. */
  private static String more(String ends) {
    return "torch.add(%1$s, torch.clamp(%1$s, " + ends + "), alpha=0.25)";
  }

  String of(String tensor, boolean isBias) {
    return (isBias ? bias : weight).formatted(tensor);
  }
}
