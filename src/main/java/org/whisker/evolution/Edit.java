package org.whisker.evolution;

import org.whisker.image.BlackPixels;

/** One change by mutation with its random numbers drawn: a pure function of a genome. */
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

  /** Blackens all pixels of the stroke. */
  record Draw(BlackPixels stroke) implements Edit {
    @Override
    public BlackPixels apply(BlackPixels genome) {
      BlackPixels changed = genome;
      for (int i = 0; i < stroke.count(); i++) {
        changed = changed.with(stroke.get(i));
      }
      return changed;
    }
  }

  /** Whitens all pixels of the stroke. */
  record Erase(BlackPixels stroke) implements Edit {
    @Override
    public BlackPixels apply(BlackPixels genome) {
      BlackPixels changed = genome;
      for (int i = 0; i < stroke.count(); i++) {
        changed = changed.without(stroke.get(i));
      }
      return changed;
    }
  }
}
