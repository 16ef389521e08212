package org.whisker.table.saliency;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.image.EdgeBin;
import org.whisker.saliency.PhotoMaps;
import org.whisker.table.Table;

/**
 * A row of {@code mean_profiles.csv}: a ring of the canvas, the outermost first, over a set of
 * photos.
 *
 * @param uFrom smallest edge rank, 0 at the border
 * @param uTo largest edge rank, 1 at the centre
 * @param photos those whose map is not 0 everywhere
 * @param relative mean over the photos of a ring's mean |value|, relative to that of the whole map:
 *     1 is average
 * @param ciLow of its 95 % interval over photos; empty for a single one
 * @param ciHigh likewise
 */
public record MeanProfileRow(
    String model,
    String group,
    String method,
    double uFrom,
    double uTo,
    int photos,
    double relative,
    OptionalDouble ciLow,
    OptionalDouble ciHigh) {
  public static final String FILE = "mean_profiles.csv";
  public static final Table<MeanProfileRow> TABLE = Table.of(MeanProfileRow.class);

  /** The rows of a set of maps. */
  public static List<MeanProfileRow> of(PhotoMaps maps, List<EdgeBin> bins) {
    return maps.profile(bins).stream()
        .map(
            bin ->
                new MeanProfileRow(
                    maps.model(),
                    maps.group(),
                    maps.method(),
                    bin.where().from(),
                    bin.where().to(),
                    maps.photos().size(),
                    bin.mean(),
                    end(bin, true),
                    end(bin, false)))
        .toList();
  }

  private static OptionalDouble end(PhotoMaps.MeanBin bin, boolean low) {
    return bin.interval().isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(low ? bin.interval().get().low() : bin.interval().get().high());
  }
}
