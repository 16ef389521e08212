package org.whisker.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.whisker.value.Checks;

/**
 * Makes a PNG of 8 bits a sample, in gray or in red, green and blue. Java's own writer makes the
 * same bytes in half as much time again, since it asks the image for each sample.
 */
public final class PngBytes {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int LONGEST_CHUNK = 1 << 15;
  private static final int LEVEL = 4;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final int width;
  private final int height;

  /** Samples of a pixel: 1 for gray, 3 for colours. */
  private final int planes;

  private final byte[] samples;

  /**
   * Begins a picture.
   *
   * @param samples of all pixels by rows; those of a pixel stand together, red first
   */
  PngBytes(int width, int height, int planes, byte[] samples) {
    Checks.refuse(planes != 1 && planes != 3, "a PNG has 1 or 3 planes, was %s", planes);
    int size = width * height * planes;
    Checks.refuse(samples.length != size, "%s samples, not %s", samples.length, size);
    this.width = width;
    this.height = height;
    this.planes = planes;
    this.samples = samples;
    out.writeBytes(SIGNATURE);
    byte colours = (byte) (planes == 1 ? 0 : 2);
    byte[] ways = {8, colours, 0, 0, 0};
    chunk("IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put(ways).array());
  }

  /** Begins a picture of what was drawn on an image of the type {@code TYPE_INT_RGB}. */
  public static PngBytes of(BufferedImage image) {
    int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    byte[] samples = new byte[3 * pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      samples[3 * i] = (byte) (pixels[i] >> 16);
      samples[3 * i + 1] = (byte) (pixels[i] >> 8);
      samples[3 * i + 2] = (byte) pixels[i];
    }
    return new PngBytes(image.getWidth(), image.getHeight(), 3, samples);
  }

  /** Says how many pixels a metre has, on paper. */
  public void perMetre(long pixels) {
    byte metre = 1;
    int each = Math.toIntExact(pixels);
    chunk("pHYs", ByteBuffer.allocate(9).putInt(each).putInt(each).put(metre).array());
  }

  /** Adds text under a name. */
  public void text(String name, String text) {
    chunk("iTXt", (name + "\0\0\0\0\0" + text).getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the whole file. */
  public byte[] bytes() {
    byte[] packed = deflated();
    for (int from = 0; from < packed.length; from += LONGEST_CHUNK) {
      chunk("IDAT", packed, from, Math.min(LONGEST_CHUNK, packed.length - from));
    }
    chunk("IEND", new byte[0]);
    return out.toByteArray();
  }

  /** Deflates a row after the other, each behind a 0: no filter. */
  private byte[] deflated() {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    byte[] some = new byte[LONGEST_CHUNK];
    Deflater deflater = new Deflater(LEVEL);
    try {
      byte[] row = new byte[1 + width * planes];
      for (int y = 0; y < height; y++) {
        System.arraycopy(samples, y * width * planes, row, 1, width * planes);
        deflater.setInput(row);
        if (y == height - 1) {
          deflater.finish();
        }
        for (int n = deflater.deflate(some); n > 0; n = deflater.deflate(some)) {
          packed.write(some, 0, n);
        }
      }
    } finally {
      deflater.end();
    }
    return packed.toByteArray();
  }

  private void chunk(String type, byte[] data) {
    chunk(type, data, 0, data.length);
  }

  private void chunk(String type, byte[] data, int from, int length) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(data, from, length);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    out.writeBytes(name);
    out.write(data, from, length);
    out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt((int) sum.getValue()).array());
  }
}
