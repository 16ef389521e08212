package org.whisker.explain;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a report tells of a model.
 *
 * @param architecture in a few words
 * @param input such as 1x128x128
 * @param weights how many numbers training moved; empty when that is not known
 * @param padding label of what its convolutions see beyond the border
 * @param testAccuracy on the photos that it was tested on; empty when it was not
 * @param testPhotos how many those were
 * @param sha256 of its weights file
 */
public record ModelSummary(
    String name,
    String architecture,
    String input,
    OptionalLong weights,
    String padding,
    OptionalDouble testAccuracy,
    int testPhotos,
    String sha256) {}
