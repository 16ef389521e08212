package org.whisker.saliency.result;

import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.saliency.PhotoMaps;
import org.whisker.table.Column;
import org.whisker.table.Table;

/** A row of {@code photos.csv}: where the map of a photo is strong. */
public record PhotoMapRow(
    String model,
    String group,
    String method,
    String file,
    @Column(unit = "nat") double logit,
    @Column(value = "p_cat", unit = "probability") double catProbability,
    @Column(
            meaning =
                "edge index of |value|: ½ for a uniform map, below ½ nearer the edge; "
                    + "empty where the map is 0 everywhere")
        OptionalDouble edgeIndex,
    @Column(
            meaning =
                "the map's profile from the border inwards; null where the map is 0 "
                    + "everywhere")
        @Nullable RelativeColumns relative) {
  public static final String FILE = "photos.csv";
  public static final Table<PhotoMapRow> TABLE = Table.of(PhotoMapRow.class, FILE);

  /** What the map is of. */
  public record Of(
      String model,
      String group,
      String method,
      String file,
      double logit,
      double catProbability) {}

  /**
   * The row of a map.
   *
   * @param photo empty where the map is 0 everywhere
   */
  public static PhotoMapRow of(Of of, Optional<PhotoMaps.Photo> photo) {
    return new PhotoMapRow(
        of.model,
        of.group,
        of.method,
        of.file,
        of.logit,
        of.catProbability,
        photo.isPresent() ? OptionalDouble.of(photo.get().edgeIndex()) : OptionalDouble.empty(),
        photo.map(each -> RelativeColumns.of(each.relative())).orElse(null));
  }

  /** The map as it is counted; empty where it is 0 everywhere. */
  public Optional<PhotoMaps.Photo> photo() {
    return edgeIndex.isEmpty() || relative == null
        ? Optional.empty()
        : Optional.of(new PhotoMaps.Photo(file, logit, edgeIndex.getAsDouble(), relative.values()));
  }
}
