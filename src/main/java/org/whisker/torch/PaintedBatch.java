package org.whisker.torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/**
 * Memory in which the pictures of a batch are painted. Black pixels on white are painted by turning
 * those of the last batch white again: a search scores pictures of a few hundred black pixels, and
 * writing all the white ones took up to 3 % of its time.
 */
final class PaintedBatch {
  private final Canvas canvas;
  private final ByteBuffer bytes;
  private final FloatBuffer values;
  private final float[] one;
  private final @Nullable BlackPixels[] shown;

  /** Room for so many pictures. */
  PaintedBatch(Canvas canvas, int batch) {
    this.canvas = canvas;
    int size = Math.multiplyExact(Math.multiplyExact(batch, canvas.pixels()), Float.BYTES);
    this.bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    this.values = bytes.asFloatBuffer();
    this.one = new float[canvas.pixels()];
    this.shown = new BlackPixels[batch];
  }

  /** The pictures one after another, good until the next call. */
  ByteBuffer of(List<? extends Raster> pictures) {
    for (int i = 0; i < pictures.size(); i++) {
      Raster picture = pictures.get(i);
      if (picture instanceof BlackPixels black) {
        paint(i, black);
      } else {
        picture.paint(one, 0);
        values.put(i * canvas.pixels(), one);
        shown[i] = null;
      }
    }
    return bytes
        .slice(0, pictures.size() * canvas.pixels() * Float.BYTES)
        .order(ByteOrder.nativeOrder());
  }

  private void paint(int place, BlackPixels picture) {
    int offset = place * canvas.pixels();
    BlackPixels before = shown[place];
    if (before == null) {
      picture.paint(one, 0);
      values.put(offset, one);
    } else {
      fill(offset, before, 1);
      fill(offset, picture, 0);
    }
    shown[place] = picture;
  }

  private void fill(int offset, BlackPixels pixels, float value) {
    for (int i = 0; i < pixels.count(); i++) {
      values.put(offset + pixels.get(i), value);
    }
  }
}
