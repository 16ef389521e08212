package org.whisker.weights;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MalformedSafetensorsTest {
  @TempDir Path folder;

  private static void refused(Path file, String part) {
    IOException e = assertThrows(IOException.class, () -> Safetensors.open(file));
    String message = String.valueOf(e.getMessage());
    assertTrue(message.startsWith(file.toString()), message);
    assertTrue(message.contains(part), message);
    assertTrue(message.chars().noneMatch(c -> c < ' '), message);
    assertTrue(message.length() < 1000, message);
  }

  private static String tensor(String name, String dtype, String shape, String offsets) {
    return String.format(
        "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}", name, dtype, shape, offsets);
  }

  private void refusedHeader(String header, String part) throws IOException {
    refused(HeaderFile.write(folder, header, new byte[16]), part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "F32 | [4] | [-16,0] | outside",
        "F32 | [4] | [16,0] | outside",
        "F32 | [5] | [0,20] | outside",
        "F32 | [4] | [0,9223372036854775807] | outside",
        "F32 | [4] | [0,9223372036854775808] | bad JSON",
        "F32 | [4] | [9223372036854775800,9223372036854775807] | outside",
        "F32 | [3] | [0,16] | 16 bytes, which is not F32 of shape [3]",
        "F32 | [3] | [0,12] | 4 bytes after the last tensor",
        "F32 | [3] | [4,16] | 4 bytes before tensor x",
        "F16 | [4] | [0,16] | not F16",
        "Q4_K | [4] | [0,16] | dtype Q4_K",
        "I32 | [4] | [0,16] | dtype I32",
        "f32 | [4] | [0,16] | dtype f32",
        "F32 | [-4] | [0,16] | impossible shape",
        "F32 | [-2,-2] | [0,16] | impossible shape",
        "F32 | [4294967300] | [0,16] | impossible shape",
        "F32 | [2147483647,2147483647,2147483647] | [0,16] | which is not F32",
        "F32 | [65536,65536,65536,65536] | [0,0] | which is not F32",
        "F32 | [1073741824,2147483647,8] | [0,16] | which is not F32",
        "F32 | [1,1,1,1,1,1,1,1,4] | [0,16] | more than 8",
        "F32 | [4.0] | [0,16] | shape should be",
        "F32 | [\"4\"] | [0,16] | shape should be",
        "F32 | 4 | [0,16] | shape should be",
        "F32 | [[4]] | [0,16] | shape should be",
        "F32 | [4] | [0] | lacks",
        "F32 | [4] | [0,8,16] | lacks",
        "F32 | [4] | {} | data_offsets should be",
      })
  void oneWrongTensor(String dtype, String shape, String offsets, String part) throws IOException {
    refusedHeader("{" + tensor("x", dtype, shape, offsets) + "}", part);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{ | bad JSON",
        "[] | header should be",
        "{}x | bad JSON",
        "{}{} | something follows",
        "{} | 16 bytes after",
        "{\"x\":3} | tensor x should be",
        "{\"x\":{}} | lacks",
        "{\"x\":{\"dtype\":null,\"shape\":[4],\"data_offsets\":[0,16]}} | dtype should be",
        "{\"__metadata__\":{\"a\":1}} | __metadata__ a should be",
        "{\"__metadata__\":[]} | __metadata__ should be",
        "{\"__metadata__\":{},\"__metadata__\":{}} | Duplicate",
        "{\"x\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}} | Duplicate",
        "{\"a\\nb\\u001b[31m\":{}} | tensor a?b?[31m lacks",
        "{'x':{}} | bad JSON",
        "{\"x\":{\"dtype\":\"F32\" | bad JSON",
      })
  void wrongJson(String header, String part) throws IOException {
    refusedHeader(header, part);
  }

  @Test
  void twoTensors() throws IOException {
    String first = tensor("a", "F32", "[2]", "[0,8]");
    refusedHeader("{" + first + "," + tensor("a", "F32", "[2]", "[8,16]") + "}", "Duplicate");
    refusedHeader("{" + first + "," + tensor("b", "F32", "[3]", "[4,16]") + "}", "b overlaps");
    refusedHeader("{" + first + "," + tensor("b", "F32", "[2]", "[0,8]") + "}", "overlaps");
    refusedHeader(
        "{" + first + "," + tensor("b", "F32", "[1]", "[12,16]") + "}", "before tensor b");
  }

  @Test
  void deepAndLongHeaders() throws IOException {
    refusedHeader("{\"x\":{\"y\":" + "[".repeat(100_000), "bad JSON");
    refusedHeader("{\"" + "n".repeat(10_000) + "\":3}", "tensor nnn");
    refusedHeader("{\"x\":{\"shape\":[" + "9".repeat(5000) + "]}}", "bad JSON");
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100 bytes of header",
    "12000000000, 12.0 GB",
    "9223372036854775807, 9.2 EB",
    "-1, 18.4 EB",
    "-9223372036854775808, 9.2 EB"
  })
  void aHeaderLongerThanTheFile(long length, String part) throws IOException {
    refused(HeaderFile.write(folder, length, new byte[] {'{', '}'}, new byte[0]), part);
  }

  @Test
  void aHeaderBeyondTheFormatsLimitIsNotRead() throws IOException {
    Path file = HeaderFile.write(folder, 100_000_001, new byte[] {'{', '}'}, new byte[0]);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(200_000_000);
    }
    refused(file, "beyond the format's 100 MB");
  }

  @Test
  void aTensorBeyondTwoGibibytesIsRefused() throws IOException {
    String header = "{" + tensor("x", "F32", "[600000000]", "[0,2400000000]") + "}";
    Path file = HeaderFile.write(folder, header, new byte[0]);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(8 + header.length() + 2_400_000_000L);
    }
    refused(file, "tensor x is larger than 2 GiB");
  }

  @Test
  void emptyShortAndMissingFiles() throws IOException {
    refused(Files.write(folder.resolve("empty"), new byte[0]), "0 bytes");
    refused(Files.write(folder.resolve("short"), new byte[9]), "9 bytes");
    refused(HeaderFile.write(folder, 0, new byte[4], new byte[0]), "should be START_OBJECT");
    refused(folder.resolve("missing"), "no such file");
    refused(folder, "no such file");
  }

  @Test
  void anotherEncoding() throws IOException {
    byte[] broken = {'{', '"', (byte) 0xC3, '"', ':', '1', '}'};
    refused(HeaderFile.write(folder, broken, new byte[0]), "not UTF-8");
    byte[] wide = "{}".getBytes(StandardCharsets.UTF_16LE);
    refused(HeaderFile.write(folder, wide, new byte[0]), "bad JSON");
  }

  @Test
  void aPickleIsToldFromSafetensors() throws IOException {
    byte[] zip = {'P', 'K', 3, 4, 0, 0, 8, 8, 0, 0, 0, 0};
    refused(Files.write(folder.resolve("model.pth"), zip), "safetensors.torch.save_file");
    byte[] pickle = {
      (byte) 0x80, 2, (byte) 0x8A, 10, 'l', (byte) 0xFC, (byte) 0x9C, 'F', (byte) 0xF9
    };
    refused(Files.write(folder.resolve("old.pth"), java.util.Arrays.copyOf(pickle, 40)), "pickle");
  }

  @Test
  void aHeaderOf640BytesIsNoPickle() throws IOException {
    String header = "{" + tensor("x", "F32", "[4]", "[0,16]") + "}";
    String padded = header + " ".repeat(640 - header.length());
    Path file = HeaderFile.write(folder, padded, new byte[16]);
    assertEquals(java.util.List.of(4), Safetensors.open(file).shape("x"));
  }

  @Test
  void countersAreCheckedButNotListed() throws IOException {
    String counter = tensor("bn.num_batches_tracked", "I64", "[]", "[0,8]");
    String header = "{" + counter + "," + tensor("x", "F32", "[2]", "[8,16]") + "}";
    Path file = HeaderFile.write(folder, header, new byte[16]);
    assertEquals(java.util.Set.of("x"), Safetensors.open(file).names());
    refusedHeader(
        "{" + tensor("bn.num_batches_tracked", "I64", "[]", "[0,16]") + "}", "which is not");
    refusedHeader("{" + tensor("bn.weight", "I64", "[2]", "[0,16]") + "}", "dtype I64");
  }

  /** Any byte of a header changed: either still a file, or one clear line, and nothing else. */
  @Test
  void changedBytesNeverDoWorse() throws IOException {
    String header =
        "{\"__metadata__\":{\"format\":\"pt\"}," + tensor("x", "F32", "[4]", "[0,16]") + "}";
    byte[] whole = Files.readAllBytes(HeaderFile.write(folder, header, new byte[16]));
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] changed = whole.clone();
      changed[random.nextInt(whole.length)] = (byte) random.nextInt(256);
      Path file = Files.write(folder.resolve("changed"), changed);
      try {
        Safetensors opened = Safetensors.open(file);
        opened.names().forEach(opened::floats);
      } catch (IOException e) {
        assertTrue(String.valueOf(e.getMessage()).startsWith(file.toString()));
        refused++;
      }
    }
    assertTrue(refused > 300, refused + " refused");
  }
}
