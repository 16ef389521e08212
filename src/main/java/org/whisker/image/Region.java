package org.whisker.image;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.value.Checks;

/**
 * A set of pixels on a canvas, never empty: where mutation may act, or where a pattern may lie.
 * Immutable. Draw a pixel uniformly with {@code region.get(random.nextInt(region.size()))}.
 */
public final class Region {
  private final Canvas canvas;
  private final String description;
  private final int[] sorted;
  private final BitSet inside;

  private Region(Canvas canvas, String description, IntPredicate inside) {
    this.canvas = canvas;
    this.description = description;
    this.sorted = IntStream.range(0, canvas.pixels()).filter(inside).toArray();
    this.inside = new BitSet(canvas.pixels());
    IntStream.of(sorted).forEach(this.inside::set);
  }

  /** The region of all pixels of a canvas. */
  public static Region everywhere(Canvas canvas) {
    return new Region(canvas, "all", index -> true);
  }

  /**
   * The centred rectangle whose sides are {@code fraction} of the canvas's, in whole pixels (at
   * least 1).
   *
   * @param fraction above 0, at most 1
   */
  public static Region center(Canvas canvas, double fraction) {
    checkFraction("center", fraction, 1);
    int width = wholePixels(fraction * canvas.width());
    int height = wholePixels(fraction * canvas.height());
    int x0 = (canvas.width() - width) / 2;
    int y0 = (canvas.height() - height) / 2;
    return box(canvas, "center:" + fraction, x0, y0, x0 + width, y0 + height);
  }

  /**
   * The frame along the border that is {@code fraction} of the shorter side deep, in whole pixels
   * (at least 1).
   *
   * @param fraction above 0, at most 0.5
   */
  public static Region edge(Canvas canvas, double fraction) {
    checkFraction("edge", fraction, 0.5);
    int depth = wholePixels(fraction * Math.min(canvas.width(), canvas.height()));
    return new Region(canvas, "edge:" + fraction, index -> canvas.borderDistance(index) < depth);
  }

  /** The pixels (x, y) with x0 ≤ x &lt; x1 and y0 ≤ y &lt; y1; at least one, all on the canvas. */
  public static Region rectangle(Canvas canvas, int x0, int y0, int x1, int y1) {
    String text = x0 + "," + y0 + "," + x1 + "," + y1;
    boolean fits =
        x0 >= 0 && y0 >= 0 && x0 < x1 && y0 < y1 && x1 <= canvas.width() && y1 <= canvas.height();
    Checks.require(
        fits, "rectangle %s (x0,y0,x1,y1) is empty or leaves the %s canvas", text, canvas);
    return box(canvas, text, x0, y0, x1, y1);
  }

  /**
   * The pixels that {@code inside} accepts; at least one.
   *
   * @param description what {@link #toString()} returns, such as {@code mask:FILE}
   */
  public static Region ofMask(Canvas canvas, String description, IntPredicate inside) {
    Region region = new Region(canvas, description, inside);
    Checks.refuse(region.size() == 0, "%s has no pixel", description);
    return region;
  }

  /**
   * Reads {@code all}, {@code center:FRACTION} (or {@code centre:}), {@code edge:FRACTION} or
   * {@code x0,y0,x1,y1}; the result of {@link #toString()} is read back as the same region, unless
   * it came from a mask.
   */
  public static Region parse(Canvas canvas, String text) {
    try {
      if (text.equals("all")) {
        return everywhere(canvas);
      }
      if (text.startsWith("center:") || text.startsWith("centre:")) {
        return center(canvas, Double.parseDouble(text.substring("center:".length())));
      }
      if (text.startsWith("edge:")) {
        return edge(canvas, Double.parseDouble(text.substring("edge:".length())));
      }
      int[] corners = Arrays.stream(text.split(",", -1)).mapToInt(Integer::parseInt).toArray();
      if (corners.length == 4) {
        return rectangle(canvas, corners[0], corners[1], corners[2], corners[3]);
      }
    } catch (NumberFormatException e) {
      throw unreadable(text, e);
    }
    throw unreadable(text, null);
  }

  private static IllegalArgumentException unreadable(String text, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "region must be all, center:FRACTION, edge:FRACTION or x0,y0,x1,y1, was " + text, cause);
  }

  private static Region box(Canvas canvas, String description, int x0, int y0, int x1, int y1) {
    return new Region(
        canvas,
        description,
        index -> {
          int x = canvas.x(index);
          int y = canvas.y(index);
          return x >= x0 && x < x1 && y >= y0 && y < y1;
        });
  }

  private static int wholePixels(double length) {
    return (int) Math.max(1, Math.round(length));
  }

  private static void checkFraction(String name, double fraction, double most) {
    if (!(fraction > 0 && fraction <= most)) {
      throw new IllegalArgumentException(
          name + " fraction must be above 0 and at most " + most + ", was " + fraction);
    }
  }

  public Canvas canvas() {
    return canvas;
  }

  public boolean contains(int index) {
    return index >= 0 && inside.get(index);
  }

  /** How many pixels; at least 1. */
  public int size() {
    return sorted.length;
  }

  /** The {@code i}-th pixel in row-major order, {@code i} from 0 to {@code size() - 1}. */
  public int get(int i) {
    return sorted[i];
  }

  /** Equal when they hold the same pixels of the same canvas, however they were described. */
  @Override
  public boolean equals(Object o) {
    return o instanceof Region other
        && canvas.equals(other.canvas)
        && Arrays.equals(sorted, other.sorted);
  }

  @Override
  public int hashCode() {
    return Objects.hash(canvas, Arrays.hashCode(sorted));
  }

  @Override
  public String toString() {
    return description;
  }
}
