package org.whisker.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.weights.DType.Storage;
import org.whisker.weights.Weights.Tensor;

class SafetensorsTest {
  @TempDir Path folder;

  private static final Weights SOME =
      Weights.of(
          Map.of(
              "b", Tensor.of(List.of(2, 3), 1, -2, 0.5f, 0.25f, 3, -0f),
              "a", Tensor.of(List.of(3), 7, 8, 9),
              "scalar", Tensor.of(List.of(), 42),
              "nothing", Tensor.of(List.of(0, 4))));

  static float[] values(Weights weights, String name) {
    FloatBuffer buffer = weights.floats(name);
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  @ParameterizedTest
  @EnumSource
  void roundTrip(DType dtype) throws IOException {
    Path file = folder.resolve("w.safetensors");
    Safetensors.write(file, SOME, Map.of("format", "pt", "note", "ü"), dtype);
    Safetensors read = Safetensors.open(file);
    assertEquals(List.of("a", "b", "nothing", "scalar"), List.copyOf(read.names()));
    assertEquals(Map.of("format", "pt", "note", "ü"), read.metadata());
    for (String name : SOME.names()) {
      assertEquals(SOME.shape(name), read.shape(name));
      assertArrayEquals(values(SOME, name), values(read, name), name);
      assertArrayEquals(values(read, name), values(SOME.rounded(Storage.all(dtype)), name), name);
      assertThrows(ReadOnlyBufferException.class, () -> read.floats(name).put(0));
    }
    assertThrows(NoSuchElementException.class, () -> read.floats("c"));
    assertThrows(NoSuchElementException.class, () -> read.shape("c"));
  }

  @Test
  void roundingIsThatOfTheFile() {
    Weights tenth = Weights.of(Map.of("x", Tensor.of(List.of(1), 0.1f)));
    assertEquals(0x1.998p-4f, tenth.rounded(Storage.all(DType.F16)).floats("x").get(0));
    assertEquals(0x1.9ap-4f, tenth.rounded(Storage.all(DType.BF16)).floats("x").get(0));
    assertEquals(0.1f, tenth.rounded(Storage.all(DType.F32)).floats("x").get(0));
  }

  @Test
  void someLayersInHalfPrecision() throws IOException {
    Weights two =
        Weights.of(
            Map.of(
                "a.1.weight", Tensor.of(List.of(1), 0.1f),
                "a.10.weight", Tensor.of(List.of(1), 0.1f)));
    Path file = folder.resolve("w.safetensors");
    Storage storage = new Storage(DType.F32, List.of("a.1"));
    Safetensors.write(file, two, Map.of(), storage);
    Safetensors read = Safetensors.open(file);
    assertEquals(0x1.998p-4f, read.floats("a.1.weight").get(0));
    assertEquals(0.1f, read.floats("a.10.weight").get(0));
    assertEquals(0x1.998p-4f, two.rounded(storage).floats("a.1.weight").get(0));
  }

  @Test
  void theBytesAreTheFormats() throws IOException {
    Path file = folder.resolve("w.safetensors");
    Weights one = Weights.of(Map.of("x", Tensor.of(List.of(1, 2), 1, 2)));
    Safetensors.write(file, one, Map.of(), DType.BF16);
    String json = "{\"x\":{\"dtype\":\"BF16\",\"shape\":[1,2],\"data_offsets\":[0,4]}}";
    assertEquals(0, (8 + 64 + 4 - Files.size(file)) % 8);
    byte[] bytes = Files.readAllBytes(file);
    int header = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertEquals(0, header % 8);
    assertEquals(json, new String(bytes, 8, header, StandardCharsets.UTF_8).stripTrailing());
    assertArrayEquals(
        new byte[] {(byte) 0x80, 0x3F, 0, 0x40},
        java.util.Arrays.copyOfRange(bytes, 8 + header, bytes.length));
  }

  @Test
  void writingIsDeterministicAndLeavesNoOtherFile() throws IOException {
    Path first = folder.resolve("1");
    Path second = folder.resolve("2");
    Safetensors.write(first, SOME, Map.of("a", "1", "b", "2", "c", "3"), DType.F32);
    Safetensors.write(
        second, Safetensors.open(first), Map.of("c", "3", "b", "2", "a", "1"), DType.F32);
    assertEquals(-1, Files.mismatch(first, second));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(Set.of(first, second), Set.copyOf(files.toList()));
    }
  }

  @Test
  void tensorsLongerThanAChunkAndUnalignedOnesKeepTheirValues() throws IOException {
    float[] many = new float[200_003];
    for (int i = 0; i < many.length; i++) {
      many[i] = i % 256;
    }
    Weights weights =
        Weights.of(
            Map.of("a", Tensor.of(List.of(1), 5), "b", Tensor.of(List.of(many.length), many)));
    for (DType dtype : DType.values()) {
      Path file = folder.resolve(dtype.name());
      Safetensors.write(file, weights, Map.of(), dtype);
      assertArrayEquals(many, values(Safetensors.open(file), "b"));
    }
  }

  @Test
  void anUnalignedFloatTensorIsCopied() throws IOException {
    String json = "{\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    for (int pad = 0; pad < 4; pad++) {
      String header = json + " ".repeat(pad);
      Path odd = HeaderFile.write(folder, header, HeaderFile.floats(3, 4));
      Safetensors read = Safetensors.open(odd);
      assertArrayEquals(new float[] {3, 4}, values(read, "x"));
      assertEquals(header.length() % 4 == 0, read.floats("x").isDirect());
    }
  }

  @Test
  void anAlignedFloatTensorIsSeenInPlace() throws IOException {
    Path file = folder.resolve("w");
    Safetensors.write(file, SOME, Map.of(), DType.F32);
    assertTrue(Safetensors.open(file).floats("b").isDirect());
  }

  @Test
  void aFileBeyondTwoGibibytesIsMappedInParts() throws IOException {
    String entry = "\"%s\":{\"dtype\":\"F32\",\"shape\":[400000000],\"data_offsets\":[%s,%s]}";
    String json =
        "{%s,%s}"
            .formatted(
                entry.formatted("a", 0, 1_600_000_000L),
                entry.formatted("b", 1_600_000_000L, 3_200_000_000L));
    String header = json + " ".repeat(7 - (json.length() + 7) % 8);
    Path file = HeaderFile.write(folder, header, HeaderFile.floats(5));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(8 + header.length() + 3_200_000_000L);
      sparse.seek(sparse.length() - 4);
      sparse.write(HeaderFile.floats(6));
    }
    Safetensors read = Safetensors.open(file);
    assertEquals(5, read.floats("a").get(0));
    assertEquals(0, read.floats("a").get(399_999_999));
    assertEquals(0, read.floats("b").get(0));
    assertEquals(6, read.floats("b").get(399_999_999));
  }

  @Test
  void aReplacedFileLeavesAnOpenOneAsItWas() throws IOException {
    Path file = folder.resolve("w");
    Safetensors.write(file, SOME, Map.of(), DType.F32);
    Safetensors open = Safetensors.open(file);
    Safetensors.write(file, Weights.of(Map.of()), Map.of(), DType.F32);
    assertArrayEquals(new float[] {7, 8, 9}, values(open, "a"));
    assertTrue(Safetensors.open(file).names().isEmpty());
  }

  @Test
  void whatADtypeCannotHoldIsRefusedByNameAndNothingIsLeft() throws IOException {
    Path file = folder.resolve("w");
    Weights big = Weights.of(Map.of("layer.weight", Tensor.of(List.of(2), 1, 70000)));
    IOException e =
        assertThrows(IOException.class, () -> Safetensors.write(file, big, Map.of(), DType.F16));
    assertTrue(String.valueOf(e.getMessage()).contains("layer.weight holds 70000.0"));
    Weights nan = Weights.of(Map.of("n", Tensor.of(List.of(1), Float.NaN)));
    assertThrows(IOException.class, () -> Safetensors.write(file, nan, Map.of(), DType.F32));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
    assertFalse(Files.exists(file));
  }
}
