package org.whisker.classifier;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.whisker.image.Raster;

/**
 * A classifier whose layers can pass back other things than gradients. Arrays are row-major over
 * {@link #canvas()}, in logits of not-cat; of a picture in colours, each value is the sum over its
 * planes.
 */
public interface RelevanceClassifier extends FeatureClassifier {
  /**
   * The relevance of each pixel for the logit by layer-wise relevance propagation, which begins
   * with the logit itself: the sum over the pixels is the logit, as far as a rule conserves it.
   *
   * @throws IllegalArgumentException in one line for a network with a layer that has no such rule
   */
  List<float[]> relevances(RelevanceRule rule, List<? extends Raster> pictures);

  /** The reason, in one line, why the network has no relevances by a rule; empty when it has. */
  default Optional<String> refusal(RelevanceRule rule) {
    return Optional.empty();
  }

  /** The reason, in one line, why the network can't be rescaled; empty when it can. */
  default Optional<String> rescalingRefusal() {
    return Optional.empty();
  }

  /**
   * The contribution of each pixel to the logit by DeepLIFT's rescale rule (Shrikumar et al., 2017,
   * arXiv:1704.02685): gradients, but through each activation and maximum the ratio of the
   * differences from the reference picture. The sum is the difference of the logits where no layer
   * multiplies what it reads.
   *
   * @param references one a picture
   */
  List<float[]> rescaled(List<? extends Raster> pictures, List<? extends Raster> references);

  /** The reason, in one line, why there is no guided backpropagation; empty when there is. */
  default Optional<String> guidingRefusal() {
    return Optional.empty();
  }

  /**
   * The derivative of the logit of cat by guided backpropagation (Springenberg et al., 2014,
   * arXiv:1412.6806): each ReLU passes back only what is above 0 of the derivative that reaches it.
   */
  List<float[]> guided(List<? extends Raster> pictures);

  /**
   * Rules of layer-wise relevance propagation (Bach et al., 2015,
   * doi:10.1371/journal.pone.0130140): how a layer's relevance is passed on to what it reads.
   * Composites and stabilisers are those of Zennit (Anders et al., 2021, arXiv:2106.13200): an
   * epsilon of 1e-6 everywhere, a gamma of ¼. Linear layers always have the epsilon rule.
   */
  public enum RelevanceRule {
    /** The epsilon rule in convolutions, too. */
    EPSILON("epsilon", "in proportion to what each input adds"),
    /** The z-plus rule in convolutions: what inhibits has no share. */
    EPSILON_PLUS("epsilon-plus", "convolutions by what adds alone"),
    /** The z-plus rule in convolutions, of which the first spreads evenly over its window. */
    EPSILON_PLUS_FLAT("epsilon-plus-flat", "convolutions by what adds alone, the first one evenly"),
    /** The alpha-beta rule in convolutions: twice what adds, less what inhibits. */
    EPSILON_ALPHA2_BETA1(
        "epsilon-alpha2-beta1", "convolutions by twice what adds less what inhibits"),
    /**
     * The gamma rule in convolutions, and in the first one the z-box rule (Montavon et al., 2017,
     * arXiv:1512.02479): relative to the darkest and lightest picture.
     */
    EPSILON_GAMMA_BOX(
        "epsilon-gamma-box",
        "convolutions in favour of what adds, the first one between black and white"),
    /**
     * AttnLRP (Achtibat et al., 2024, arXiv:2402.05602), as LXT computes it: linear layers and
     * convolutions in proportion to what each input adds, with no stabiliser; a product of two maps
     * is shared by half; a softmax to first order; a norm as if its divisor were fixed; other
     * activations as if they were factors.
     */
    ATTENTION("attention", "attention shared by half, softmax to first order"),
    /**
     * {@link #ATTENTION}, with the relevance of position embeddings (Bakish et al., 2025,
     * arXiv:2506.02138): where one is added to tokens it has its share, which is spread evenly over
     * the pixels of each patch. Places that enter by products, or as constants by pairs of tokens,
     * have no share, nor has what is added to a class token.
     */
    POSITION("position", "lrp-attention, and what the position embedding adds, over its patches");

    private final String label;
    private final String line;

    RelevanceRule(String label, String line) {
      this.label = label;
      this.line = line;
    }

    /** The rule of a method of that name, such as {@code smooth-lrp-epsilon}. */
    public static Optional<RelevanceRule> of(String method) {
      return Arrays.stream(values()).filter(r -> method.endsWith("lrp-" + r.label)).findFirst();
    }

    /** The word by which options and files name it. */
    public String label() {
      return label;
    }

    /** The rule described in one line. */
    public String line() {
      return line;
    }

    /** Whether it has the rules of AttnLRP. */
    public boolean isOfAttention() {
      return this == ATTENTION || this == POSITION;
    }

    /** Whether the first convolution has a rule of its own. */
    public boolean hasFirst() {
      return this == EPSILON_PLUS_FLAT || this == EPSILON_GAMMA_BOX;
    }
  }
}
