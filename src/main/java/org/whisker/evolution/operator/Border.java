package org.whisker.evolution.operator;

import java.util.Locale;
import org.whisker.image.Canvas;

/**
 * Where a pixel goes that is moved over the border of the canvas by one place, as {@link
 * EditKind#NUDGE} does. What each does to positions is said for a lone black pixel nudged again and
 * again under flat fitness. All but {@link #RESAMPLE} move once or not at all: a pixel that would
 * come to lie on a black one or outside the region stays.
 */
public enum Border {
  /**
   * Another pixel and another neighbour are drawn. A pixel at the border has five neighbours and
   * one in a corner three, so it is found there 5/8 and 3/8 as often as elsewhere: a slight drift
   * to the centre (E = 0.506 at 128×128), smaller the more black pixels there are, as the draw
   * passes to another of them.
   */
  RESAMPLE {
    @Override
    int coordinate(int moved, int size) {
      return moved < size ? moved : -1;
    }
  },
  /**
   * It stops at the border, and slides along it when moved diagonally. Each move is as likely as
   * its reverse: no preference of position (E = ½).
   */
  CLAMP {
    @Override
    int coordinate(int moved, int size) {
      return Math.max(0, Math.min(moved, size - 1));
    }
  },
  /** It comes back in at the opposite side: all places are alike, no preference (E = ½). */
  WRAP {
    @Override
    int coordinate(int moved, int size) {
      return Math.floorMod(moved, size);
    }
  },
  /**
   * It bounces off the outermost pixels, as in mirrored padding: over the left border is column 1.
   * So steps away from the border are twice as likely as steps to it, and it is found at the border
   * half and in a corner a quarter as often as elsewhere: a slight drift to the centre (E = 0.508
   * at 128×128), and hardly less of one with many black pixels.
   */
  REFLECT {
    @Override
    int coordinate(int moved, int size) {
      return CLAMP.coordinate(
          moved < 0 ? -moved : moved < size ? moved : 2 * size - 2 - moved, size);
    }
  };

  /** Where a coordinate that is off by one at most comes to lie; -1 for nowhere. */
  abstract int coordinate(int moved, int size);

  /** The pixel at that distance (-1 to 1 each way), or -1 for none. */
  int pixel(Canvas canvas, int from, int dx, int dy) {
    int x = coordinate(canvas.x(from) + dx, canvas.width());
    int y = coordinate(canvas.y(from) + dy, canvas.height());
    return x < 0 || y < 0 ? -1 : canvas.index(x, y);
  }

  /** The name as users type it: {@code resample}, {@code clamp}, {@code wrap}, {@code reflect}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The border with this label. */
  public static Border parse(String label) {
    return Labels.parse("border", values(), Border::label, label);
  }
}
