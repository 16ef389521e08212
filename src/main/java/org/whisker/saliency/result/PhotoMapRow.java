package org.whisker.saliency.result;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.whisker.image.EdgeBins;
import org.whisker.image.EdgeBins.EdgeBin;
import org.whisker.saliency.PhotoMaps;
import org.whisker.stats.Estimate;
import org.whisker.stats.Estimate.Interval;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Checks;
import org.whisker.value.OptionalNumber;

/** A row of {@code photos.csv}: where the map of a photo is strong. */
public record PhotoMapRow(
    String model,
    String group,
    String method,
    String file,
    @Column(unit = "nat") double logit,
    @Column(value = "p_target", unit = "probability") double catProbability,
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
    static Relative of(List<Double> relative) {
      Checks.refuse(relative.size() > EdgeBins.DEFAULT_PARTS, "too many bins: %s", relative.size());
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

  /** A row of {@code edge_index.csv}: how near the edge the maps of a set of photos are strong. */
  public record EdgeIndexRow(
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
      OptionalDouble ciHigh) {
    public static final String FILE = "edge_index.csv";
    public static final Table<EdgeIndexRow> TABLE = Table.of(EdgeIndexRow.class, FILE);

    /**
     * The row of a set of maps.
     *
     * @param made how many maps there are, with those that are 0 everywhere
     */
    public static EdgeIndexRow of(PhotoMaps maps, int made, Optional<Estimate> mean) {
      return new EdgeIndexRow(
          maps.model(),
          maps.group(),
          maps.method(),
          maps.photos().size(),
          made - maps.photos().size(),
          OptionalNumber.of(mean, Estimate::value),
          OptionalNumber.of(mean, of -> of.interval().low()),
          OptionalNumber.of(mean, of -> of.interval().high()));
    }
  }

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
      OptionalDouble ciHigh) {
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
                      OptionalNumber.of(bin.interval(), Interval::low),
                      OptionalNumber.of(bin.interval(), Interval::high)))
          .toList();
    }
  }
}
