package org.whisker.saliency.method;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SignConvention;

/** The number of windows that cover each pixel. Immutable. */
public final class Coverage {
  private final Canvas canvas;
  private final int[] counts;

  Coverage(Canvas canvas, int[] counts) {
    this.canvas = canvas;
    this.counts = counts.clone();
  }

  /** The coverage as a map, in windows. */
  public SaliencyMap map() {
    double[] values = IntStream.of(counts).asDoubleStream().toArray();
    return Inputs.map(
        canvas, values, "windows", OcclusionMethod.METHOD + " coverage", SignConvention.MAGNITUDE);
  }

  public int min() {
    return IntStream.of(counts).min().orElseThrow();
  }

  public int max() {
    return IntStream.of(counts).max().orElseThrow();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Coverage other
        && canvas.equals(other.canvas)
        && Arrays.equals(counts, other.counts);
  }

  @Override
  public int hashCode() {
    return 31 * canvas.hashCode() + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "coverage " + canvas + " of " + min() + " to " + max() + " windows";
  }
}
