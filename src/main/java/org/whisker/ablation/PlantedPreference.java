package org.whisker.ablation;

import java.util.List;
import java.util.stream.IntStream;
import org.whisker.evolution.LogitSource;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;

/**
 * A fitness with a known preference. White has logit {@value #WHITE} of not-cat; a black pixel in
 * the favoured half of the canvas (by area: edge rank u below ½, or above it) lowers it by {@code
 * strength}, one in the other half raises it by the same amount. Positions within the favoured half
 * are equivalent, so unbiased operators lead to the mean u of that half, which is the expected edge
 * index.
 */
final class PlantedPreference implements LogitSource {
  private static final float WHITE = 3;

  private final EdgeRank rank;
  private final boolean edge;
  private final float strength;

  PlantedPreference(Canvas canvas, boolean edge, double strength) {
    if (!(strength > 0 && Double.isFinite(strength))) {
      throw new IllegalArgumentException("strength must be above 0 and finite, was " + strength);
    }
    this.rank = new EdgeRank(canvas);
    this.edge = edge;
    this.strength = (float) strength;
  }

  /** The mean edge rank of the favoured pixels. */
  double expected() {
    return IntStream.range(0, rank.canvas().pixels())
        .filter(this::favours)
        .mapToDouble(rank::of)
        .average()
        .orElseThrow();
  }

  private boolean favours(int index) {
    return rank.of(index) < 0.5 == edge;
  }

  @Override
  public float[] logits(List<BlackPixels> genomes) {
    float[] logits = new float[genomes.size()];
    for (int i = 0; i < logits.length; i++) {
      BlackPixels genome = genomes.get(i);
      int favoured = (int) IntStream.of(genome.indices()).filter(this::favours).count();
      logits[i] = WHITE + strength * (genome.count() - 2 * favoured);
    }
    return logits;
  }
}
