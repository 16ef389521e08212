package org.whisker.dataset;

import java.nio.file.Path;

/**
 * A photo as a dataset lists it.
 *
 * @param split such as {@code train}; empty when there are no splits
 */
public record ListedPhoto(Path file, Label label, String split) {}
