package org.whisker.evolution.operator;

import java.util.function.IntPredicate;
import org.whisker.image.BlackPixels;

/** Set operations on sorted pixel lists in one pass, in time linear in their lengths. */
public final class PixelMerge {
  private PixelMerge() {}

  /** The children after swapping the pixels that satisfy {@code swapped}. */
  static Recombination.Offspring exchange(BlackPixels a, BlackPixels b, IntPredicate swapped) {
    int most = a.count() + b.count();
    int[] first = new int[most];
    int[] second = new int[most];
    int inFirst = 0;
    int inSecond = 0;
    int i = 0;
    int j = 0;
    while (i < a.count() || j < b.count()) {
      int pa = at(a, i);
      int pb = at(b, j);
      int pixel = Math.min(pa, pb);
      boolean swap = pa != pb && swapped.test(pixel);
      if (swap ? pb == pixel : pa == pixel) {
        first[inFirst++] = pixel;
      }
      if (swap ? pa == pixel : pb == pixel) {
        second[inSecond++] = pixel;
      }
      i += pa == pixel ? 1 : 0;
      j += pb == pixel ? 1 : 0;
    }
    return new Recombination.Offspring(
        BlackPixels.ofSorted(a.canvas(), first, inFirst),
        BlackPixels.ofSorted(a.canvas(), second, inSecond));
  }

  /**
   * The first {@code cut} pixels of {@code a} and those after the first {@code cut} of {@code b}.
   */
  static BlackPixels spliced(BlackPixels a, BlackPixels b, int cut) {
    int[] merged = new int[b.count()];
    int size = 0;
    int i = 0;
    int j = cut;
    while (i < cut || j < b.count()) {
      int pa = i < cut ? a.get(i) : Integer.MAX_VALUE;
      int pb = at(b, j);
      merged[size++] = Math.min(pa, pb);
      i += pa <= pb ? 1 : 0;
      j += pb <= pa ? 1 : 0;
    }
    return BlackPixels.ofSorted(a.canvas(), merged, size);
  }

  /** Selects from the pixels black in both, in {@code a} alone, and in {@code b} alone. */
  private static BlackPixels combined(
      BlackPixels a, BlackPixels b, boolean inBoth, boolean inFirst, boolean inSecond) {
    int[] merged = new int[a.count() + b.count()];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < a.count() || j < b.count()) {
      int pa = at(a, i);
      int pb = at(b, j);
      if (pa == pb ? inBoth : pa < pb ? inFirst : inSecond) {
        merged[size++] = Math.min(pa, pb);
      }
      i += pa <= pb ? 1 : 0;
      j += pb <= pa ? 1 : 0;
    }
    return BlackPixels.ofSorted(a.canvas(), merged, size);
  }

  /** Black where either is. */
  static BlackPixels union(BlackPixels a, BlackPixels b) {
    return combined(a, b, true, true, true);
  }

  /** Black where {@code a} is and {@code b} is not. */
  static BlackPixels minus(BlackPixels a, BlackPixels b) {
    return combined(a, b, false, true, false);
  }

  /** Black where exactly one is (symmetric difference). */
  public static BlackPixels difference(BlackPixels a, BlackPixels b) {
    return combined(a, b, false, true, true);
  }

  /** The i-th pixel, or a sentinel beyond any canvas at the end. */
  private static int at(BlackPixels pixels, int i) {
    return i < pixels.count() ? pixels.get(i) : Integer.MAX_VALUE;
  }
}
