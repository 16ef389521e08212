package org.whisker.ablation;

import java.util.BitSet;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/** All black pixels of an image moved at once, so that the pattern stays and its place does not. */
public sealed interface PatternMove {
  /** A short name of what is done, the same for all steps. */
  String kind();

  /** How far, in the unit of its kind; 1 where there is no more or less. */
  default double step() {
    return 1;
  }

  /** Which of the moves of the same step; empty where there is one. */
  default String direction() {
    return "";
  }

  /**
   * The moved image. Of the same canvas, and of the same number of pixels unless they leave it.
   *
   * @param random drawn from only where the move is random
   */
  BlackPixels of(BlackPixels image, RandomGenerator random);

  /** By whole pixels, to the right by {@code dx} and down by {@code dy}. */
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

  /** Round the canvas as if its borders met: what leaves on one side enters on the other. */
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

  /** In one direction; what leaves the canvas is lost. */
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

  /** Left and right swapped, or top and bottom. */
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
   * Drawn towards the middle of the canvas. Pixels that would fall together go to the nearest free
   * place, so that their number stays.
   *
   * @param scale of every distance to the middle, above 0 and at most 1
   */
  record Shrink(double scale) implements PatternMove {
    public Shrink {
      if (!(scale > 0 && scale <= 1)) {
        throw new IllegalArgumentException("a scale is above 0 and at most 1, was " + scale);
      }
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
   * Edge and centre swapped: each pixel keeps its direction from the middle, and its edge rank u
   * becomes 1 − u. Pixels that would fall together go to the nearest free place.
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
   * The control: as many pixels, each anywhere. What is lost here is lost without the pattern.
   *
   * @param draw a number from 1, so that several draws are several moves
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

  private static BlackPixels each(BlackPixels image, IntUnaryOperator moved) {
    return BlackPixels.of(image.canvas(), IntStream.of(image.indices()).map(moved).toArray());
  }
}
