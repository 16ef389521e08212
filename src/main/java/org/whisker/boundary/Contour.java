package org.whisker.boundary;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.whisker.boundary.Slice.SliceGrid;
import org.whisker.boundary.Slice.SlicePlane;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Checks;

/**
 * A line along which a gridded value is 0: closed when its first point is its last.
 *
 * @param points at least two, in units of columns and rows from the top left grid point
 */
public record Contour(List<SlicePlane.Point> points) {
  public Contour {
    points = List.copyOf(points);
    Checks.refuse(points.size() < 2, "a line has at least 2 points, had %s", points.size());
  }

  /**
   * The zero lines of values by marching squares (Lorensen and Cline's cubes in two dimensions):
   * values are interpolated linearly along an edge between two grid points; where a cell's corners
   * alternate in sign, its mean decides which are joined.
   *
   * @param values row by row; 0 and below is one side, above 0 the other
   * @param size number of values per row
   */
  static List<Contour> zero(float[] values, int size) {
    Squares squares = new Squares(values, size);
    for (int row = 0; row + 1 < values.length / size; row++) {
      for (int column = 0; column + 1 < size; column++) {
        squares.cell(row, column);
      }
    }
    return squares.lines();
  }

  /** Line segments between two edges of the grid, joined at their edges. */
  private static final class Squares {
    private final float[] values;
    private final int size;
    // the index of an edge is twice that of its first grid point, plus 1 if it is vertical
    private final Map<Integer, List<Integer>> joined = new HashMap<>();
    private final List<Integer> order = new ArrayList<>();

    Squares(float[] values, int size) {
      this.values = values;
      this.size = size;
    }

    void cell(int row, int column) {
      int at = row * size + column;
      // around the cell: top, right, bottom, left; corner k lies before edge k
      int[] edges = {2 * at, 2 * (at + 1) + 1, 2 * (at + size), 2 * at + 1};
      int[] corners = {at, at + 1, at + size + 1, at + size};
      List<Integer> crossed = new ArrayList<>();
      double mean = 0;
      for (int k = 0; k < 4; k++) {
        mean += values[corners[k]] / 4.0;
        if (isAbove(corners[k]) != isAbove(corners[(k + 1) % 4])) {
          crossed.add(edges[k]);
        }
      }
      if (crossed.size() == 2) {
        join(crossed.get(0), crossed.get(1));
      } else if (crossed.size() == 4) {
        // the corners on the other side of the mean are each cut off separately
        boolean first = isAbove(corners[0]) != mean > 0;
        join(edges[0], edges[first ? 3 : 1]);
        join(edges[2], edges[first ? 1 : 3]);
      }
    }

    private boolean isAbove(int place) {
      return values[place] > 0;
    }

    private void join(int a, int b) {
      link(a, b);
      link(b, a);
    }

    private void link(int from, int to) {
      if (!joined.containsKey(from)) {
        order.add(from);
      }
      joined.computeIfAbsent(from, edge -> new ArrayList<>(2)).add(to);
    }

    /** The contours that end at the grid's border first, then the closed ones. */
    List<Contour> lines() {
      List<Contour> lines = new ArrayList<>();
      for (int edge : order) {
        if (joined.getOrDefault(edge, List.of()).size() == 1) {
          lines.add(follow(edge));
        }
      }
      for (int edge : order) {
        if (joined.containsKey(edge)) {
          lines.add(follow(edge));
        }
      }
      return lines;
    }

    private Contour follow(int start) {
      List<SlicePlane.Point> points = new ArrayList<>(List.of(point(start)));
      int at = start;
      while (joined.containsKey(at)) {
        List<Integer> next = joined.get(at);
        int to = next.remove(0);
        forget(at, next);
        List<Integer> back = joined.getOrDefault(to, new ArrayList<>());
        back.remove(Integer.valueOf(at));
        forget(to, back);
        points.add(point(to));
        at = to;
      }
      return new Contour(points);
    }

    private void forget(int edge, List<Integer> left) {
      if (left.isEmpty()) {
        joined.remove(edge);
      }
    }

    private SlicePlane.Point point(int edge) {
      int from = edge / 2;
      boolean down = edge % 2 == 1;
      double value = values[from];
      double t = value / (value - values[down ? from + size : from + 1]);
      double column = from % size;
      double row = Math.floorDiv(from, size);
      return down ? new SlicePlane.Point(column, row + t) : new SlicePlane.Point(column + t, row);
    }
  }

  /** A row of {@code contour.csv}: a point on a contour line p(cat) = ½. */
  public record Vertex(
      @Column(
              meaning =
                  "number of the line, from 1; a line is closed when its first and last "
                      + "points coincide")
          int line,
      @Column(unit = "gray") SlicePlane.Point at) {
    public static final String FILE = "contour.csv";

    public static final Table<Vertex> TABLE = Table.of(Vertex.class, FILE);

    /** The rows of all lines of a slice. */
    public static List<Vertex> of(Slice slice) {
      SliceGrid grid = slice.grid();
      List<Vertex> rows = new ArrayList<>();
      int line = 0;
      for (Contour contour : slice.contours()) {
        line++;
        for (SlicePlane.Point point : contour.points()) {
          rows.add(new Vertex(line, new SlicePlane.Point(grid.x(point.x()), grid.y(point.y()))));
        }
      }
      return rows;
    }
  }
}
