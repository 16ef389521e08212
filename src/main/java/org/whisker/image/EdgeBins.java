package org.whisker.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.whisker.value.Checks;

/**
 * The pixels of a canvas in bins from the border inwards: the edge rank u from 0 to 1 is cut into
 * equal parts, so that each bin has about the same number of pixels. A ring is never split: all its
 * pixels go where its mean u lies. Bins that no ring falls into (on small canvases) are left out,
 * and the rest differ in size, so whatever is counted must be divided by {@link EdgeBin#pixels()}.
 */
public final class EdgeBins {
  /**
   * Ten bins: fine enough for a profile, and each with more than one ring for sides of at least 128
   * pixels.
   */
  public static final int DEFAULT_PARTS = 10;

  private final Canvas canvas;
  private final List<EdgeBin> bins;
  private final int[] binOfPixel;

  /**
   * Bins of this canvas.
   *
   * @param parts number of equal parts of u, at least 1
   */
  public EdgeBins(Canvas canvas, int parts) {
    Checks.refuse(parts < 1, "needs at least 1 bin, was %s", parts);
    this.canvas = canvas;
    EdgeRank rank = new EdgeRank(canvas);
    int[] binOfRing = new int[rank.rings()];
    List<EdgeBin> found = new ArrayList<>();
    int ring = 0;
    while (ring < rank.rings()) {
      int part = part(rank, ring, parts);
      int first = ring;
      int pixels = 0;
      for (; ring < rank.rings() && part(rank, ring, parts) == part; ring++) {
        binOfRing[ring] = found.size();
        pixels += rank.ringSize(ring);
      }
      found.add(new EdgeBin((double) part / parts, (part + 1.0) / parts, first, ring - 1, pixels));
    }
    bins = List.copyOf(found);
    binOfPixel = new int[canvas.pixels()];
    Arrays.setAll(binOfPixel, pixel -> binOfRing[canvas.borderDistance(pixel)]);
  }

  /** Bins of {@value #DEFAULT_PARTS} equal parts of the edge rank. */
  public static EdgeBins of(Canvas canvas) {
    return new EdgeBins(canvas, DEFAULT_PARTS);
  }

  private static int part(EdgeRank rank, int ring, int parts) {
    // u is below 1, but its product with the parts may round up to them.
    return Math.min(parts - 1, (int) (rank.ofRing(ring) * parts));
  }

  public Canvas canvas() {
    return canvas;
  }

  /** The bins from the border inwards; none is empty. */
  public List<EdgeBin> bins() {
    return bins;
  }

  /** The index in {@link #bins()} of the pixel's bin. */
  public int binOf(int index) {
    return binOfPixel[index];
  }

  /** The mean over each bin's pixels of a value that each pixel has. */
  public double[] means(IntToDoubleFunction valueOfPixel) {
    double[] means = new double[bins.size()];
    for (int index = 0; index < canvas.pixels(); index++) {
      means[binOfPixel[index]] += valueOfPixel.applyAsDouble(index);
    }
    for (int bin = 0; bin < means.length; bin++) {
      means[bin] /= bins.get(bin).pixels();
    }
    return means;
  }

  /**
   * Adjacent rings of a canvas, pooled.
   *
   * @param from lower bound of the edge rank u, inclusive
   * @param to upper bound of u, exclusive (except 1, the end of the last bin)
   * @param nearest the least distance to the border among its pixels, in whole pixels
   * @param farthest the greatest
   * @param pixels how many pixels it has, at least 1
   */
  public record EdgeBin(double from, double to, int nearest, int farthest, int pixels) {
    public EdgeBin {
      Checks.require(
          from >= 0 && from < to && to <= 1, "a bin of u runs upwards, was %s to %s", from, to);
      Checks.refuse(
          nearest < 0 || nearest > farthest,
          "edge distances run upwards from 0, were %s to %s",
          nearest,
          farthest);
      Checks.refuse(pixels < 1, "a bin has at least 1 pixel, was %s", pixels);
    }

    /** The midpoint of its range of u: where to draw it. */
    public double middle() {
      return (from + to) / 2;
    }
  }
}
