package org.whisker.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.random.SplitMix64;

/**
 * Images with few to many black pixels at random positions within one bin of edge ranks, or within
 * all.
 */
final class ScatteredPixels {
  private static final int MOST = 128;
  private static final int EACH = 6;

  private ScatteredPixels() {}

  static List<BlackPixels> draw(EdgeBins bins, long seed) {
    Canvas canvas = bins.canvas();
    SplitMix64 random = SplitMix64.stream(seed, "ablate scattered", 0);
    List<BlackPixels> images = new ArrayList<>();
    for (int bin = -1; bin < bins.bins().size(); bin++) {
      int wanted = bin;
      int[] places =
          IntStream.range(0, canvas.pixels())
              .filter(p -> wanted < 0 || bins.binOf(p) == wanted)
              .toArray();
      for (int count = 1; count <= Math.min(MOST, places.length / 2); count *= 2) {
        for (int i = 0; i < EACH; i++) {
          images.add(BlackPixels.of(canvas, some(places, count, random)));
        }
      }
    }
    return images;
  }

  private static int[] some(int[] places, int count, SplitMix64 random) {
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(places.length - i);
      int taken = places[j];
      places[j] = places[i];
      places[i] = taken;
    }
    return IntStream.range(0, count).map(i -> places[i]).toArray();
  }
}
