package org.whisker.feature.train;

import java.nio.file.Path;
import java.util.Optional;
import org.whisker.job.DeviceConfig;
import org.whisker.job.SharedOptions;
import org.whisker.option.Option;
import org.whisker.torch.TorchClassifier;

/**
 * An evaluation of a classifier on labelled photos.
 *
 * @param model by name or path
 * @param data a folder with {@code cat/} and {@code not_cat/}, or one with folders of that kind, or
 *     a CSV of photos
 * @param split which of the folders, or which rows of the CSV; empty: {@code test}, or all where
 *     there are no splits
 * @param running what the classifier runs on
 */
public record EvaluateConfig(
    @SharedOptions.Model String model,
    @Option(
            names = "--data",
            label = "DIR|CSV",
            help = {
              "A folder with cat/ and not_cat/, or one with folders of that kind such as train/ and"
                  + " test/; or a CSV with the columns path and label, and optionally split."
            })
        Path data,
    @Option(
            names = "--split",
            label = "NAME",
            help = {
              "Which of the folders in DIR (default: test, or DIR itself), or which rows of a CSV"
                  + " (default: test, or all rows if it has no column split). In a CSV without that"
                  + " column, the rows that train would assign to the split."
            })
        Optional<String> split,
    DeviceConfig running) {
  /** How many photos are scored at once. */
  private static final int BATCH = 100;

  /** How the classifier is run. */
  TorchClassifier.Settings run() {
    return running.settings(BATCH);
  }
}
