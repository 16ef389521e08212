package org.whisker.ablation;

import java.util.List;
import java.util.stream.IntStream;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.random.SplitMix64;
import org.whisker.stats.ToroidalShift;

/**
 * The scores of images that are rolled over the borders before the network sees them, to the right
 * by {@code dx} and down by {@code dy}. The search does not know the offset, so the fitness is
 * exactly as difficult as without it; on average over all offsets it has no preferred position.
 */
record RolledLogits(LogitSource scores, Canvas canvas, int dx, int dy) implements LogitSource {
  /** An offset drawn from the seed, uniformly over the canvas. */
  static RolledLogits drawn(LogitSource scores, Canvas canvas, long seed) {
    SplitMix64 random = SplitMix64.stream(seed, "ablate roll", 0);
    int dx = random.nextInt(canvas.width());
    return new RolledLogits(scores, canvas, dx, random.nextInt(canvas.height()));
  }

  private BlackPixels rolled(BlackPixels image) {
    return ToroidalShift.shift(image, dx, dy);
  }

  private int rolled(int pixel) {
    return canvas.index(
        (canvas.x(pixel) + dx) % canvas.width(), (canvas.y(pixel) + dy) % canvas.height());
  }

  @Override
  public float[] logits(List<BlackPixels> genomes) {
    return scores.logits(genomes.stream().map(this::rolled).toList());
  }

  @Override
  public float[] flipped(BlackPixels image, int[] pixels) {
    return scores.flipped(rolled(image), IntStream.of(pixels).map(this::rolled).toArray());
  }

  @Override
  public int batch() {
    return scores.batch();
  }

  @Override
  public LogitSource exact() {
    LogitSource exact = scores.exact();
    return exact == scores ? this : new RolledLogits(exact, canvas, dx, dy);
  }
}
