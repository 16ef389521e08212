package org.whisker.boundary;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Checks;

/**
 * A classifier's logits over the plane through three pictures. Where {@code clampedShare} is above
 * 0, the plane leaves the range of valid grays: the scored picture has its grays clamped to 0 to 1,
 * and lies {@code clampedRms} off the plane.
 *
 * @param points the positions of A, B and C, with the logits of the pictures themselves
 * @param places row by row over the grid, from the top
 * @param contours where the logit is 0, p(cat) = ½
 */
public record Slice(
    List<Corner> points, SliceGrid grid, List<Place> places, List<Contour> contours) {
  public Slice {
    points = List.copyOf(points);
    places = List.copyOf(places);
    contours = List.copyOf(contours);
    Checks.refuse(
        points.size() != 3 || places.size() != grid.places(),
        "%d points and %d places on a grid of %d",
        points.size(),
        places.size(),
        grid.places());
  }

  /** One of the three pictures that span the plane, and its logit of not-cat. */
  public record Corner(
      @Column(unit = "gray") SlicePlane.Point at, @Column(unit = "logit") float logit) {
    @Column(
        after = "logit",
        value = "p_cat",
        title = "p(cat)",
        format = "%.4f",
        unit = Column.PROBABILITY)
    public double catProbability() {
      return Classifier.catProbability(logit);
    }
  }

  /** A grid point of the plane: a row of {@code slice.csv}. */
  public record Place(
      @Column(meaning = "column of the grid, counted from the left") int column,
      @Column(meaning = "row of the grid, counted from the top, where y is largest") int row,
      @Column(unit = "gray") SlicePlane.Point at,
      @Column(unit = "logit") float logit,
      @Column(
              unit = "share",
              meaning =
                  "share of pixels, 0 to 1, whose gray was clamped to the range from 0 "
                      + "(black) to 1 (white)")
          double clampedShare,
      @Column(unit = "gray", meaning = "root-mean-square change of gray values by clamping")
          double clampedRms) {
    public static final String FILE = "slice.csv";

    public static final Table<Place> TABLE = Table.of(Place.class, FILE);

    @Column(after = "logit", value = "p_cat", unit = Column.PROBABILITY)
    public double catProbability() {
      return Classifier.catProbability(logit);
    }
  }

  /** The share of grid points at which no gray was clamped. */
  public double inside() {
    return places.stream().filter(place -> place.clampedShare == 0).count()
        / (double) places.size();
  }

  /** The share of grid points that are cats. */
  public double cats() {
    return places.stream().filter(place -> Grays.isCat(place.logit)).count()
        / (double) places.size();
  }

  private static float[] logits(List<Place> places) {
    float[] logits = new float[places.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = places.get(i).logit;
    }
    return logits;
  }

  /**
   * Scores the plane.
   *
   * @param corners A, B and C, which span {@code plane}
   * @param batch pictures per call, at least 1
   * @param progress receives after each batch the number of scored grid points
   * @throws IllegalArgumentException if a logit is not finite
   */
  public static Slice of(
      Classifier classifier,
      List<? extends Raster> corners,
      SlicePlane plane,
      SliceGrid grid,
      int batch,
      IntConsumer progress) {
    float[] own = classifier.logits(corners);
    List<Corner> points = new ArrayList<>();
    for (int i = 0; i < own.length; i++) {
      points.add(new Corner(plane.points().get(i), Grays.finite(classifier, own[i])));
    }
    List<Place> places = new ArrayList<>(grid.places());
    while (places.size() < grid.places()) {
      score(classifier, plane, grid, places, Math.min(grid.places(), places.size() + batch));
      progress.accept(places.size());
    }
    return new Slice(points, grid, places, Contour.zero(logits(places), grid.size()));
  }

  private static void score(
      Classifier classifier, SlicePlane plane, SliceGrid grid, List<Place> places, int to) {
    List<SlicePlane.Shown> shown = new ArrayList<>();
    for (int i = places.size(); i < to; i++) {
      shown.add(plane.at(grid.x(grid.column(i)), grid.y(grid.row(i))));
    }
    List<PlanarImage> pictures = shown.stream().map(SlicePlane.Shown::picture).toList();
    float[] logits = classifier.logits(pictures);
    for (int i = 0; i < logits.length; i++) {
      SlicePlane.Shown each = shown.get(i);
      int column = grid.column(places.size());
      int row = grid.row(places.size());
      places.add(
          new Place(
              column,
              row,
              new SlicePlane.Point(grid.x(column), grid.y(row)),
              Grays.finite(classifier, logits[i]),
              each.clamped(),
              each.moved()));
    }
  }

  /** One of the three pictures that span the plane, with its names: a row of {@code points.csv}. */
  public record NamedCorner(
      @Column(format = "%s", meaning = "A, B or C") String point,
      @Column(format = "%s", meaning = "name of the image") String image,
      Corner corner) {
    public static final String FILE = "points.csv";

    public static final Table<NamedCorner> TABLE = Table.of(NamedCorner.class, FILE);
  }

  /**
   * The three pictures.
   *
   * @param names their names
   */
  public List<NamedCorner> named(List<String> names) {
    return IntStream.range(0, names.size())
        .mapToObj(
            i -> new NamedCorner(String.valueOf((char) ('A' + i)), names.get(i), points.get(i)))
        .toList();
  }

  /**
   * A square grid of points over a plane. Rows are counted from the top, where y is largest, as in
   * a picture. The axes are scaled independently.
   *
   * @param left x of the first column
   * @param right x of the last column, above {@code left}
   * @param bottom y of the last row
   * @param top y of the first row, above {@code bottom}
   * @param size columns, and rows, at least 2
   */
  public record SliceGrid(double left, double right, double bottom, double top, int size) {
    /** A grid of this size would take more than a day. */
    private static final int LARGEST = 2_000;

    public SliceGrid {
      if (size < 2 || size > LARGEST) {
        throw new IllegalArgumentException("a grid has 2 to " + LARGEST + " columns, was " + size);
      }
      if (!(left < right && bottom < top) || Double.isInfinite(right - left + top - bottom)) {
        throw new IllegalArgumentException(
            "no grid from (%s, %s) to (%s, %s)".formatted(left, bottom, right, top));
      }
    }

    /**
     * A grid over the bounding box of three points.
     *
     * @param margin extension beyond it on each side, as a fraction of its sides, at least 0
     */
    public static SliceGrid around(List<SlicePlane.Point> points, double margin, int size) {
      Checks.require(margin >= 0 && margin <= 10, "a margin is 0 to 10, was %s", margin);
      double left = points.stream().mapToDouble(SlicePlane.Point::x).min().orElseThrow();
      double right = points.stream().mapToDouble(SlicePlane.Point::x).max().orElseThrow();
      double bottom = points.stream().mapToDouble(SlicePlane.Point::y).min().orElseThrow();
      double top = points.stream().mapToDouble(SlicePlane.Point::y).max().orElseThrow();
      double beside = margin * (right - left);
      double beyond = margin * (top - bottom);
      return new SliceGrid(left - beside, right + beside, bottom - beyond, top + beyond, size);
    }

    public int places() {
      return size * size;
    }

    int column(int place) {
      return place % size;
    }

    /** The row of a grid point, 0 at the top. */
    int row(int place) {
      return place / size;
    }

    /** The x of a column, which may be fractional. */
    double x(double column) {
      return left + (right - left) * column / (size - 1);
    }

    /** The y of a row, which may be fractional. */
    double y(double row) {
      return top - (top - bottom) * row / (size - 1);
    }
  }

  /**
   * The plane through three pictures A, B and C, in the space of all pictures of their size. Its
   * axes are orthogonal, in root-mean-square gray levels (white and black are 1 apart): A is at (0,
   * 0), B at (d, 0) with d above 0, C at any x with y above 0.
   */
  public static final class SlicePlane {
    /**
     * Least height of a triangle as a fraction of its longest side: a smaller one is only rounding
     * error.
     */
    private static final double FLAT = 1e-6;

    private final Canvas canvas;
    private final double[] origin;
    private final double[] across;
    private final double[] up;
    private final List<Point> points;

    /** A point in the plane. */
    public record Point(
        @Column(
                format = "%.4f",
                meaning = "from A towards B, in root-mean-square gray values (0 to 1)")
            double x,
        @Column(format = "%.4f", meaning = "orthogonal to x, towards C, in the same unit")
            double y) {}

    /**
     * The picture at a point, with its grays clamped to 0 (black) to 1 (white).
     *
     * @param clamped the share of values that were clamped, 0 to 1
     * @param moved the root-mean-square change by clamping, in gray levels: the distance of the
     *     picture from the plane
     */
    public record Shown(PlanarImage picture, double clamped, double moved) {}

    private SlicePlane(
        Canvas canvas, double[] origin, double[] across, double[] up, List<Point> points) {
      this.canvas = canvas;
      this.origin = origin;
      this.across = across;
      this.up = up;
      this.points = points;
    }

    /**
     * The plane through three pictures.
     *
     * @throws IllegalArgumentException if they differ in size, or lie on one line
     */
    public static SlicePlane through(Raster a, Raster b, Raster c) {
      Grays.sameCanvas(a, b);
      Grays.sameCanvas(a, c);
      int planes = Math.max(Grays.planes(a, b), c.planes());
      double[] origin = minus(values(a, planes), new double[planes * a.canvas().pixels()]);
      double[] toB = minus(values(b, planes), origin);
      double[] toC = minus(values(c, planes), origin);
      double d = Math.sqrt(product(toB, toB));
      double reach = Math.max(d, Math.sqrt(product(toC, toC)));
      double x = d == 0 ? 0 : product(toB, toC) / d;
      double[] across = scaled(toB, 1 / d);
      double[] rest = minusTimes(toC, across, x);
      double y = Math.sqrt(product(rest, rest));
      Checks.refuse(
          !(d > FLAT * reach) || !(y > FLAT * reach),
          "three pictures on one line in gray levels span no plane; name three that do");
      List<Point> points = List.of(new Point(0, 0), new Point(d, 0), new Point(x, y));
      return new SlicePlane(a.canvas(), origin, across, scaled(rest, 1 / y), points);
    }

    private static float[] values(Raster picture, int planes) {
      return PlanarImage.from(picture).in(planes).values();
    }

    /** The positions of A, B and C. */
    public List<Point> points() {
      return points;
    }

    Shown at(double x, double y) {
      float[] gray = new float[origin.length];
      int clamped = 0;
      double moved = 0;
      for (int i = 0; i < gray.length; i++) {
        double wanted = origin[i] + x * across[i] + y * up[i];
        double held = Math.min(1, Math.max(0, wanted));
        gray[i] = (float) held;
        // smaller excesses are rounding errors: a white corner is not beyond white
        clamped += Math.abs(wanted - held) > FLAT ? 1 : 0;
        moved += (wanted - held) * (wanted - held);
      }
      double rms = clamped == 0 ? 0 : Math.sqrt(moved / gray.length);
      return new Shown(PlanarImage.of(canvas, gray), clamped / (double) gray.length, rms);
    }

    /** The mean product, so that lengths are root mean squares. */
    private static double product(double[] a, double[] b) {
      double sum = 0;
      for (int i = 0; i < a.length; i++) {
        sum += a[i] * b[i];
      }
      return sum / a.length;
    }

    private static double[] minus(float[] a, double[] b) {
      double[] difference = new double[b.length];
      for (int i = 0; i < b.length; i++) {
        difference[i] = a[i] - b[i];
      }
      return difference;
    }

    private static double[] minusTimes(double[] a, double[] b, double times) {
      double[] difference = new double[a.length];
      for (int i = 0; i < a.length; i++) {
        difference[i] = a[i] - times * b[i];
      }
      return difference;
    }

    private static double[] scaled(double[] a, double by) {
      double[] scaled = new double[a.length];
      for (int i = 0; i < a.length; i++) {
        scaled[i] = a[i] * by;
      }
      return scaled;
    }
  }
}
