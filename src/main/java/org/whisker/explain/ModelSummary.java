package org.whisker.explain;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Description of a model in a report.
 *
 * @param architecture short description
 * @param input shape of the input, channels x height x width, such as 1x128x128
 * @param weights number of trainable parameters; empty if not known
 * @param padding padding of its convolutions
 * @param testAccuracy accuracy on its test photos, 0 to 1; empty if it was not tested
 * @param testPhotos number of test photos
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
