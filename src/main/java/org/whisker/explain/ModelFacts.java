package org.whisker.explain;

import java.util.OptionalDouble;

/**
 * What a report says of a classifier before anything is explained.
 *
 * @param rocAuc on its test photos; empty when it was not tested
 * @param whiteCatProbability p(cat) of pure white, where evolution starts
 */
public record ModelFacts(ModelSummary summary, OptionalDouble rocAuc, double whiteCatProbability) {}
