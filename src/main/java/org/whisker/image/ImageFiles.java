package org.whisker.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Reads and writes pictures as files. */
public final class ImageFiles {
  private static final float THRESHOLD = 0.5f;

  private ImageFiles() {}

  /**
   * Reads a JPEG, PNG, BMP or GIF (its first frame) as gray: ITU-R 601 luma of the sRGB values, as
   * Pillow's mode L, with transparent pixels over white, and turned as EXIF says, as Pillow's
   * {@code exif_transpose}.
   *
   * @throws IOException if the file is missing, not an image, damaged, or over 100 megapixels; the
   *     message names the file and the remedy
   */
  public static GrayImage readGray(Path file) throws IOException {
    return GrayImage.of(ImageDecoder.read(file, 1));
  }

  /**
   * Reads a picture like {@link #readGray(Path)}, in gray or with its colours: the sRGB values as
   * they are stored. A picture without a coloured pixel is gray all the same.
   *
   * @param planes 1 for gray, 3 for colours
   */
  public static PlanarImage read(Path file, int planes) throws IOException {
    return ImageDecoder.read(file, planes);
  }

  /**
   * Reads the bytes of a picture file like {@link #readGray(Path)}.
   *
   * @param name the name of the picture in messages
   */
  public static GrayImage readGray(String name, byte[] bytes) throws IOException {
    return GrayImage.of(read(name, bytes, 1));
  }

  /** Reads the bytes of a picture file like {@link #read(Path, int)}. */
  public static PlanarImage read(String name, byte[] bytes, int planes) throws IOException {
    return ImageDecoder.read(name, new ByteArrayInputStream(bytes), planes);
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
   * Writes an 8-bit PNG, gray or RGB; values are clamped to 0 to 1 and rounded to 255ths, so black
   * and white come back exactly. The file appears under its name only when complete, and replaces
   * an older one; its folder must exist.
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
   * Writes a picture like {@link #writePng(Path, Raster)}, each pixel drawn as {@code zoom} by
   * {@code zoom} pixels.
   */
  public static void writePng(Path file, Raster picture, int zoom) throws IOException {
    PngWriter.write(file, picture, zoom);
  }

  /** 8-bit PNG, written under a temporary name in the same folder, then renamed. */
  private static final class PngWriter {
    private static final long MOST_PIXELS = 100_000_000;

    private PngWriter() {}

    static void write(Path file, Raster picture, int zoom) throws IOException {
      replace(file, bytes(picture, zoom));
    }

    static byte[] bytes(Raster picture, int zoom) throws IOException {
      BufferedImage image = draw(picture, zoom);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
        if (!ImageIO.write(image, "png", out)) {
          throw new IOException("a PNG cannot be written: this Java runtime has no PNG writer");
        }
      }
      return bytes.toByteArray();
    }

    private static BufferedImage draw(Raster picture, int zoom) {
      Canvas canvas = picture.canvas();
      long pixels = (long) canvas.pixels() * zoom * zoom;
      if (zoom < 1 || zoom > 10_000 || pixels > MOST_PIXELS) {
        throw new IllegalArgumentException(
            "zoom must be at least 1 and give at most 100 megapixels, was "
                + (zoom + " for a " + canvas + " picture"));
      }
      float[] values = picture.values();
      int planes = picture.planes();
      int width = canvas.width() * zoom;
      int height = canvas.height() * zoom;
      int type = planes == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
      BufferedImage image = new BufferedImage(width, height, type);
      byte[] target = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
      for (int i = 0; i < target.length; i++) {
        int pixel = i / planes;
        int plane = planes - 1 - i % planes; // blue lies first
        int x = pixel % width / zoom;
        int y = pixel / width / zoom;
        target[i] = (byte) level(values[plane * canvas.pixels() + canvas.index(x, y)]);
      }
      return image;
    }

    private static int level(float value) {
      if (Float.isNaN(value)) {
        throw new IllegalArgumentException("a picture to be written has a value that is NaN");
      }
      return Math.round(Math.min(1f, Math.max(0f, value)) * 255f);
    }

    private static void replace(Path file, byte[] bytes) throws IOException {
      Path part = file.resolveSibling(file.getFileName() + ".part");
      try {
        Files.deleteIfExists(part); // of a killed process, or a link to somewhere else
        write(part, bytes);
        move(part, file);
      } catch (IOException e) {
        Files.deleteIfExists(part);
        throw new IOException(
            file
                + " cannot be written: "
                + reason(e)
                + "; check that its folder exists and has room",
            e);
      }
    }

    private static void write(Path part, byte[] bytes) throws IOException {
      try (FileChannel channel =
          FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
          channel.write(left);
        }
        channel.force(true); // else a power cut may leave the name and not the content
      }
    }

    private static void move(Path part, Path file) throws IOException {
      try {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
      }
    }

    private static String reason(IOException e) {
      boolean full = String.valueOf(e.getMessage()).contains("No space left");
      return full ? "the disk is full" : e.getClass().getSimpleName().replace("Exception", "");
    }
  }
}
