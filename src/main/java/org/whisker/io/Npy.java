package org.whisker.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Matrices as NumPy's {@code .npy}, format 1.0, little-endian, C order ({@code numpy.load} opens
 * them).
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">The NPY
 *     format</a>
 */
public final class Npy {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  private static final Pattern HEADER =
      Pattern.compile(
          "\\{'descr': '<f([48])', 'fortran_order': False, 'shape': \\((?:(\\d{1,9}),"
              + " )?(\\d{1,9}),?\\), \\}\\s*");

  private Npy() {}

  /** Writes {@code rows * columns} values as float32. */
  public static void write(Path target, int rows, int columns, float[] values) throws IOException {
    byte[] file = begin(rows, columns, values.length, Float.BYTES);
    ByteBuffer bytes = data(file, values.length * Float.BYTES);
    for (float v : values) {
      bytes.putFloat(v);
    }
    AtomicFiles.write(target, file);
  }

  /** Writes {@code rows * columns} values as float64. */
  public static void write(Path target, int rows, int columns, double[] values) throws IOException {
    byte[] file = begin(rows, columns, values.length, Double.BYTES);
    ByteBuffer bytes = data(file, values.length * Double.BYTES);
    for (double v : values) {
      bytes.putDouble(v);
    }
    AtomicFiles.write(target, file);
  }

  /** Reads a matrix, or a vector as its only row, of float32 or float64, as NumPy writes it. */
  public static NpyArray read(Path file) throws IOException {
    ByteBuffer bytes = load(file);
    for (byte magic : MAGIC) {
      if (bytes.remaining() < 3 || bytes.get() != magic) {
        throw new IOException(file + " is no .npy file of format 1.0; write it again");
      }
    }
    int length = Short.toUnsignedInt(bytes.getShort());
    if (length > bytes.remaining()) {
      throw damaged(file, "its header is cut off");
    }
    byte[] header = new byte[length];
    bytes.get(header);
    String text = new String(header, StandardCharsets.ISO_8859_1);
    Matcher m = HEADER.matcher(text);
    if (!m.matches()) {
      throw new IOException(
          file
              + " is no matrix of float32 or float64 in C order; save"
              + " numpy.ascontiguousarray(matrix, 'f4') instead: "
              + text.strip());
    }
    return values(file, bytes, m);
  }

  private static NpyArray values(Path file, ByteBuffer bytes, Matcher m) throws IOException {
    int size = Integer.parseInt(m.group(1));
    int rows = m.group(2) == null ? 1 : Integer.parseInt(m.group(2));
    int columns = Integer.parseInt(m.group(3));
    if ((long) rows * columns * size != bytes.remaining()) {
      throw damaged(
          file,
          rows
              + "x"
              + columns
              + " values of "
              + size
              + " bytes announced, "
              + bytes.remaining()
              + " bytes there");
    }
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = size == Float.BYTES ? bytes.getFloat() : bytes.getDouble();
    }
    return new NpyArray(rows, columns, values);
  }

  private static ByteBuffer load(Path file) throws IOException {
    return ByteBuffer.wrap(InputFile.bytes(file)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static IOException damaged(Path file, String what) {
    return new IOException(file + " is damaged: " + what + "; write it again");
  }

  /** The whole file, with all values zero. */
  private static byte[] begin(int rows, int columns, int length, int size) {
    if (rows < 0 || columns < 0 || (long) rows * columns != length) {
      throw new IllegalArgumentException(
          length + " values are no matrix of " + rows + "x" + columns);
    }
    String dict =
        "{'descr': '<f"
            + size
            + "', 'fortran_order': False, 'shape': ("
            + rows
            + ", "
            + columns
            + "), }";
    int used = MAGIC.length + 2 + dict.length() + 1;
    String header = dict + " ".repeat(Math.floorMod(-used, 64)) + "\n";
    int total = Math.addExact(MAGIC.length + 2 + header.length(), Math.multiplyExact(length, size));
    byte[] file = new byte[total];
    ByteBuffer.wrap(file)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(MAGIC)
        .putShort((short) header.length())
        .put(header.getBytes(StandardCharsets.ISO_8859_1));
    return file;
  }

  private static ByteBuffer data(byte[] file, int length) {
    return ByteBuffer.wrap(file, file.length - length, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A matrix read from a {@code .npy} file, row-major, with its values widened to double. */
  public static final class NpyArray {
    private final int rows;
    private final int columns;
    private final double[] values;

    NpyArray(int rows, int columns, double[] values) {
      this.rows = rows;
      this.columns = columns;
      this.values = values;
    }

    public int rows() {
      return rows;
    }

    public int columns() {
      return columns;
    }

    public double get(int row, int column) {
      if (row < 0 || row >= rows || column < 0 || column >= columns) {
        throw new IndexOutOfBoundsException(
            "(" + row + ", " + column + ") in a matrix of " + rows + "x" + columns);
      }
      return values[row * columns + column];
    }

    /** A copy of all values, row by row. */
    public double[] values() {
      return values.clone();
    }
  }
}
