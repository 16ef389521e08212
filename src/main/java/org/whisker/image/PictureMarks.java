package org.whisker.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.stream.ImageInputStream;

/**
 * What a file of a picture says before it is decoded.
 *
 * @param orientation EXIF's, 1 to 8: how the stored picture is turned to be upright; 1 is not at
 *     all
 * @param scans how often a JPEG goes over the whole picture; 1 for other files
 * @param isCut whether a WebP is shorter than it says, which its reader does not see
 */
record PictureMarks(int orientation, int scans, boolean isCut) {
  private static final int UPRIGHT = 1;
  private static final int MOST_TURNS = 8;
  private static final int FIRST_TURNED = 5;
  private static final int TAG = 0x0112;
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1);

  /** Most bytes that are searched for an EXIF block: no camera writes a longer one. */
  private static final int MOST_EXIF = 1 << 16;

  private static final long PNG = 0x89504E470D0A1A0AL;
  private static final int RIFF = 0x52494646;
  private static final int WEBP = 0x57454250;

  /** Reads them from the beginning of a stream, which is then there again. */
  static PictureMarks of(ImageInputStream in) throws IOException {
    in.mark();
    Reading reading = new Reading(in);
    try {
      reading.read();
    } catch (EOFException | IndexOutOfBoundsException e) {
      // the decoder says that the file is cut; of a place far behind its end, a stream in memory
      // says that it has no such index
    } finally {
      in.setByteOrder(ByteOrder.BIG_ENDIAN);
      in.reset();
    }
    return new PictureMarks(reading.orientation, Math.max(1, reading.scans), reading.cut);
  }

  /** Turns the stored picture upright, as Pillow's {@code exif_transpose} does. */
  GrayImage upright(GrayImage stored) {
    if (orientation == UPRIGHT) {
      return stored;
    }
    int width = stored.canvas().width();
    int height = stored.canvas().height();
    boolean turned = orientation >= FIRST_TURNED;
    Canvas canvas = turned ? new Canvas(/* width= */ height, /* height= */ width) : stored.canvas();
    float[] values = new float[canvas.pixels()];
    for (int i = 0; i < values.length; i++) {
      int x = canvas.x(i);
      int y = canvas.y(i);
      int right = width - 1;
      int low = height - 1;
      values[i] =
          switch (orientation) {
            case 2 -> stored.at(right - x, y);
            case 3 -> stored.at(right - x, low - y);
            case 4 -> stored.at(x, low - y);
            case 5 -> stored.at(y, x);
            case 6 -> stored.at(y, low - x);
            case 7 -> stored.at(right - y, low - x);
            default -> stored.at(right - y, x);
          };
    }
    return new GrayImage(canvas, values);
  }

  /** Goes through the segments of a JPEG or the chunks of a PNG or WebP. */
  private static final class Reading {
    private static final int SEGMENT = 0xFF;
    private static final int BEGIN = 0xD8;
    private static final int END = 0xD9;
    private static final int SCAN = 0xDA;
    private static final int APP1 = 0xE1;

    /** Restarts, from the first on, and what else has no length. */
    private static final int RESTART = 0xD0;

    private final ImageInputStream in;
    private int orientation = UPRIGHT;
    private int scans;
    private int components;
    private boolean progressive;
    private boolean cut;

    Reading(ImageInputStream in) {
      this.in = in;
    }

    void read() throws IOException {
      in.setByteOrder(ByteOrder.BIG_ENDIAN);
      long first = in.readLong();
      if (first == PNG) {
        chunks();
      } else if (first >>> 48 == (SEGMENT << 8 | BEGIN)) {
        in.seek(in.getStreamPosition() - Long.BYTES + 2);
        segments();
      } else if (first >>> Integer.SIZE == RIFF && in.readInt() == WEBP) {
        riff(Integer.reverseBytes((int) first) & 0xFFFFFFFFL);
      }
    }

    private void segments() throws IOException {
      int marker = marker();
      while (marker != END) {
        long body = in.getStreamPosition() + 2;
        int length = in.readUnsignedShort() - 2;
        if (marker == SCAN) {
          scans++;
          boolean all = in.readUnsignedByte() == components;
          if (all && !progressive) {
            return; // the only scan
          }
        } else if (marker == APP1 && length > EXIF.length && orientation == UPRIGHT) {
          exif(length, true);
        } else if (isFrame(marker)) {
          progressive = (marker & 3) == 2;
          in.skipBytes(5);
          components = in.readUnsignedByte();
        }
        in.seek(body + Math.max(0, length));
        marker = marker();
      }
    }

    private static boolean isFrame(int marker) {
      return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    /** The next marker of a segment, behind what is coded. */
    private int marker() throws IOException {
      while (true) {
        int next = in.readUnsignedByte();
        while (next != SEGMENT) {
          next = in.readUnsignedByte();
        }
        while (next == SEGMENT) {
          next = in.readUnsignedByte();
        }
        if (next > 1 && (next < RESTART || next > BEGIN)) {
          return next;
        }
      }
    }

    private void chunks() throws IOException {
      while (true) {
        long length = in.readUnsignedInt();
        byte[] kind = new byte[4];
        in.readFully(kind);
        long end = in.getStreamPosition() + length + 4;
        String name = new String(kind, StandardCharsets.ISO_8859_1);
        if (name.equals("eXIf") && length <= MOST_EXIF) {
          exif((int) length, false);
        }
        if (name.equals("IEND")) {
          return;
        }
        in.seek(end);
      }
    }

    /**
     * The chunks of a WebP, of which each begins at an even byte.
     *
     * @param size bytes behind the first eight; some writers leave out the last, which is 0
     */
    private void riff(long size) throws IOException {
      long chunks = in.getStreamPosition();
      in.seek(Long.BYTES + Math.max(0, size - 2));
      cut = in.read() < 0;
      in.seek(chunks);
      in.setByteOrder(ByteOrder.LITTLE_ENDIAN);
      while (true) {
        byte[] kind = new byte[4];
        in.readFully(kind);
        long length = in.readUnsignedInt();
        long end = in.getStreamPosition() + length + (length & 1);
        if (new String(kind, StandardCharsets.ISO_8859_1).equals("EXIF") && length <= MOST_EXIF) {
          exif((int) length, false);
        }
        in.seek(end);
      }
    }

    /**
     * A block of EXIF, behind its name or bare.
     *
     * @param named whether a block without the name is something else, as in a JPEG
     */
    private void exif(int length, boolean named) throws IOException {
      byte[] block = new byte[length];
      in.readFully(block);
      int from = Arrays.mismatch(EXIF, block) == EXIF.length ? EXIF.length : 0;
      if (from > 0 || !named) {
        orientation = orientation(ByteBuffer.wrap(block, from, length - from).slice());
      }
    }

    /** The tag in the first directory of a TIFF file. */
    private static int orientation(ByteBuffer tiff) {
      if (tiff.limit() < 8) {
        return UPRIGHT;
      }
      short order = tiff.getShort(0);
      tiff.order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      long directory = tiff.getInt(4) & 0xFFFFFFFFL;
      if (directory + 2 > tiff.limit()) {
        return UPRIGHT;
      }
      int at = (int) directory + 2;
      int entries = tiff.getShort(at - 2) & 0xFFFF;
      for (int i = 0; i < entries && at + 12 <= tiff.limit(); i++, at += 12) {
        if ((tiff.getShort(at) & 0xFFFF) == TAG) {
          int value = tiff.getShort(at + 2) == 4 ? tiff.getInt(at + 8) : tiff.getShort(at + 8);
          return value >= UPRIGHT && value <= MOST_TURNS ? value : UPRIGHT;
        }
      }
      return UPRIGHT;
    }
  }
}
