package org.whisker.chart.kit;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.value.Checks;

/** A named line through points, optionally with an interval around it. */
public final class Line {
  private final String name;
  private final double[] x;
  private final double[] y;
  private final @Nullable Band band;

  /**
   * @param y the values, as many as x has; NaN leaves a gap
   * @param band the band around the line, of the same length as x, or null
   */
  public Line(String name, double[] x, double[] y, @Nullable Band band) {
    if (x.length == 0 || x.length != y.length || (band != null && band.size() != x.length)) {
      throw new IllegalArgumentException(
          "line "
              + name
              + " has "
              + x.length
              + " x, "
              + y.length
              + " y"
              + (band == null ? "" : ", " + band.size() + " intervals"));
    }
    this.name = name;
    this.x = x.clone();
    this.y = y.clone();
    this.band = band;
  }

  public Line(String name, double[] x, double[] y) {
    this(name, x, y, null);
  }

  public String name() {
    return name;
  }

  public double[] x() {
    return x;
  }

  public double[] y() {
    return y;
  }

  @Nullable Band band() {
    return band;
  }

  /**
   * An interval at each x of a line.
   *
   * @see Line
   */
  public static final class Band {
    private final double[] low;
    private final double[] high;

    /**
     * @throws IllegalArgumentException when lengths differ or a low end lies above its high end
     */
    public Band(double[] low, double[] high) {
      Checks.refuse(low.length != high.length, "%s low and %s high ends", low.length, high.length);
      for (int i = 0; i < low.length; i++) {
        if (!(low[i] <= high[i])) {
          throw new IllegalArgumentException("no interval from " + low[i] + " to " + high[i]);
        }
      }
      this.low = low.clone();
      this.high = high.clone();
    }

    int size() {
      return low.length;
    }

    double[] low() {
      return low;
    }

    double[] high() {
      return high;
    }
  }

  /**
   * A point of a profile from the border inwards.
   *
   * @param from lower end of its range of edge ranks; 0 is the border
   * @param to upper end of the range; 1 is the centre
   * @param value empty when there is none
   * @param low lower end of its interval; empty when there is none
   * @param high upper end of the interval
   */
  public record RankPoint(
      double from, double to, OptionalDouble value, OptionalDouble low, OptionalDouble high) {
    /** The label of the x axis of profiles. */
    public static final String AXIS = "edge rank u (0 at the border, 1 in the centre)";

    /** A point without an interval. */
    public static RankPoint of(double from, double to, OptionalDouble value) {
      return new RankPoint(from, to, value, OptionalDouble.empty(), OptionalDouble.empty());
    }

    /**
     * The line through the points that have a value; empty when there are none.
     *
     * @param banded whether their intervals are drawn as a band
     * @param density whether values are densities, so that the band is truncated at 0
     */
    public static Optional<Line> line(
        String name, List<RankPoint> all, boolean banded, boolean density) {
      List<RankPoint> points = all.stream().filter(p -> p.value().isPresent()).toList();
      if (points.isEmpty()) {
        return Optional.empty();
      }
      double[] x = points.stream().mapToDouble(p -> (p.from + p.to) / 2).toArray();
      double[] y = points.stream().mapToDouble(p -> p.value.orElseThrow()).toArray();
      double[] low = points.stream().mapToDouble(p -> p.least(density)).toArray();
      double[] high = points.stream().mapToDouble(RankPoint::most).toArray();
      return Optional.of(new Line(name, x, y, banded ? new Band(low, high) : null));
    }

    private double least(boolean density) {
      double y = value.orElseThrow();
      double least = low.orElse(y);
      return Math.min(y, density ? Math.max(0, least) : least);
    }

    private double most() {
      double y = value.orElseThrow();
      return Math.max(y, high.orElse(y));
    }
  }
}
