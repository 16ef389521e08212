package org.whisker.evolution;

import java.util.random.RandomGenerator;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/** Random genomes for tests. */
public final class Genomes {
  private Genomes() {}

  public static BlackPixels random(Canvas canvas, int most, RandomGenerator random) {
    return BlackPixels.of(canvas, random.ints(most, 0, canvas.pixels()).toArray());
  }
}
