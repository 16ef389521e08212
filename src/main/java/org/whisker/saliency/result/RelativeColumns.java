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
    @Column("relative_1") OptionalDouble first,
    @Column("relative_2") OptionalDouble second,
    @Column("relative_3") OptionalDouble third,
    @Column("relative_4") OptionalDouble fourth,
    @Column("relative_5") OptionalDouble fifth,
    @Column("relative_6") OptionalDouble sixth,
    @Column("relative_7") OptionalDouble seventh,
    @Column("relative_8") OptionalDouble eighth,
    @Column("relative_9") OptionalDouble ninth,
    @Column("relative_10") OptionalDouble tenth) {

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
