package org.whisker.evolution.operator;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;
import org.whisker.image.Region;

/** Kinds of mutation within a region, with their positional biases. */
public enum EditKind {
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
      return Optional.of(new Edit.Draw(Strokes.anywhere(region, random)));
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
          pixel -> new Edit.Erase(Strokes.over(pixel, region, random)));
    }
  };

  private static final int TRIES = 64;

  /** Draws the random numbers; empty if the edit is impossible for this genome. */
  public abstract Optional<Edit> draw(
      BlackPixels genome, Region region, Border border, RandomGenerator random);

  /** Name in options and files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with this label. */
  public static EditKind parse(String label) {
    return Labels.parse("edit", values(), EditKind::label, label);
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
}
