package org.whisker.boundary;

import java.util.List;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.table.Column;

/**
 * The plane through three pictures A, B and C, in the space of all pictures of their size. Its axes
 * are orthogonal, in root-mean-square gray levels (white and black are 1 apart): A is at (0, 0), B
 * at (d, 0) with d above 0, C at any x with y above 0.
 */
public final class SlicePlane {
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
    if (!(d > FLAT * reach) || !(y > FLAT * reach)) {
      throw new IllegalArgumentException(
          "three pictures on one line in gray levels span no plane; name three that do");
    }
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

  /** The picture at a point. */
  public Shown at(double x, double y) {
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
