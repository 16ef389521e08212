package org.whisker.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.io.Npy.NpyArray;

class NpyTest {
  @TempDir Path folder;

  @Test
  void bytesAreTheFormats() throws IOException {
    Path file = folder.resolve("a.npy");
    Npy.write(file, 1, 2, new float[] {1f, -2f});
    String dict = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }";
    byte[] bytes = Files.readAllBytes(file);
    byte[] begin = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0};
    assertArrayEquals(begin, Arrays.copyOf(bytes, 10));
    assertEquals(128 + 8, bytes.length);
    String header = new String(bytes, 10, 118, StandardCharsets.ISO_8859_1);
    assertEquals(dict + " ".repeat(117 - dict.length()) + "\n", header);
    byte[] data = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0};
    assertArrayEquals(data, Arrays.copyOfRange(bytes, 128, 136));
  }

  @Test
  void matricesComeBack() throws IOException {
    Path file = folder.resolve("d.npy");
    double[] values = {0.1, Double.NaN, -0.0, Double.MAX_VALUE, 5, 6};
    Npy.write(file, 2, 3, values);
    NpyArray back = Npy.read(file);
    assertEquals(2, back.rows());
    assertEquals(3, back.columns());
    assertArrayEquals(values, back.values());
    assertEquals(6, back.get(1, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> back.get(0, 3));
  }

  @Test
  void aVectorIsTheOnlyRow() throws IOException {
    Path file = folder.resolve("vector.npy");
    Npy.write(file, 1, 3, new float[] {1, 2, 3});
    String matrix = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(file, matrix.replace("(1, 3), }", "(3,), }  "), StandardCharsets.ISO_8859_1);
    Npy.NpyArray read = Npy.read(file);
    assertEquals(1, read.rows());
    assertArrayEquals(new double[] {1, 2, 3}, read.values());
  }

  @Test
  void damageIsNamed() throws IOException {
    Path file = folder.resolve("x.npy");
    Npy.write(file, 2, 2, new double[4]);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));
    assertTrue(message(file).contains("x.npy is damaged: 2x2 values of 8 bytes announced, 29"));
    Files.write(file, Arrays.copyOf(bytes, 40));
    assertTrue(message(file).contains("its header is cut off"));
    String fortran = new String(bytes, StandardCharsets.ISO_8859_1).replace("False", "True ");
    Files.writeString(file, fortran, StandardCharsets.ISO_8859_1);
    assertTrue(message(file).contains("save numpy.ascontiguousarray"), "it says what to do");
    Files.writeString(file, "not at all a matrix");
    assertTrue(message(file).contains("is no .npy file"));
    assertThrows(IllegalArgumentException.class, () -> Npy.write(file, 2, 2, new float[3]));
  }

  private static String message(Path file) {
    return String.valueOf(assertThrows(IOException.class, () -> Npy.read(file)).getMessage());
  }
}
