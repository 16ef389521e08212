package org.whisker.boundary;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.table.Column;
import org.whisker.table.Table;
import org.whisker.value.Checks;
import org.whisker.value.Labelled;

/** A path from one picture to another, parametrised by a position that increases from 0. */
public sealed interface ImagePath {
  /** The position of the other picture; 0 if both are the same. */
  double length();

  /**
   * The picture at this position.
   *
   * @throws IllegalArgumentException beyond the path's ends
   */
  Raster at(double position);

  /** The positions to score, ascending, from 0 to {@link #length()}. */
  List<Double> scan();

  /**
   * A position strictly between these; empty once they are as close as the path's resolution
   * permits.
   */
  OptionalDouble between(double low, double high);

  /** The kinds of paths from one picture to another. */
  enum PathKind implements Labelled {
    /** The most helpful pixel first, see {@link BoundaryPaths.GreedyOrder}. */
    BEST_FIRST("best-first"),
    /** The least helpful first. */
    WORST_FIRST("worst-first"),
    /** Pixels change by edge rank, from the border to the centre. */
    OUTWARD_IN("outward-in"),
    /** Pixels change by edge rank, from the centre to the border. */
    INWARD_OUT("inward-out"),
    /** Pixels change in an order that is drawn at random. */
    RANDOM("random"),
    /** All grays change together along a straight line. */
    STRAIGHT("straight");

    private final String label;

    PathKind(String label) {
      this.label = label;
    }

    /** The word by which options and tables name it. */
    @Override
    public String label() {
      return label;
    }

    /**
     * The kind with this label.
     *
     * @throws IllegalArgumentException listing all
     */
    public static PathKind parse(String label) {
      return Labelled.find(values(), label)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "a path is best-first, worst-first, outward-in, inward-out, random or"
                          + " straight, was '"
                          + label
                          + "'"));
    }
  }

  /** The straight line in gray levels: (1 − t) · from + t · to, for t from 0 to 1. */
  final class StraightPath implements ImagePath {
    private final PlanarImage from;
    private final PlanarImage to;
    private final int steps;
    private final double tolerance;

    /**
     * @param steps number of equal parts into which the scan divides it, at least 1
     * @param tolerance width in t to which a bracket is bisected, above 0
     * @throws IllegalArgumentException if the pictures differ in size
     */
    public StraightPath(Raster from, Raster to, int steps, double tolerance) {
      if (steps < 1 || !(tolerance > 0)) {
        throw new IllegalArgumentException(
            "a line has at least 1 step and a tolerance above 0, was " + steps + ", " + tolerance);
      }
      Grays.sameCanvas(from, to);
      int planes = Grays.planes(from, to);
      this.from = PlanarImage.from(from).in(planes);
      this.to = PlanarImage.from(to).in(planes);
      this.steps = steps;
      this.tolerance = tolerance;
    }

    @Override
    public double length() {
      return 1;
    }

    @Override
    public Raster at(double t) {
      Checks.require(t >= 0 && t <= 1, "t is 0 to 1, was %s", t);
      float[] a = from.values();
      float[] b = to.values();
      for (int i = 0; i < a.length; i++) {
        // this form gives both ends exactly
        a[i] = (float) ((1 - t) * a[i] + t * b[i]);
      }
      return from.with(a);
    }

    @Override
    public List<Double> scan() {
      return IntStream.rangeClosed(0, steps).mapToObj(i -> i / (double) steps).toList();
    }

    @Override
    public OptionalDouble between(double low, double high) {
      return high - low <= tolerance ? OptionalDouble.empty() : OptionalDouble.of((low + high) / 2);
    }
  }

  /**
   * A path on which one pixel after another changes from its gray in one picture to its gray in the
   * other. The position is the number of changed pixels; the scan proceeds in blocks, and crossings
   * between two blocks are located to the single pixel.
   */
  final class PixelPath implements ImagePath {
    private final Canvas canvas;
    private final int planes;
    private final float[] from;
    private final float[] to;
    private final int[] order;
    private final int block;

    /**
     * @param order the pixels in which the pictures differ, each once, in the order of their change
     * @param block number of pixels between scanned positions, at least 1
     * @throws IllegalArgumentException if the order does not consist of those pixels, or the
     *     pictures differ in size
     */
    public PixelPath(Raster from, Raster to, int[] order, int block) {
      Checks.refuse(block < 1, "a block has at least 1 pixel, was %s", block);
      int[] sorted = order.clone();
      Arrays.sort(sorted);
      if (!Arrays.equals(sorted, Grays.differing(from, to))) {
        throw new IllegalArgumentException(
            "an order has each differing pixel once, was " + Arrays.toString(order));
      }
      this.canvas = from.canvas();
      this.planes = Grays.planes(from, to);
      this.from = PlanarImage.from(from).in(planes).values();
      this.to = PlanarImage.from(to).in(planes).values();
      this.order = order.clone();
      this.block = block;
    }

    /**
     * The smallest block with which a path of {@code pixels} pixels has at most {@code steps}
     * steps.
     */
    static int blockFor(int pixels, int steps) {
      Checks.refuse(steps < 1, "a path has at least 1 step, was %s", steps);
      return Math.max(1, (pixels + steps - 1) / steps);
    }

    /** The pixels in the order of their change. */
    int[] order() {
      return order.clone();
    }

    @Override
    public double length() {
      return order.length;
    }

    @Override
    public Raster at(double position) {
      int changed = (int) position;
      if (changed != position || changed < 0 || changed > order.length) {
        throw new IllegalArgumentException(
            "a position is 0 to " + order.length + " whole pixels, was " + position);
      }
      return new Changed(this, changed);
    }

    @Override
    public List<Double> scan() {
      List<Double> positions = new ArrayList<>();
      for (int at = 0; at < order.length; at += block) {
        positions.add((double) at);
      }
      positions.add((double) order.length);
      return positions;
    }

    @Override
    public OptionalDouble between(double low, double high) {
      return high - low <= 1
          ? OptionalDouble.empty()
          : OptionalDouble.of(Math.floor((low + high) / 2));
    }

    private record Changed(PixelPath path, int changed) implements Raster {
      @Override
      public Canvas canvas() {
        return path.canvas;
      }

      @Override
      public int planes() {
        return path.planes;
      }

      @Override
      public void paint(float[] target, int offset) {
        if (path.planes == 1) {
          paintStored(target, offset);
        } else {
          PlanarImage.from(this).paint(target, offset);
        }
      }

      @Override
      public void paint(float[] target, int offset, int planes) {
        if (planes == path.planes) {
          paintStored(target, offset);
        } else {
          Raster.super.paint(target, offset, planes);
        }
      }

      private void paintStored(float[] target, int offset) {
        System.arraycopy(path.from, 0, target, offset, path.from.length);
        for (int i = 0; i < changed; i++) {
          for (int at = path.order[i]; at < path.from.length; at += path.canvas.pixels()) {
            target[offset + at] = path.to[at];
          }
        }
      }
    }

    /**
     * A row of {@code pixels.csv}: a pixel of a path. Random orders have no rows, since they can be
     * reproduced from the seed.
     */
    public record Step(
        @Column(meaning = "kind of the path, such as best-first") String order,
        @Column(meaning = "its rank in the order, from 1") int changed,
        @Column(unit = "px") int x,
        @Column(unit = "px") int y) {
      public static final String FILE = "pixels.csv";

      public static final Table<Step> TABLE = Table.of(Step.class, FILE);

      /** The rows of all pixel paths except the random ones. */
      public static List<Step> of(BoundaryPaths paths) {
        Canvas canvas = paths.from().canvas();
        List<Step> rows = new ArrayList<>();
        for (BoundaryPaths.ScoredPath path : paths.paths()) {
          if (path.kind() != PathKind.RANDOM && path.path() instanceof PixelPath pixels) {
            int[] order = pixels.order();
            for (int i = 0; i < order.length; i++) {
              rows.add(
                  new Step(path.kind().label(), i + 1, canvas.x(order[i]), canvas.y(order[i])));
            }
          }
        }
        return rows;
      }
    }
  }
}
