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
  private final int planes;
  private final ByteBuffer bytes;
  private final FloatBuffer values;
  private final int each;
  private final @Nullable BlackPixels[] shown;

  /**
   * @param planes 1 to paint the gray of pictures, 3 to paint colours
   * @param batch the most pictures that are painted at once; native memory for them is taken here
   */
  PaintedBatch(Canvas canvas, int planes, int batch) {
    this.canvas = canvas;
    this.planes = planes;
    int size = Math.multiplyExact(Math.multiplyExact(batch, planes * canvas.pixels()), Float.BYTES);
    this.bytes = ByteBuffer.allocateDirect(size).order(ByteOrder.nativeOrder());
    this.values = bytes.asFloatBuffer();
    this.each = planes * canvas.pixels();
    this.shown = new BlackPixels[batch];
  }

  /**
   * The pictures as N x planes x rows x columns.
   *
   * @param taker name of the classifier, for messages
   * @throws IllegalArgumentException for a picture of another size
   */
  NDArray array(NDManager scope, String taker, List<? extends Raster> pictures) {
    return array(scope, taker, pictures, 0);
  }

  /**
   * The pictures, painted from a place of the memory on. Threads may do this side by side at other
   * places.
   */
  NDArray array(NDManager scope, String taker, List<? extends Raster> pictures, int place) {
    for (Raster picture : pictures) {
      if (!picture.canvas().equals(canvas)) {
        throw new IllegalArgumentException(
            taker + " takes " + canvas + " pictures, got one of " + picture.canvas());
      }
    }
    Shape shape = new Shape(pictures.size(), planes, canvas.height(), canvas.width());
    return scope.create(of(pictures, place), shape, DataType.FLOAT32);
  }

  /** Splits the concatenated values of several pictures: one for each value of a picture. */
  List<float[]> images(float[] joined) {
    List<float[]> images = new ArrayList<>();
    for (int from = 0; from < joined.length; from += each) {
      images.add(Arrays.copyOfRange(joined, from, from + each));
    }
    return images;
  }

  /** Splits the concatenated maps of several pictures: one value for each pixel. */
  List<float[]> maps(float[] joined) {
    List<float[]> maps = new ArrayList<>();
    for (int from = 0; from < joined.length; from += canvas.pixels()) {
      maps.add(Arrays.copyOfRange(joined, from, from + canvas.pixels()));
    }
    return maps;
  }

  /** The pictures, concatenated; valid until the next call for one of their places. */
  ByteBuffer of(List<? extends Raster> pictures, int place) {
    float[] one = new float[each];
    for (int i = 0; i < pictures.size(); i++) {
      Raster picture = pictures.get(i);
      if (planes == 1 && picture instanceof BlackPixels black) {
        paint(place + i, black, one);
      } else {
        picture.paint(one, 0, planes);
        values.put((place + i) * each, one);
        shown[place + i] = null;
      }
    }
    int size = each * Float.BYTES;
    return bytes.slice(place * size, pictures.size() * size).order(ByteOrder.nativeOrder());
  }

  private void paint(int place, BlackPixels picture, float[] one) {
    int offset = place * each;
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

  /** Memory for pictures that a classifier is shown in gray, and for those in colours. */
  static final class PaintedKinds {
    private final Canvas canvas;
    private final int planes;
    private final int batch;
    private final PaintedBatch gray;
    private @Nullable PaintedBatch colours;

    /**
     * @param planes the number of planes that the classifier sees: 1 or 3
     */
    PaintedKinds(Canvas canvas, int planes, int batch) {
      this.canvas = canvas;
      this.planes = planes;
      this.batch = batch;
      this.gray = new PaintedBatch(canvas, 1, batch);
    }

    int planes() {
      return planes;
    }

    /** Planes that a picture is shown in. */
    int shown(Raster picture) {
      return Math.min(planes, picture.planes());
    }

    /** The memory for pictures of this one's kind. */
    PaintedBatch of(Raster picture) {
      if (shown(picture) == 1) {
        return gray;
      }
      if (colours == null) {
        colours = new PaintedBatch(canvas, planes, batch);
      }
      return colours;
    }

    /** Does pictures beside each other that are of one kind together. */
    void runs(List<? extends Raster> pictures, BatchHalving.Step step) {
      int from = 0;
      for (int to = 1; to <= pictures.size(); to++) {
        if (to == pictures.size() || shown(pictures.get(to)) != shown(pictures.get(from))) {
          step.run(from, to);
          from = to;
        }
      }
    }
  }
}
