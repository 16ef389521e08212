package org.whisker.saliency.result;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.whisker.image.EdgeBins;
import org.whisker.table.Column;

/**
 * The mean of |value| in each bin of the edge rank, from the border inwards, relative to that of
 * the map: 1 is average. A small canvas has fewer bins; the last columns are then empty.
 */
public record RelativeColumns(
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
  public static RelativeColumns of(List<Double> relative) {
    if (relative.size() > EdgeBins.DEFAULT_PARTS) {
      throw new IllegalArgumentException("too many bins: " + relative.size());
    }
    return new RelativeColumns(
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
