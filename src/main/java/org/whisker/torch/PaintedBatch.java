package org.whisker.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/**
 * Memory in which the pictures of a batch are painted. For black pixels on white, only those of the
 * previous batch are reset to white: a search scores pictures of a few hundred black pixels, and
 * writing all the white ones took up to 3 % of its time.
 */
final class PaintedBatch {
  private final Canvas canvas;
  private final ByteBuffer bytes;
  private final FloatBuffer values;
  private final float[] one;
  private final @Nullable BlackPixels[] shown;

  /**
   * @param batch the most pictures that are painted at once; native memory for them is taken here
   */
  PaintedBatch(Canvas canvas, int batch) {
    this.canvas = canvas;
    int size = Math.multiplyExact(Math.multiplyExact(batch, canvas.pixels()), Float.BYTES);
    this.bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    this.values = bytes.asFloatBuffer();
    this.one = new float[canvas.pixels()];
    this.shown = new BlackPixels[batch];
  }

  /**
   * The pictures as N x 1 x rows x columns.
   *
   * @param taker name of the classifier, for messages
   * @throws IllegalArgumentException for a picture of another size
   */
  NDArray array(NDManager scope, String taker, List<? extends Raster> pictures) {
    for (Raster picture : pictures) {
      if (!picture.canvas().equals(canvas)) {
        throw new IllegalArgumentException(
            taker + " takes " + canvas + " pictures, got one of " + picture.canvas());
      }
    }
    Shape shape = new Shape(pictures.size(), 1, canvas.height(), canvas.width());
    return scope.create(of(pictures), shape, DataType.FLOAT32);
  }

  /** Splits the concatenated values of several pictures. */
  List<float[]> images(float[] joined) {
    List<float[]> images = new ArrayList<>();
    for (int from = 0; from < joined.length; from += canvas.pixels()) {
      images.add(Arrays.copyOfRange(joined, from, from + canvas.pixels()));
    }
    return images;
  }

  /** The pictures, concatenated; valid until the next call. */
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
