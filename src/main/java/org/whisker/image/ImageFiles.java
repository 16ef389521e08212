package org.whisker.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads and writes pictures as files. */
public final class ImageFiles {
  private static final float THRESHOLD = 0.5f;

  private ImageFiles() {}

  /**
   * Reads a JPEG, PNG, BMP or GIF (its first frame) as gray: ITU-R 601 luma of the sRGB values, as
   * Pillow's mode L, with transparent pixels over white. Rotation tags are ignored, as Pillow does.
   *
   * @throws IOException if the file is missing, not an image, damaged, or over 100 megapixels; the
   *     message names the file and the remedy
   */
  public static GrayImage readGray(Path file) throws IOException {
    return ImageDecoder.read(file);
  }

  /**
   * As {@link #readGray(Path)}, from the bytes of a file.
   *
   * @param name what messages call it
   */
  public static GrayImage readGray(String name, byte[] bytes) throws IOException {
    return ImageDecoder.read(name, new ByteArrayInputStream(bytes));
  }

  /** Reads a picture; its pixels darker than ½ are the black ones. */
  public static BlackPixels readBlackPixels(Path file) throws IOException {
    GrayImage gray = readGray(file);
    int[] black = new int[gray.canvas().pixels()];
    int count = 0;
    for (int i = 0; i < black.length; i++) {
      if (gray.at(i) < THRESHOLD) {
        black[count++] = i;
      }
    }
    return BlackPixels.of(gray.canvas(), Arrays.copyOf(black, count));
  }

  /**
   * Writes an 8-bit gray PNG; values are clamped to 0 to 1 and rounded to 255ths, so black and
   * white come back exactly. The file appears under its name only when complete, and replaces an
   * older one; its folder must exist.
   *
   * @throws IllegalArgumentException if a value is NaN
   */
  public static void writePng(Path file, Raster picture) throws IOException {
    writePng(file, picture, 1);
  }

  /** The bytes that {@link #writePng(Path, Raster)} writes. */
  public static byte[] png(Raster picture) throws IOException {
    return PngWriter.bytes(picture, 1);
  }

  /**
   * As {@link #writePng(Path, Raster)}, each pixel drawn as {@code zoom} by {@code zoom} pixels.
   */
  public static void writePng(Path file, Raster picture, int zoom) throws IOException {
    PngWriter.write(file, picture, zoom);
  }
}
