package org.whisker.evolution.operator;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;
import org.whisker.image.Region;

/** The changes mutation can make, within a region, with how each treats positions. */
public enum EditKind {
  /** Blackens a white pixel, all with the same chance: no preference. */
  ADD {
    @Override
    public Optional<Edit> draw(
        BlackPixels genome, Region region, Border border, RandomGenerator random) {
      return map(Sites.white(genome, region, random), Edit.Add::new);
    }
  },
  /** Whitens a black pixel, all with the same chance: no preference. */
  REMOVE {
    @Override
    public Optional<Edit> draw(
        BlackPixels genome, Region region, Border border, RandomGenerator random) {
      return map(Sites.black(genome, region, random), Edit.Remove::new);
    }
  },
  /** Moves a black pixel to a white place, any with the same chance: no preference. */
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
   * Moves a black pixel to one of its eight neighbours, all with the same chance. Over the border
   * it goes where {@link Border} says, with that border's preference of position. Under {@link
   * Border#RESAMPLE} pixel and neighbour are both drawn again while the neighbour is off the
   * canvas, black or not in the region, up to {@value #TRIES} times.
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
   * Blackens a straight run of 2 to 6 adjacent pixels, cut off at the region's end. Runs may stick
   * out, so every pixel is covered with the same chance: no preference.
   */
  STROKE {
    @Override
    public Optional<Edit> draw(
        BlackPixels genome, Region region, Border border, RandomGenerator random) {
      return Optional.of(new Edit.Draw(Strokes.anywhere(region, random)));
    }
  },
  /**
   * Whitens a black pixel and what is black on a straight run of 2 to 6 pixels over it. Black
   * pixels with black neighbours go more often, wherever they are: no preference of its own.
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

  /** Draws the random numbers; empty when this genome has no such change. */
  public abstract Optional<Edit> draw(
      BlackPixels genome, Region region, Border border, RandomGenerator random);

  /** The name as users type it. */
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
