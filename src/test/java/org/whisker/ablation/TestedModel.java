package org.whisker.ablation;

import java.util.Optional;

/** A model of tests: zero padding around middle gray, and every variant is available. */
public interface TestedModel extends AblatedModel {
  @Override
  default String padding() {
    return "zero";
  }

  @Override
  default float paddingGray() {
    return 0.5f;
  }

  @Override
  default Optional<String> refusal(ModelVariant variant) {
    return Optional.empty();
  }
}
