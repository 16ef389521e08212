package org.whisker.ablation;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.image.Region;

/** The canvas without a frame along its border. */
public final class InnerCanvas {
  private InnerCanvas() {}

  /** The remaining canvas, as a region. */
  public static Region region(Canvas canvas, int margin) {
    return Region.rectangle(
        canvas, margin, margin, canvas.width() - margin, canvas.height() - margin);
  }

  /** E on the remaining canvas, over the pixels inside it; empty if there are none. */
  public static OptionalDouble edgeIndex(BlackPixels image, int margin) {
    Canvas outer = image.canvas();
    Canvas inner = new Canvas(outer.width() - 2 * margin, outer.height() - 2 * margin);
    int[] pixels =
        Arrays.stream(image.indices())
            .filter(p -> inner.contains(outer.x(p) - margin, outer.y(p) - margin))
            .map(p -> inner.index(outer.x(p) - margin, outer.y(p) - margin))
            .toArray();
    return new EdgeRank(inner).edgeIndex(BlackPixels.of(inner, pixels));
  }
}
