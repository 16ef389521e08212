package org.whisker.image;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * How near the edge each pixel of a canvas is, as a rank normalised by area. With d(p) the distance
 * from p to the nearest border in whole pixels,
 *
 * <pre>u(p) = (#{q : d(q) &lt; d(p)} + ½ #{q : d(q) = d(p)}) / #pixels</pre>
 *
 * is between 0 (border) and 1 (centre), and its mean over all pixels is ½ on any canvas. The pixels
 * with the same d form a ring; ring 0 is the border.
 */
public final class EdgeRank {
  private final Canvas canvas;
  private final int[] sizes;
  // Twice the number of pixels ranked below, so that sums are integers and a mean of ½ is exact.
  private final long[] doubled;

  public EdgeRank(Canvas canvas) {
    this.canvas = canvas;
    int rings = (Math.min(canvas.width(), canvas.height()) + 1) / 2;
    sizes = new int[rings];
    doubled = new long[rings];
    for (int ring = 0; ring < rings; ring++) {
      int outside = canvas.pixels() - inside(ring);
      sizes[ring] = inside(ring) - inside(ring + 1);
      doubled[ring] = 2L * outside + sizes[ring];
    }
  }

  /** Pixels at least {@code distance} from the border: a rectangle. */
  private int inside(int distance) {
    int width = Math.max(0, canvas.width() - 2 * distance);
    int height = Math.max(0, canvas.height() - 2 * distance);
    return width * height;
  }

  public Canvas canvas() {
    return canvas;
  }

  /** The edge rank u of the pixel, above 0 and below 1. */
  public double of(int index) {
    return ofRing(ring(index));
  }

  /** The edge rank u that all pixels of the ring share. */
  public double ofRing(int ring) {
    return doubled[ring] / (2.0 * canvas.pixels());
  }

  /**
   * The edge index E: the mean edge rank over the black pixels. ½ is no bias, lower is edge bias,
   * higher is centre bias; empty for the white image.
   *
   * @throws IllegalArgumentException if the image is on another canvas
   */
  public OptionalDouble edgeIndex(BlackPixels image) {
    if (!image.canvas().equals(canvas)) {
      throw new IllegalArgumentException(
          "edge ranks are for a " + canvas + " canvas, the image is " + image.canvas());
    }
    if (image.count() == 0) {
      return OptionalDouble.empty();
    }
    long sum = 0;
    for (int i = 0; i < image.count(); i++) {
      sum += doubled[canvas.borderDistance(image.get(i))];
    }
    return OptionalDouble.of(sum / (2.0 * canvas.pixels() * image.count()));
  }

  /** How many rings there are: half the shorter side, rounded up. */
  public int rings() {
    return sizes.length;
  }

  /** The ring of the pixel: its distance to the nearest border in whole pixels. */
  public int ring(int index) {
    return canvas.borderDistance(Objects.checkIndex(index, canvas.pixels()));
  }

  /** How many pixels the ring has. */
  public int ringSize(int ring) {
    return sizes[ring];
  }
}
