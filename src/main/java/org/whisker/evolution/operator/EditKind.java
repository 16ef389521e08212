package org.whisker.evolution.operator;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Region;
import org.whisker.value.Labelled;

/** Kinds of mutation within a region, with their positional biases. */
public enum EditKind implements Labelled {
  /** Blackens a uniformly drawn white pixel: no bias. */
  ADD {
    @Override
    public Optional<Edit> draw(
        BlackPixels genome, Region region, Border border, RandomGenerator random) {
      return map(Sites.white(genome, region, random), Edit.Add::new);
    }
  },
  /** Whitens a uniformly drawn black pixel: no bias. */
  REMOVE {
    @Override
    public Optional<Edit> draw(
        BlackPixels genome, Region region, Border border, RandomGenerator random) {
      return map(Sites.black(genome, region, random), Edit.Remove::new);
    }
  },
  /** Moves a black pixel to a uniformly drawn white position: no bias. */
  MOVE {
    @Override
    public Optional<Edit> draw(
        BlackPixels genome, Region region, Border border, RandomGenerator random) {
      OptionalInt to = Sites.white(genome, region, random);
      return to.isEmpty()
          ? Optional.empty()
          : map(Sites.black(genome, region, random), from -> new Edit.Move(from, to.getAsInt()));
    }
  },
  /**
   * Moves a black pixel to one of its eight neighbours, uniformly drawn. At the border, {@link
   * Border} determines the move and its positional bias. Under {@link Border#RESAMPLE} pixel and
   * neighbour are both drawn again while the neighbour is off the canvas, black or not in the
   * region, up to {@value #TRIES} times.
   */
  NUDGE {
    @Override
    public Optional<Edit> draw(
        BlackPixels genome, Region region, Border border, RandomGenerator random) {
      for (int i = border == Border.RESAMPLE ? TRIES : 1; i > 0; i--) {
        OptionalInt from = Sites.black(genome, region, random);
        if (from.isEmpty()) {
          return Optional.empty();
        }
        int to = neighbour(genome, from.getAsInt(), border, random);
        if (to >= 0 && region.contains(to) && !genome.contains(to)) {
          return Optional.of(new Edit.Move(from.getAsInt(), to));
        }
      }
      return Optional.empty();
    }
  },
  /**
   * Blackens a straight run of 2 to 6 adjacent pixels, cut off at the region's end. Runs may extend
   * beyond the region, so every pixel is covered with equal probability: no bias.
   */
  STROKE {
    @Override
    public Optional<Edit> draw(
        BlackPixels genome, Region region, Border border, RandomGenerator random) {
      return Optional.of(new Edit.Draw(anywhere(region, random)));
    }
  },
  /**
   * Whitens the black pixels on a straight run of 2 to 6 pixels through a black one. Black pixels
   * with black neighbours are removed more often, wherever they are: no positional bias.
   */
  ERASE {
    @Override
    public Optional<Edit> draw(
        BlackPixels genome, Region region, Border border, RandomGenerator random) {
      return map(
          Sites.black(genome, region, random),
          pixel -> new Edit.Erase(strokeOver(pixel, region, random)));
    }
  };

  private static final int TRIES = 64;

  /** Draws the random numbers; empty if the edit is impossible for this genome. */
  public abstract Optional<Edit> draw(
      BlackPixels genome, Region region, Border border, RandomGenerator random);

  public static EditKind parse(String label) {
    return Labelled.parse("edit", values(), label);
  }

  private static Optional<Edit> map(OptionalInt pixel, IntFunction<Edit> edit) {
    return pixel.isEmpty() ? Optional.empty() : Optional.of(edit.apply(pixel.getAsInt()));
  }

  private static int neighbour(
      BlackPixels genome, int from, Border border, RandomGenerator random) {
    int square = random.nextInt(8);
    square += square >= 4 ? 1 : 0; // skip the centre of the 3x3 block
    return border.pixel(genome.canvas(), from, square % 3 - 1, square / 3 - 1);
  }

  static final int SHORTEST = 2;
  static final int LONGEST = 6;
  private static final int[][] DIRECTIONS = {{1, 0}, {0, 1}, {1, 1}, {1, -1}};

  /**
   * A straight run of {@value #SHORTEST} to {@value #LONGEST} adjacent pixels, across, down or
   * diagonal, cut off where the region ends. It is uniform over all strokes of its length and
   * direction that intersect the region. Every pixel lies on the same number of them (including
   * those that extend beyond the region), so all pixels of the region are covered with equal
   * probability, at the border as in the middle.
   */
  public static BlackPixels anywhere(Region region, RandomGenerator random) {
    int length = random.nextInt(SHORTEST, LONGEST + 1);
    int[] direction = DIRECTIONS[random.nextInt(DIRECTIONS.length)];
    while (true) {
      int anchor = region.get(random.nextInt(region.size()));
      BlackPixels stroke = strokeThrough(anchor, length, direction, region, random);
      // A stroke can be drawn from each of its pixels: rejection corrects for that.
      if (random.nextInt(stroke.count()) == 0) {
        return stroke;
      }
    }
  }

  /** A stroke through {@code anchor}, at any position along it. */
  static BlackPixels strokeOver(int anchor, Region region, RandomGenerator random) {
    int length = random.nextInt(SHORTEST, LONGEST + 1);
    int[] direction = DIRECTIONS[random.nextInt(DIRECTIONS.length)];
    return strokeThrough(anchor, length, direction, region, random);
  }

  private static BlackPixels strokeThrough(
      int anchor, int length, int[] direction, Region region, RandomGenerator random) {
    Canvas canvas = region.canvas();
    int before = random.nextInt(length);
    int[] pixels =
        IntStream.range(-before, length - before)
            .map(step -> pixel(canvas, anchor, step * direction[0], step * direction[1]))
            .filter(pixel -> pixel >= 0 && region.contains(pixel))
            .toArray();
    return BlackPixels.of(canvas, pixels);
  }

  /** The pixel at this offset from {@code from}, or -1 off the canvas. */
  static int pixel(Canvas canvas, int from, int dx, int dy) {
    int x = canvas.x(from) + dx;
    int y = canvas.y(from) + dy;
    return canvas.contains(x, y) ? canvas.index(x, y) : -1;
  }
}
