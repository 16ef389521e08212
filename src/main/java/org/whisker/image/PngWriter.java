package org.whisker.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** 8-bit gray PNG, written under a temporary name in the same folder, then renamed. */
final class PngWriter {
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
    float[] values = new float[canvas.pixels()];
    picture.paint(values, 0);
    int width = canvas.width() * zoom;
    int height = canvas.height() * zoom;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    byte[] target = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < target.length; i++) {
      int x = i % width / zoom;
      int y = i / width / zoom;
      target[i] = (byte) level(values[canvas.index(x, y)]);
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
      Files.write(part, bytes);
      move(part, file);
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw new IOException(
          file + " cannot be written: " + reason(e) + "; check that its folder exists and has room",
          e);
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
