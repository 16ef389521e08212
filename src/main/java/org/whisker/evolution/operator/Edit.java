package org.whisker.evolution.operator;

import org.whisker.evolution.operator.Crossover.Recombination.PixelMerge;
import org.whisker.image.BlackPixels;

/** A mutation with its random numbers drawn: a pure function of a genome. */
public sealed interface Edit {
  BlackPixels apply(BlackPixels genome);

  record Add(int pixel) implements Edit {
    @Override
    public BlackPixels apply(BlackPixels genome) {
      return genome.with(pixel);
    }
  }

  record Remove(int pixel) implements Edit {
    @Override
    public BlackPixels apply(BlackPixels genome) {
      return genome.without(pixel);
    }
  }

  record Move(int from, int to) implements Edit {
    @Override
    public BlackPixels apply(BlackPixels genome) {
      return genome.without(from).with(to);
    }
  }

  /** Sets all pixels of the stroke to black. */
  record Draw(BlackPixels stroke) implements Edit {
    @Override
    public BlackPixels apply(BlackPixels genome) {
      return PixelMerge.union(genome, stroke);
    }
  }

  /** Sets all pixels of the stroke to white. */
  record Erase(BlackPixels stroke) implements Edit {
    @Override
    public BlackPixels apply(BlackPixels genome) {
      return PixelMerge.minus(genome, stroke);
    }
  }

  /** Inverts these pixels. */
  record Flip(BlackPixels flipped) implements Edit {
    @Override
    public BlackPixels apply(BlackPixels genome) {
      return PixelMerge.difference(genome, flipped);
    }
  }
}
