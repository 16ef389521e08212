package org.whisker.evolution;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.whisker.image.Canvas;

/**
 * What a search has learnt of each pixel: in how many images it was tried, and how often the image
 * got worse when it was taken away. Immutable. Two counts for each pixel, in row-major order.
 */
public final class PixelTally {
  /** The tally of a search that keeps none. */
  public static final PixelTally NONE = new PixelTally(new int[0], new int[0]);

  private final int[] tried;
  private final int[] missed;

  private PixelTally(int[] tried, int[] missed) {
    this.tried = tried;
    this.missed = missed;
  }

  /** A tally of this canvas, all counts 0. */
  static PixelTally of(Canvas canvas) {
    return new PixelTally(new int[canvas.pixels()], new int[canvas.pixels()]);
  }

  boolean isNone() {
    return tried.length == 0;
  }

  int tried(int pixel) {
    return tried[pixel];
  }

  int missed(int pixel) {
    return missed[pixel];
  }

  /** A copy in which these pixels were tried once more. */
  PixelTally trying(int[] pixels) {
    return new PixelTally(counted(tried, pixels), missed);
  }

  /** A copy in which these pixels were missed once more. */
  PixelTally missing(int[] pixels) {
    return new PixelTally(tried, counted(missed, pixels));
  }

  private static int[] counted(int[] counts, int[] pixels) {
    int[] more = counts.clone();
    for (int pixel : pixels) {
      more[pixel]++;
    }
    return more;
  }

  /** Writes the number of pixels, then two counts for each. */
  void writeTo(DataOutputStream out) throws IOException {
    out.writeInt(tried.length);
    for (int i = 0; i < tried.length; i++) {
      out.writeInt(tried[i]);
      out.writeInt(missed[i]);
    }
  }

  /**
   * Reads what {@link #writeTo} wrote.
   *
   * @throws IOException if it is of another canvas, or has a negative count
   */
  static PixelTally read(DataInputStream in, Canvas canvas) throws IOException {
    int size = in.readInt();
    if (size == 0) {
      return NONE;
    }
    if (size != canvas.pixels()) {
      throw new IOException("a tally of " + size + " pixels, the canvas has " + canvas.pixels());
    }
    PixelTally tally = of(canvas);
    for (int i = 0; i < size; i++) {
      tally.tried[i] = in.readInt();
      tally.missed[i] = in.readInt();
      if (tally.tried[i] < 0 || tally.missed[i] < 0) {
        throw new IOException("pixel " + i + " was counted less than 0 times");
      }
    }
    return tally;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PixelTally tally
        && Arrays.equals(tried, tally.tried)
        && Arrays.equals(missed, tally.missed);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(tried) + Arrays.hashCode(missed);
  }
}
