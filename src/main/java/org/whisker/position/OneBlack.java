package org.whisker.position;

import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/** A background with one pixel black. All share the background's values; nothing edits them. */
final class OneBlack implements Raster {
  private final Canvas canvas;
  private final float[] background;
  private final int index;

  OneBlack(Canvas canvas, float[] background, int index) {
    this.canvas = canvas;
    this.background = background;
    this.index = index;
  }

  @Override
  public Canvas canvas() {
    return canvas;
  }

  @Override
  public void paint(float[] target, int offset) {
    System.arraycopy(background, 0, target, offset, background.length);
    target[offset + index] = 0f;
  }
}
