package org.whisker.saliency;

import java.util.function.IntConsumer;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Patch;
import org.whisker.random.SplitMix64;

/** An occlusion window on a canvas, which wraps around its borders. */
public record OcclusionWindow(Canvas canvas, int x, int y, int width, int height) {

  /**
   * Identifies the changed pixels: equal for windows that give the same image. The two sums are a
   * 128-bit hash of the changed indices, which makes collisions negligible.
   */
  public record Change(int pixels, long first, long second) {
    public boolean isNone() {
      return pixels == 0;
    }
  }

  public void forEach(IntConsumer pixel) {
    for (int dy = 0; dy < height; dy++) {
      int row = (y + dy) % canvas.height() * canvas.width();
      for (int dx = 0; dx < width; dx++) {
        pixel.accept(row + (x + dx) % canvas.width());
      }
    }
  }

  public Change change(GrayImage base, GrayImage fill) {
    int pixels = 0;
    long first = 0;
    long second = 0;
    for (int dy = 0; dy < height; dy++) {
      int row = (y + dy) % canvas.height() * canvas.width();
      for (int dx = 0; dx < width; dx++) {
        int i = row + (x + dx) % canvas.width();
        if (base.at(i) != fill.at(i)) {
          pixels++;
          first += SplitMix64.mix(i + 1L);
          second += SplitMix64.mix(~(long) i);
        }
      }
    }
    return new Change(pixels, first, second);
  }

  /**
   * The patch of the image occluded by the fill. A wrapped window becomes a patch along that whole
   * axis.
   */
  public Patch patch(GrayImage base, GrayImage fill) {
    boolean overX = x + width > canvas.width();
    boolean overY = y + height > canvas.height();
    int left = overX ? 0 : x;
    int top = overY ? 0 : y;
    Canvas size = new Canvas(overX ? canvas.width() : width, overY ? canvas.height() : height);
    float[] content = new float[size.pixels()];
    for (int i = 0; i < content.length; i++) {
      content[i] = base.at(left + size.x(i), top + size.y(i));
    }
    forEach(i -> content[size.index(canvas.x(i) - left, canvas.y(i) - top)] = fill.at(i));
    return new Patch(left, top, new GrayImage(size, content));
  }
}
