package org.whisker.evolution.operator;

import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;
import org.whisker.value.Checks;
import org.whisker.value.Labelled;

/** Crossover operators; their positional biases are described at {@link Recombination}. */
public enum Crossover implements Labelled {
  /** Swaps the inside of a rectangle whose opposite corners are two random pixels. */
  RECTANGLE {
    @Override
    public Recombination draw(BlackPixels a, BlackPixels b, RandomGenerator random) {
      Canvas canvas = a.canvas();
      int p = random.nextInt(canvas.pixels());
      return Recombination.Rectangle.between(canvas, p, random.nextInt(canvas.pixels()));
    }
  },
  /** Alternates columns of the two parents. */
  COLUMNS {
    @Override
    public Recombination draw(BlackPixels a, BlackPixels b, RandomGenerator random) {
      return new Recombination.Columns();
    }
  },
  /** One-point crossover on the sorted pixel lists. */
  PIXEL_LIST {
    @Override
    public Recombination draw(BlackPixels a, BlackPixels b, RandomGenerator random) {
      return new Recombination.ListCut(random.nextInt(Math.min(a.count(), b.count()) + 1));
    }
  },
  /**
   * Uniform crossover: each pixel in which the parents differ goes to either child with probability
   * ½.
   */
  UNIFORM {
    @Override
    public Recombination draw(BlackPixels a, BlackPixels b, RandomGenerator random) {
      return new Recombination.Uniform(random.nextLong());
    }
  },
  /** No crossover: children start as copies of their parents. */
  NONE {
    @Override
    public Recombination draw(BlackPixels a, BlackPixels b, RandomGenerator random) {
      return new Recombination.None();
    }
  };

  /** Draws the random numbers for these parents. */
  public abstract Recombination draw(BlackPixels a, BlackPixels b, RandomGenerator random);

  /**
   * Name in options and files: {@code rectangle}, {@code columns}, {@code pixel-list}, {@code
   * uniform} or {@code none}.
   */
  @Override
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Crossover parse(String label) {
    return Labelled.parse("crossover", values(), label);
  }

  /**
   * A crossover with its random numbers drawn: a pure function of two parents on the same canvas.
   * The two children together have each black pixel as often as the parents (but see {@code
   * ListCut}), so under flat fitness the expected density is unchanged everywhere, although some
   * positions are exchanged more often than others.
   */
  public sealed interface Recombination {
    Offspring apply(BlackPixels a, BlackPixels b);

    /**
     * Swaps the pixels inside a rectangle, borders included. With two random corners, it covers the
     * middle of the canvas with probability near ½ and a corner pixel with probability near 0:
     * pixels at the edge are exchanged less often, but do not move.
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
    }

    /** Swaps the odd columns (counted from 0): no positional bias beyond the parity of x. */
    record Columns() implements Recombination {
      @Override
      public Offspring apply(BlackPixels a, BlackPixels b) {
        Canvas canvas = a.canvas();
        return PixelMerge.exchange(a, b, p -> (canvas.x(p) & 1) == 1);
      }
    }

    /**
     * One-point crossover on the row-major lists of black pixels: the first {@code cut} pixels of
     * one parent followed by the remainder of the other. The top tends to come from one parent and
     * the bottom from the other; positions within a row are treated alike. A pixel shared by both
     * parents on different sides of the cut appears twice in one child (and counts once) and is
     * missing from the other, so related parents lose a few pixels.
     *
     * @param cut pixels in the prefix, at most the shorter list's length
     */
    record ListCut(int cut) implements Recombination {
      public ListCut {
        Checks.refuse(cut < 0, "cut must be at least 0, was %s", cut);
      }

      @Override
      public Offspring apply(BlackPixels a, BlackPixels b) {
        if (cut > Math.min(a.count(), b.count())) {
          throw new IllegalArgumentException(
              "cut " + cut + " is beyond lists of " + a.count() + " and " + b.count() + " pixels");
        }
        return new Offspring(PixelMerge.spliced(a, b, cut), PixelMerge.spliced(b, a, cut));
      }
    }

    /**
     * A fair coin for each pixel in which the parents differ decides which child has it black: no
     * positional bias.
     *
     * @param coins seed from which each pixel's coin is hashed
     */
    record Uniform(long coins) implements Recombination {
      private static final long STEP = 0x9E3779B97F4A7C15L;

      @Override
      public Offspring apply(BlackPixels a, BlackPixels b) {
        return PixelMerge.exchange(a, b, p -> SplitMix64.mix(coins + (p + 1L) * STEP) < 0);
      }
    }

    /** The children equal their parents. */
    record None() implements Recombination {
      @Override
      public Offspring apply(BlackPixels a, BlackPixels b) {
        return new Offspring(a, b);
      }
    }

    /** The two children of two parents; the first is built on the first parent. */
    public record Offspring(BlackPixels first, BlackPixels second) {}

    /** Set operations on sorted pixel lists in one pass, in time linear in their lengths. */
    static final class PixelMerge {
      private PixelMerge() {}

      /** The children after swapping the pixels that satisfy {@code swapped}. */
      static Recombination.Offspring exchange(BlackPixels a, BlackPixels b, IntPredicate swapped) {
        int most = a.count() + b.count();
        int[] first = new int[most];
        int[] second = new int[most];
        int inFirst = 0;
        int inSecond = 0;
        int i = 0;
        int j = 0;
        while (i < a.count() || j < b.count()) {
          int pa = at(a, i);
          int pb = at(b, j);
          int pixel = Math.min(pa, pb);
          boolean swap = pa != pb && swapped.test(pixel);
          if (swap ? pb == pixel : pa == pixel) {
            first[inFirst++] = pixel;
          }
          if (swap ? pa == pixel : pb == pixel) {
            second[inSecond++] = pixel;
          }
          i += pa == pixel ? 1 : 0;
          j += pb == pixel ? 1 : 0;
        }
        return new Recombination.Offspring(
            BlackPixels.ofSorted(a.canvas(), first, inFirst),
            BlackPixels.ofSorted(a.canvas(), second, inSecond));
      }

      /**
       * The first {@code cut} pixels of {@code a} and those after the first {@code cut} of {@code
       * b}.
       */
      static BlackPixels spliced(BlackPixels a, BlackPixels b, int cut) {
        int[] merged = new int[b.count()];
        int size = 0;
        int i = 0;
        int j = cut;
        while (i < cut || j < b.count()) {
          int pa = i < cut ? a.get(i) : Integer.MAX_VALUE;
          int pb = at(b, j);
          merged[size++] = Math.min(pa, pb);
          i += pa <= pb ? 1 : 0;
          j += pb <= pa ? 1 : 0;
        }
        return BlackPixels.ofSorted(a.canvas(), merged, size);
      }

      /** Selects from the pixels black in both, in {@code a} alone, and in {@code b} alone. */
      private static BlackPixels combined(
          BlackPixels a, BlackPixels b, boolean inBoth, boolean inFirst, boolean inSecond) {
        int[] merged = new int[a.count() + b.count()];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < a.count() || j < b.count()) {
          int pa = at(a, i);
          int pb = at(b, j);
          if (pa == pb ? inBoth : pa < pb ? inFirst : inSecond) {
            merged[size++] = Math.min(pa, pb);
          }
          i += pa <= pb ? 1 : 0;
          j += pb <= pa ? 1 : 0;
        }
        return BlackPixels.ofSorted(a.canvas(), merged, size);
      }

      /** Black where either is. */
      static BlackPixels union(BlackPixels a, BlackPixels b) {
        return combined(a, b, true, true, true);
      }

      /** Black where {@code a} is and {@code b} is not. */
      static BlackPixels minus(BlackPixels a, BlackPixels b) {
        return combined(a, b, false, true, false);
      }

      /** Black where exactly one is (symmetric difference). */
      public static BlackPixels difference(BlackPixels a, BlackPixels b) {
        return combined(a, b, false, true, true);
      }

      /** The i-th pixel, or a sentinel beyond any canvas at the end. */
      private static int at(BlackPixels pixels, int i) {
        return i < pixels.count() ? pixels.get(i) : Integer.MAX_VALUE;
      }
    }
  }
}
