package org.whisker.image;

import java.util.Arrays;
import org.whisker.value.Checks;

/**
 * A white canvas with some black pixels: the genome of evolution. Immutable; pixels are kept as
 * sorted indices (see {@link Canvas}), so equal pictures are equal objects.
 */
public final class BlackPixels implements Raster {
  private final Canvas canvas;
  private final int[] sorted;

  private BlackPixels(Canvas canvas, int[] sorted) {
    this.canvas = canvas;
    this.sorted = sorted;
  }

  /** The white canvas. */
  public static BlackPixels none(Canvas canvas) {
    return new BlackPixels(canvas, new int[0]);
  }

  /**
   * An image whose black pixels are these, in any order; duplicates count once.
   *
   * @throws IllegalArgumentException if a pixel is not on the canvas
   */
  public static BlackPixels of(Canvas canvas, int... indices) {
    int[] sorted = distinct(indices);
    if (sorted.length > 0 && (sorted[0] < 0 || sorted[sorted.length - 1] >= canvas.pixels())) {
      int bad = sorted[0] < 0 ? sorted[0] : sorted[sorted.length - 1];
      throw new IllegalArgumentException("pixel " + bad + " is not on a " + canvas + " canvas");
    }
    return new BlackPixels(canvas, sorted);
  }

  private static int[] distinct(int[] indices) {
    int[] sorted = indices.clone();
    Arrays.sort(sorted);
    int count = 0;
    for (int index : sorted) {
      if (count == 0 || sorted[count - 1] != index) {
        sorted[count++] = index;
      }
    }
    return Arrays.copyOf(sorted, count);
  }

  /**
   * The first {@code length} pixels of {@code ascending}, which must be strictly ascending. Checks
   * in one pass and copies, so a buffer can be reused.
   */
  public static BlackPixels ofSorted(Canvas canvas, int[] ascending, int length) {
    int[] sorted = Arrays.copyOf(ascending, length);
    int before = -1;
    for (int index : sorted) {
      if (index <= before || index >= canvas.pixels()) {
        throw new IllegalArgumentException(
            "pixel "
                + index
                + " after "
                + before
                + " is out of order or not on a "
                + canvas
                + " canvas");
      }
      before = index;
    }
    return new BlackPixels(canvas, sorted);
  }

  @Override
  public Canvas canvas() {
    return canvas;
  }

  /** How many pixels are black. */
  public int count() {
    return sorted.length;
  }

  /** The {@code i}-th black pixel in row-major order. */
  public int get(int i) {
    return sorted[i];
  }

  public int[] indices() {
    return sorted.clone();
  }

  public boolean contains(int index) {
    return Arrays.binarySearch(sorted, index) >= 0;
  }

  /** Returns this image with {@code index} black; itself when it already is. */
  public BlackPixels with(int index) {
    int at = Arrays.binarySearch(sorted, index);
    if (at >= 0) {
      return this;
    }
    Checks.refuse(
        index < 0 || index >= canvas.pixels(), "pixel %s is not on a %s canvas", index, canvas);
    int insert = -at - 1;
    int[] more = new int[sorted.length + 1];
    System.arraycopy(sorted, 0, more, 0, insert);
    more[insert] = index;
    System.arraycopy(sorted, insert, more, insert + 1, sorted.length - insert);
    return new BlackPixels(canvas, more);
  }

  /** Returns this image with {@code index} white; itself when it already is. */
  public BlackPixels without(int index) {
    int at = Arrays.binarySearch(sorted, index);
    if (at < 0) {
      return this;
    }
    int[] fewer = new int[sorted.length - 1];
    System.arraycopy(sorted, 0, fewer, 0, at);
    System.arraycopy(sorted, at + 1, fewer, at, fewer.length - at);
    return new BlackPixels(canvas, fewer);
  }

  /**
   * Returns this image with {@code index} inverted: white if it was black, black if it was white.
   */
  public BlackPixels flipped(int index) {
    return contains(index) ? without(index) : with(index);
  }

  /** The pixels that are black in exactly one of this and {@code before}, in row-major order. */
  public int[] changedFrom(BlackPixels before) {
    int[] changed = new int[before.count() + count()];
    int length = 0;
    int i = 0;
    int j = 0;
    while (i < before.count() || j < count()) {
      int gone = i < before.count() ? before.get(i) : Integer.MAX_VALUE;
      int come = j < count() ? get(j) : Integer.MAX_VALUE;
      if (gone != come) {
        changed[length++] = Math.min(gone, come);
      }
      i += gone <= come ? 1 : 0;
      j += come <= gone ? 1 : 0;
    }
    return Arrays.copyOf(changed, length);
  }

  @Override
  public void paint(float[] target, int offset) {
    Arrays.fill(target, offset, offset + canvas.pixels(), 1f);
    for (int index : sorted) {
      target[offset + index] = 0f;
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof BlackPixels other
        && canvas.equals(other.canvas)
        && Arrays.equals(sorted, other.sorted);
  }

  @Override
  public int hashCode() {
    return 31 * canvas.hashCode() + Arrays.hashCode(sorted);
  }

  @Override
  public String toString() {
    return "BlackPixels " + canvas + " " + Arrays.toString(sorted);
  }
}
