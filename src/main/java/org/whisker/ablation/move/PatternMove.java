package org.whisker.ablation.move;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.value.Checks;

/** A transformation of the positions of all black pixels of an image. */
public sealed interface PatternMove {
  /** Name of the kind of move, the same for all steps. */
  String kind();

  /** The size of the move in the unit of its kind; 1 if the kind has one size. */
  default double step() {
    return 1;
  }

  /** Distinguishes moves of the same step; an empty text if there is one. */
  default String direction() {
    return "";
  }

  /**
   * The moved image, on the same canvas, with the same number of pixels unless some leave it.
   *
   * @param random used only by random moves
   */
  BlackPixels of(BlackPixels image, RandomGenerator random);

  /** A translation by whole pixels, to the right by {@code dx} and down by {@code dy}. */
  sealed interface Offset extends PatternMove {
    int dx();

    int dy();

    @Override
    default double step() {
      return Math.max(Math.abs(dx()), Math.abs(dy()));
    }

    @Override
    default String direction() {
      String across = dx() == 0 ? "" : dx() > 0 ? "right" : "left";
      String down = dy() == 0 ? "" : dy() > 0 ? "down" : "up";
      return across.isEmpty() || down.isEmpty() ? across + down : across + "-" + down;
    }
  }

  /** A cyclic (toroidal) shift. */
  record Roll(int dx, int dy) implements Offset {
    @Override
    public String kind() {
      return "roll";
    }

    @Override
    public BlackPixels of(BlackPixels image, RandomGenerator random) {
      Canvas c = image.canvas();
      return each(
          image,
          i ->
              c.index(
                  Math.floorMod(c.x(i) + dx, c.width()), Math.floorMod(c.y(i) + dy, c.height())));
    }
  }

  /** A shift in one direction; pixels that leave the canvas are lost. */
  record Translate(int dx, int dy) implements Offset {
    @Override
    public String kind() {
      return "translate";
    }

    @Override
    public BlackPixels of(BlackPixels image, RandomGenerator random) {
      Canvas c = image.canvas();
      int[] kept =
          IntStream.of(image.indices())
              .filter(i -> c.contains(c.x(i) + dx, c.y(i) + dy))
              .map(i -> c.index(c.x(i) + dx, c.y(i) + dy))
              .toArray();
      return BlackPixels.of(c, kept);
    }
  }

  /** A reflection, left–right or top–bottom. */
  record Mirror(boolean leftRight) implements PatternMove {
    @Override
    public String kind() {
      return "mirror";
    }

    @Override
    public String direction() {
      return leftRight ? "left-right" : "top-bottom";
    }

    @Override
    public BlackPixels of(BlackPixels image, RandomGenerator random) {
      Canvas c = image.canvas();
      return each(
          image,
          i ->
              leftRight
                  ? c.index(c.width() - 1 - c.x(i), c.y(i))
                  : c.index(c.x(i), c.height() - 1 - c.y(i)));
    }
  }

  /**
   * A contraction towards the centre of the canvas. Colliding pixels go to the nearest free
   * position, so that their number is preserved.
   *
   * @param scale factor of every distance to the centre, above 0 and at most 1
   */
  record Shrink(double scale) implements PatternMove {
    public Shrink {
      Checks.require(scale > 0 && scale <= 1, "a scale is above 0 and at most 1, was %s", scale);
    }

    @Override
    public String kind() {
      return "shrink";
    }

    @Override
    public double step() {
      return scale;
    }

    @Override
    public BlackPixels of(BlackPixels image, RandomGenerator random) {
      Canvas c = image.canvas();
      return NearestFreePixel.place(
          c,
          IntStream.of(image.indices())
              .map(i -> c.index(scaled(c.x(i), c.width()), scaled(c.y(i), c.height())))
              .toArray());
    }

    private int scaled(int at, int size) {
      double middle = (size - 1) / 2.0;
      return (int) Math.round(middle + scale * (at - middle));
    }
  }

  /**
   * Exchanges edge and centre: each pixel keeps its direction from the centre, and its edge rank u
   * becomes 1 − u. Colliding pixels go to the nearest free position.
   */
  record Invert() implements PatternMove {
    @Override
    public String kind() {
      return "invert";
    }

    @Override
    public BlackPixels of(BlackPixels image, RandomGenerator random) {
      Canvas c = image.canvas();
      return NearestFreePixel.place(
          c, IntStream.of(image.indices()).map(i -> inverted(c, i)).toArray());
    }

    // Within concentric rectangles the area is the square of the scale, and u = 1 − scale².
    private static int inverted(Canvas c, int index) {
      double x = 2 * (c.x(index) + 0.5) / c.width() - 1;
      double y = 2 * (c.y(index) + 0.5) / c.height() - 1;
      double scale = Math.max(Math.abs(x), Math.abs(y));
      double factor = scale == 0 ? 0 : Math.sqrt(1 - scale * scale) / scale;
      return c.index(pixel(x * factor, c.width()), pixel(y * factor, c.height()));
    }

    private static int pixel(double at, int size) {
      return Math.max(0, Math.min(size - 1, (int) Math.floor((at + 1) / 2 * size)));
    }
  }

  /**
   * The control: the same number of pixels at uniform random positions, which destroys the pattern.
   *
   * @param draw number of the draw, from 1
   */
  record Scatter(int draw) implements PatternMove {
    @Override
    public String kind() {
      return "scatter";
    }

    @Override
    public String direction() {
      return "draw " + draw;
    }

    @Override
    public BlackPixels of(BlackPixels image, RandomGenerator random) {
      Canvas c = image.canvas();
      BitSet taken = new BitSet(c.pixels());
      while (taken.cardinality() < image.count()) {
        taken.set(random.nextInt(c.pixels()));
      }
      return BlackPixels.of(c, taken.stream().toArray());
    }
  }

  /**
   * Scatters each pixel over the pixels at its own distance from the border: what is left of the
   * pattern is how deep it lies.
   *
   * @param draw number of the draw, from 1
   */
  record ScatterInRings(int draw) implements PatternMove {
    @Override
    public String kind() {
      return "scatter-in-rings";
    }

    @Override
    public String direction() {
      return "draw " + draw;
    }

    @Override
    public BlackPixels of(BlackPixels image, RandomGenerator random) {
      Canvas c = image.canvas();
      BitSet taken = new BitSet(c.pixels());
      for (int index : image.indices()) {
        int depth = c.borderDistance(index);
        int[] free =
            IntStream.range(0, c.pixels())
                .filter(p -> c.borderDistance(p) == depth && !taken.get(p))
                .toArray();
        taken.set(free[random.nextInt(free.length)]);
      }
      return BlackPixels.of(c, taken.stream().toArray());
    }
  }

  private static BlackPixels each(BlackPixels image, IntUnaryOperator moved) {
    return BlackPixels.of(image.canvas(), IntStream.of(image.indices()).map(moved).toArray());
  }

  /** Resolves collisions of moved pixels, so that their number is preserved. */
  final class NearestFreePixel {
    private NearestFreePixel() {}

    /**
     * Places each pixel at its target or, if that is occupied, at the nearest free position;
     * earlier pixels have priority.
     *
     * @param wanted target pixel indices, at most as many as the canvas has
     */
    static BlackPixels place(Canvas canvas, int[] wanted) {
      BitSet taken = new BitSet(canvas.pixels());
      for (int index : wanted) {
        taken.set(taken.get(index) ? nearest(canvas, index, taken) : index);
      }
      return BlackPixels.of(canvas, taken.stream().toArray());
    }

    private static int nearest(Canvas canvas, int index, BitSet taken) {
      int best = -1;
      // A position at Chebyshev distance r is at least r away, so the search ends once one is
      // found.
      for (int radius = 1; best < 0 || radius * radius < squared(canvas, index, best); radius++) {
        best = nearestOnSquare(canvas, index, radius, taken, best);
      }
      return best;
    }

    private static int nearestOnSquare(
        Canvas canvas, int index, int radius, BitSet taken, int before) {
      int best = before;
      for (int dy = -radius; dy <= radius; dy++) {
        int step = Math.abs(dy) == radius ? 1 : 2 * radius;
        for (int dx = -radius; dx <= radius; dx += step) {
          int x = canvas.x(index) + dx;
          int y = canvas.y(index) + dy;
          if (canvas.contains(x, y) && !taken.get(canvas.index(x, y))) {
            int here = canvas.index(x, y);
            if (best < 0 || squared(canvas, index, here) < squared(canvas, index, best)) {
              best = here;
            }
          }
        }
      }
      return best;
    }

    private static int squared(Canvas canvas, int a, int b) {
      int dx = canvas.x(a) - canvas.x(b);
      int dy = canvas.y(a) - canvas.y(b);
      return dx * dx + dy * dy;
    }
  }

  /** The moves applied to evolved images. */
  final class PatternMoves {
    private static final int TRANSLATIONS = 8;
    private static final int SCALES = 10;
    private static final int SCATTERS = 20;

    private PatternMoves() {}

    /**
     * All rolls up to half the canvas in four directions; translations by sixteenths of it;
     * contractions by tenths; both reflections; the exchange of edge and centre; and the control,
     * scattered pixels.
     */
    public static List<PatternMove> standard(Canvas canvas) {
      List<PatternMove> moves = new ArrayList<>();
      int half = Math.min(canvas.width(), canvas.height()) / 2;
      for (int step = 1; step <= half; step++) {
        for (int[] towards : new int[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}}) {
          moves.add(new PatternMove.Roll(step * towards[0], step * towards[1]));
          if (step * TRANSLATIONS % half < TRANSLATIONS) {
            moves.add(new PatternMove.Translate(step * towards[0], step * towards[1]));
          }
        }
      }
      for (int tenths = SCALES - 1; tenths >= 1; tenths--) {
        moves.add(new PatternMove.Shrink(tenths / (double) SCALES));
      }
      moves.add(new PatternMove.Mirror(true));
      moves.add(new PatternMove.Mirror(false));
      moves.add(new PatternMove.Invert());
      for (int draw = 1; draw <= SCATTERS; draw++) {
        moves.add(new PatternMove.Scatter(draw));
      }
      for (int draw = 1; draw <= SCATTERS; draw++) {
        moves.add(new PatternMove.ScatterInRings(draw));
      }
      return moves;
    }
  }
}
