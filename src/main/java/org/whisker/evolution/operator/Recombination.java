package org.whisker.evolution.operator;

import java.util.List;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;

/**
 * A crossover with its random numbers drawn: a pure function of two parents on the same canvas.
 * Together the two children have every black pixel of the parents as often as the parents have it
 * (but see {@link ListCut} for pixels that both parents have), so under flat fitness no place gains
 * or loses black pixels, although some places change hands more often than others.
 */
public sealed interface Recombination {
  Offspring apply(BlackPixels a, BlackPixels b);

  /** The crossover that it is one of, as users type it. */
  String label();

  /** The numbers that were drawn, in the order of the record's components. */
  List<Long> drawn();

  /**
   * The parents swap what is inside a rectangle, borders included. With two random corners it
   * covers the middle of the canvas with a chance near ½ and a corner pixel with a chance near 0:
   * pixels at the edge stay with their parent more often, but go nowhere else.
   */
  record Rectangle(int x0, int y0, int x1, int y1) implements Recombination {
    public Rectangle {
      if (x0 < 0 || y0 < 0 || x1 < x0 || y1 < y0) {
        throw new IllegalArgumentException(
            "not a rectangle: " + x0 + "," + y0 + " to " + x1 + "," + y1);
      }
    }

    /** The rectangle with these two pixels in opposite corners. */
    static Rectangle between(Canvas canvas, int p, int q) {
      return new Rectangle(
          Math.min(canvas.x(p), canvas.x(q)),
          Math.min(canvas.y(p), canvas.y(q)),
          Math.max(canvas.x(p), canvas.x(q)),
          Math.max(canvas.y(p), canvas.y(q)));
    }

    @Override
    public Offspring apply(BlackPixels a, BlackPixels b) {
      Canvas canvas = a.canvas();
      int first = y0 * canvas.width();
      long end = (y1 + 1L) * canvas.width();
      return PixelMerge.exchange(
          a, b, p -> p >= first && p < end && canvas.x(p) >= x0 && canvas.x(p) <= x1);
    }

    @Override
    public String label() {
      return Crossover.RECTANGLE.label();
    }

    @Override
    public List<Long> drawn() {
      return List.of((long) x0, (long) y0, (long) x1, (long) y1);
    }
  }

  /**
   * Even columns (counted from 0) stay, odd columns are swapped. Every other column, whatever its
   * place: no preference of position beyond the parity of x.
   */
  record Columns() implements Recombination {
    @Override
    public Offspring apply(BlackPixels a, BlackPixels b) {
      Canvas canvas = a.canvas();
      return PixelMerge.exchange(a, b, p -> (canvas.x(p) & 1) == 1);
    }

    @Override
    public String label() {
      return Crossover.COLUMNS.label();
    }

    @Override
    public List<Long> drawn() {
      return List.of();
    }
  }

  /**
   * One-point crossover on the row-major lists of black pixels: the first {@code cut} pixels of one
   * with what follows the first {@code cut} of the other. Pixels at the top tend to come from one
   * parent and pixels at the bottom from the other; left and right, edge and middle of a row are
   * treated alike. A pixel that both parents have, on different sides of the cut, becomes one in
   * one child and none in the other, so that related parents lose a few pixels.
   *
   * @param cut pixels in the prefix, at most the shorter list's length
   */
  record ListCut(int cut) implements Recombination {
    public ListCut {
      if (cut < 0) {
        throw new IllegalArgumentException("cut must be at least 0, was " + cut);
      }
    }

    @Override
    public Offspring apply(BlackPixels a, BlackPixels b) {
      if (cut > Math.min(a.count(), b.count())) {
        throw new IllegalArgumentException(
            "cut " + cut + " is beyond lists of " + a.count() + " and " + b.count() + " pixels");
      }
      return new Offspring(PixelMerge.spliced(a, b, cut), PixelMerge.spliced(b, a, cut));
    }

    @Override
    public String label() {
      return Crossover.PIXEL_LIST.label();
    }

    @Override
    public List<Long> drawn() {
      return List.of((long) cut);
    }
  }

  /**
   * A coin for each pixel in which the parents differ says which child has it black. Every pixel
   * has a coin of its own, wherever it lies: no preference of position.
   *
   * @param coins from which each pixel's coin is hashed
   */
  record Uniform(long coins) implements Recombination {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    @Override
    public Offspring apply(BlackPixels a, BlackPixels b) {
      return PixelMerge.exchange(a, b, p -> SplitMix64.mix(coins + (p + 1L) * STEP) < 0);
    }

    @Override
    public String label() {
      return Crossover.UNIFORM.label();
    }

    @Override
    public List<Long> drawn() {
      return List.of(coins);
    }
  }

  /** The children are their parents: no pixel moves. */
  record None() implements Recombination {
    @Override
    public Offspring apply(BlackPixels a, BlackPixels b) {
      return new Offspring(a, b);
    }

    @Override
    public String label() {
      return Crossover.NONE.label();
    }

    @Override
    public List<Long> drawn() {
      return List.of();
    }
  }
}
