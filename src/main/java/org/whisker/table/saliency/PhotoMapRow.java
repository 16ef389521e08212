package org.whisker.table.saliency;

import java.util.List;
import org.whisker.saliency.PhotoMaps;
import org.whisker.table.Column;
import org.whisker.table.Table;

/**
 * A row of {@code photos.csv}: where the map of a photo is strong.
 *
 * @param edgeIndex of |value|: ½ for a uniform map, below ½ nearer the edge
 */
public record PhotoMapRow(
    String model,
    String group,
    String method,
    String file,
    @Column(unit = "nat") double logit,
    @Column(value = "p_cat", unit = "probability") double catProbability,
    double edgeIndex) {
  public static final String FILE = "photos.csv";
  public static final Table<PhotoMapRow> TABLE = Table.of(PhotoMapRow.class);

  /** The rows of a set of maps. */
  public static List<PhotoMapRow> of(PhotoMaps maps) {
    return maps.photos().stream()
        .map(
            photo ->
                new PhotoMapRow(
                    maps.model(),
                    maps.group(),
                    maps.method(),
                    photo.name(),
                    photo.logit(),
                    photo.catProbability(),
                    photo.edgeIndex()))
        .toList();
  }
}
