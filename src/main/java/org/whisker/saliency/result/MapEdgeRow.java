package org.whisker.saliency.result;

import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.saliency.PhotoMaps;
import org.whisker.stats.Estimate;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code edge_index.csv}: how near the edge the maps of a set of photos are strong. */
public record MapEdgeRow(
    String model,
    String group,
    String method,
    @Column(meaning = "those whose map is not 0 everywhere") int photos,
    @Column(meaning = "photos whose map is") int zero,
    @Column(
            meaning =
                "mean over the photos: ½ for uniform maps, below ½ nearer the edge; "
                    + "empty for fewer than two")
        OptionalDouble edgeIndex,
    @Column(meaning = "lower end of its 95 % interval, within 0 to 1") OptionalDouble ciLow,
    @Column(meaning = "upper end of the interval") OptionalDouble ciHigh) {
  public static final String FILE = "edge_index.csv";
  public static final Table<MapEdgeRow> TABLE = Table.of(MapEdgeRow.class, FILE);

  /**
   * The row of a set of maps.
   *
   * @param made how many maps there are, with those that are 0 everywhere
   */
  public static MapEdgeRow of(PhotoMaps maps, int made, Optional<Estimate> mean) {
    return new MapEdgeRow(
        maps.model(),
        maps.group(),
        maps.method(),
        maps.photos().size(),
        made - maps.photos().size(),
        mean.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(mean.get().value()),
        mean.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(mean.get().interval().low()),
        mean.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(mean.get().interval().high()));
  }
}
