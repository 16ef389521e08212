package org.whisker.explain;

import java.util.OptionalDouble;

/**
 * Properties of a classifier for a report.
 *
 * @param rocAuc on its test photos; empty if it was not tested
 * @param whiteCatProbability p(cat) of pure white, where evolution starts
 */
public record ModelFacts(ModelSummary summary, OptionalDouble rocAuc, double whiteCatProbability) {}
