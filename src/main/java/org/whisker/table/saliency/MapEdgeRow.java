package org.whisker.table.saliency;

import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.saliency.PhotoMaps;
import org.whisker.stats.Estimate;
import org.whisker.table.Table;

/**
 * A row of {@code edge_index.csv}: how near the edge the maps of a set of photos are strong.
 *
 * @param photos those whose map is not 0 everywhere
 * @param zero photos whose map is
 * @param edgeIndex mean over the photos: ½ for uniform maps, below ½ nearer the edge; empty for
 *     fewer than two
 * @param ciLow of its 95 % interval, within 0 to 1
 * @param ciHigh likewise
 */
public record MapEdgeRow(
    String model,
    String group,
    String method,
    int photos,
    int zero,
    OptionalDouble edgeIndex,
    OptionalDouble ciLow,
    OptionalDouble ciHigh) {
  public static final String FILE = "edge_index.csv";
  public static final Table<MapEdgeRow> TABLE = Table.of(MapEdgeRow.class);

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
