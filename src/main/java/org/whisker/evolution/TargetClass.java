package org.whisker.evolution;

import java.util.Locale;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.operator.Labels;

/** The class towards which images are evolved. */
public enum TargetClass {
  /** Class 0. */
  CAT(1),
  /** Class 1. */
  NOT_CAT(-1);

  private final int sign;

  TargetClass(int sign) {
    this.sign = sign;
  }

  /** p(this class) for a logit of not-cat, without loss of precision at either end. */
  public double probability(double logit) {
    return Classifier.catProbability(sign * logit);
  }

  /** Cross-entropy against this class for a logit of not-cat, in nats. */
  public double crossEntropy(double logit) {
    return Objective.crossEntropy(sign * logit);
  }

  /** Name in options and files: {@code cat} or {@code not-cat}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The class with this label. */
  public static TargetClass parse(String label) {
    return Labels.parse("target class", values(), TargetClass::label, label);
  }
}
