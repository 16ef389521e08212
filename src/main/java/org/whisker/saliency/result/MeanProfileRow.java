package org.whisker.saliency.result;

import java.util.List;
import java.util.OptionalDouble;
import org.whisker.image.EdgeBin;
import org.whisker.saliency.PhotoMaps;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code mean_profiles.csv}: a ring of the canvas, the outermost first, over a set of
 * photos.
 */
public record MeanProfileRow(
    String model,
    String group,
    String method,
    @Column(meaning = "smallest edge rank, 0 at the border") double uFrom,
    @Column(meaning = "largest edge rank, 1 at the centre") double uTo,
    @Column(meaning = "those whose map is not 0 everywhere") int photos,
    @Column(
            meaning =
                "mean over the photos of a ring's mean |value|, relative to that of "
                    + "the whole map: 1 is average")
        double relative,
    @Column(meaning = "lower end of its 95 % interval over photos; empty for a single one")
        OptionalDouble ciLow,
    @Column(meaning = "upper end of the interval") OptionalDouble ciHigh) {
  public static final String FILE = "mean_profiles.csv";
  public static final Table<MeanProfileRow> TABLE = Table.of(MeanProfileRow.class, FILE);

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
