package org.whisker.chart.kit;

import java.nio.ByteBuffer;
import java.util.Base64;

/** The bytes of a PNG file, and its pixel density. */
public final class Png implements Picture {
  private static final byte[] MAGIC = {(byte) 0x89, 'P', 'N', 'G'};
  private static final int WIDTH_AT = 16; // in the header chunk, which comes first
  private final byte[] bytes;
  private final int density;

  public Png(byte[] bytes) {
    this(bytes, 1);
  }

  /**
   * @param density pixels per unit of the page; 2 for drawings rendered at twice their natural size
   * @throws IllegalArgumentException when the bytes are not a PNG file
   */
  public Png(byte[] bytes, int density) {
    if (density < 1 || bytes.length < WIDTH_AT + 8) {
      throw new IllegalArgumentException(
          "not a PNG: " + bytes.length + " bytes, density " + density);
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (bytes[i] != MAGIC[i]) {
        throw new IllegalArgumentException("not a PNG: " + bytes.length + " bytes");
      }
    }
    this.bytes = bytes.clone();
    this.density = density;
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** Width in units of the page. */
  public int width() {
    return Math.max(1, ByteBuffer.wrap(bytes).getInt(WIDTH_AT) / density);
  }

  public String dataUri() {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(bytes);
  }
}
