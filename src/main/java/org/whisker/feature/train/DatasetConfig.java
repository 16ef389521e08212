package org.whisker.feature.train;

import java.nio.file.Path;
import java.util.Optional;
import org.whisker.option.Option;
import org.whisker.option.Options;

/**
 * A check of photos before a training.
 *
 * @param source a folder of photos, or a CSV of them
 * @param size photos with a shorter side below this are counted
 * @param out the output folder; empty: a new one, named by the time
 */
public record DatasetConfig(
    @Option(label = "DIR|CSV", help = "The photos.") Path source,
    @Option(
            names = "--size",
            label = "N",
            defaultValue = "128",
            min = 1,
            help = "Photos with a shorter side below this are counted. Default: 128.")
        int size,
    @Option(
            names = "--out",
            label = "DIR",
            help = "Output folder, new or empty. Default: a new one in analyses/.")
        Optional<Path> out) {
  public DatasetConfig {
    Options.check(DatasetConfig.class, source, size, out);
  }
}
