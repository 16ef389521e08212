package org.whisker.saliency.method;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.whisker.classifier.RelevanceClassifier.RelevanceRule;
import org.whisker.image.Raster;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod;

/**
 * Layer-wise relevance propagation (Bach et al., 2015, doi:10.1371/journal.pone.0130140) by the
 * composites of Zennit; batch norms are folded into convolutions first, as by its canonizers.
 *
 * <p>Shape: one value per pixel of the classifier's canvas, the sum over the channels into which
 * the gray value goes. Unit: logits. Sign: above 0, the pixel is evidence for not-cat. Baseline:
 * what the network reads as 0. The sum is the logit, less what the biases take.
 */
record Relevance(RelevanceRule rule) implements SaliencyMethod {
  private static final Map<RelevanceRule, Method> ALL = describeAll();

  /** A method a rule. */
  static List<Method> all() {
    return List.copyOf(ALL.values());
  }

  private static Map<RelevanceRule, Method> describeAll() {
    Map<RelevanceRule, Method> all = new EnumMap<>(RelevanceRule.class);
    for (RelevanceRule rule : RelevanceRule.values()) {
      all.put(rule, describe(rule));
    }
    return all;
  }

  static Method of(RelevanceRule rule) {
    return Objects.requireNonNull(ALL.get(rule));
  }

  private static Method describe(RelevanceRule rule) {
    return new Method(
        "lrp-" + rule.label(),
        rule == RelevanceRule.POSITION ? Need.POSITIONS : Need.RULES,
        "logits",
        SignConvention.CONTENT_TOWARDS_NOT_TARGET,
        "the logit passed back layer by layer: " + rule.line(),
        set -> new Relevance(rule));
  }

  @Override
  public Method method() {
    return of(rule);
  }

  @Override
  public Optional<Attribution> explain(MethodInput input) {
    Raster picture = input.picture();
    Inputs.checkSize(input.classifier(), picture.canvas());
    float[] values = input.relevant().relevances(rule, List.of(picture)).get(0);
    return Optional.of(Attribution.of(method(), method().map(picture.canvas(), values)));
  }
}
