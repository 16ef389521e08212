package org.whisker.explain;

import java.util.List;
import java.util.Optional;
import org.whisker.ablation.OperatorDrift;
import org.whisker.position.EdgeBias;

/**
 * What the protocol found.
 *
 * @param pooled edge bias over all models; empty when no run has a black pixel
 * @param operators the flat-fitness control
 * @param findings the hypotheses, tested and corrected together
 */
public record Explanation(
    ExplainOptions options,
    List<ModelFindings> models,
    Optional<EdgeBias> pooled,
    OperatorDrift operators,
    List<Finding> findings) {
  public Explanation {
    models = List.copyOf(models);
    findings = List.copyOf(findings);
  }
}
