package org.whisker.evolution.operator;

import java.util.Locale;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/** The crossovers; how each treats positions is said at its {@link Recombination}. */
public enum Crossover {
  /** Swap the inside of a rectangle whose opposite corners are two random pixels. */
  RECTANGLE {
    @Override
    public Recombination draw(BlackPixels a, BlackPixels b, RandomGenerator random) {
      Canvas canvas = a.canvas();
      int p = random.nextInt(canvas.pixels());
      return Recombination.Rectangle.between(canvas, p, random.nextInt(canvas.pixels()));
    }
  },
  /** Columns in turn from one parent and the other. */
  COLUMNS {
    @Override
    public Recombination draw(BlackPixels a, BlackPixels b, RandomGenerator random) {
      return new Recombination.Columns();
    }
  },
  /** A prefix of one sorted pixel list with the suffix of the other, cut at a random place. */
  PIXEL_LIST {
    @Override
    public Recombination draw(BlackPixels a, BlackPixels b, RandomGenerator random) {
      return new Recombination.ListCut(random.nextInt(Math.min(a.count(), b.count()) + 1));
    }
  },
  /** Each pixel in which the parents differ goes to either child with chance ½. */
  UNIFORM {
    @Override
    public Recombination draw(BlackPixels a, BlackPixels b, RandomGenerator random) {
      return new Recombination.Uniform(random.nextLong());
    }
  },
  /** Children begin as copies of their parents. */
  NONE {
    @Override
    public Recombination draw(BlackPixels a, BlackPixels b, RandomGenerator random) {
      return new Recombination.None();
    }
  };

  /** Draws the random numbers for these parents. */
  public abstract Recombination draw(BlackPixels a, BlackPixels b, RandomGenerator random);

  /**
   * The name as users type it: {@code rectangle}, {@code columns}, {@code pixel-list}, {@code
   * uniform} or {@code none}.
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The crossover with this label. */
  public static Crossover parse(String label) {
    return Labels.parse("crossover", values(), Crossover::label, label);
  }
}
