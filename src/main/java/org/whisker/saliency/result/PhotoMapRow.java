package org.whisker.saliency.result;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.image.EdgeBins;
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
        @Nullable Relative relative) {
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
        photo.map(each -> Relative.of(each.relative())).orElse(null));
  }

  /** The map as it is counted; empty where it is 0 everywhere. */
  public Optional<PhotoMaps.Photo> photo() {
    return edgeIndex.isEmpty() || relative == null
        ? Optional.empty()
        : Optional.of(new PhotoMaps.Photo(file, logit, edgeIndex.getAsDouble(), relative.values()));
  }

  /**
   * The mean of |value| in each bin of the edge rank, from the border inwards, relative to that of
   * the map: 1 is average. A small canvas has fewer bins; the last columns are then empty.
   */
  public record Relative(
      @Column(
              value = "relative_1",
              meaning = "mean |value| of part 1 of 10 from the border, over that of the map")
          OptionalDouble first,
      @Column(
              value = "relative_2",
              meaning = "mean |value| of part 2 of 10 from the border, over that of the map")
          OptionalDouble second,
      @Column(
              value = "relative_3",
              meaning = "mean |value| of part 3 of 10 from the border, over that of the map")
          OptionalDouble third,
      @Column(
              value = "relative_4",
              meaning = "mean |value| of part 4 of 10 from the border, over that of the map")
          OptionalDouble fourth,
      @Column(
              value = "relative_5",
              meaning = "mean |value| of part 5 of 10 from the border, over that of the map")
          OptionalDouble fifth,
      @Column(
              value = "relative_6",
              meaning = "mean |value| of part 6 of 10 from the border, over that of the map")
          OptionalDouble sixth,
      @Column(
              value = "relative_7",
              meaning = "mean |value| of part 7 of 10 from the border, over that of the map")
          OptionalDouble seventh,
      @Column(
              value = "relative_8",
              meaning = "mean |value| of part 8 of 10 from the border, over that of the map")
          OptionalDouble eighth,
      @Column(
              value = "relative_9",
              meaning = "mean |value| of part 9 of 10 from the border, over that of the map")
          OptionalDouble ninth,
      @Column(
              value = "relative_10",
              meaning = "mean |value| of part 10 of 10 from the border, over that of the map")
          OptionalDouble tenth) {

    /**
     * The columns of a profile.
     *
     * @param relative at most {@value EdgeBins#DEFAULT_PARTS} means
     */
    public static Relative of(List<Double> relative) {
      if (relative.size() > EdgeBins.DEFAULT_PARTS) {
        throw new IllegalArgumentException("too many bins: " + relative.size());
      }
      return new Relative(
          at(relative, 0),
          at(relative, 1),
          at(relative, 2),
          at(relative, 3),
          at(relative, 4),
          at(relative, 5),
          at(relative, 6),
          at(relative, 7),
          at(relative, 8),
          at(relative, 9));
    }

    private static OptionalDouble at(List<Double> relative, int bin) {
      return bin < relative.size() ? OptionalDouble.of(relative.get(bin)) : OptionalDouble.empty();
    }

    /** The profile again. */
    public List<Double> values() {
      return Stream.of(first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth)
          .filter(OptionalDouble::isPresent)
          .map(OptionalDouble::getAsDouble)
          .toList();
    }
  }
}
