package org.whisker.feature.train;

import java.nio.file.Path;
import org.whisker.option.Option;
import org.whisker.option.Options;

/**
 * A check of photos before a training.
 *
 * @param source a folder of photos, or a CSV of them
 * @param size photos with a shorter side below this are counted
 */
public record DatasetConfig(
    @Option(label = "DIR|CSV", help = "The photos.") Path source,
    @Option(
            names = "--size",
            label = "N",
            defaultValue = "128",
            min = 1,
            help = "Photos with a shorter side below this are counted. Default: 128.")
        int size) {
  public DatasetConfig {
    Options.check(DatasetConfig.class, source, size);
  }
}
