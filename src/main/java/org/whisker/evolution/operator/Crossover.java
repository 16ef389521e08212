package org.whisker.evolution.operator;

import java.util.Locale;
import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/** Crossover operators; their positional biases are described at {@link Recombination}. */
public enum Crossover {
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
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The crossover with this label. */
  public static Crossover parse(String label) {
    return Checks.labelled("crossover", values(), Crossover::label, label);
  }
}
