package org.whisker.study.train;

import java.nio.file.Path;
import java.util.Optional;
import org.whisker.torch.TorchClassifier;

/**
 * An evaluation of a classifier on labelled photos.
 *
 * @param model by name or path
 * @param data a folder with {@code cat/} and {@code not_cat/}, or one with folders of that kind, or
 *     a CSV of photos
 * @param split which of the folders, or which rows of the CSV; empty: {@code test}, or all where
 *     there are no splits
 * @param run what the classifier runs on; its batch is how many photos are scored at once
 * @param out the output folder; empty: a new one, named by the time
 */
public record EvaluateConfig(
    String model,
    Path data,
    Optional<String> split,
    TorchClassifier.Settings run,
    Optional<Path> out) {}
