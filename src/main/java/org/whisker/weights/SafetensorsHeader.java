package org.whisker.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.whisker.value.Text;

/**
 * The checked header of a safetensors file: 8 bytes of little-endian length, then JSON.
 *
 * @param entries in file order, tiling the data
 * @param dataStart offset of the data in the file
 * @see <a href="https://github.com/huggingface/safetensors#format">the format</a>
 */
record SafetensorsHeader(Map<String, String> metadata, List<TensorEntry> entries, long dataStart) {
  /** The reference implementation's limit. */
  private static final long LONGEST = 100_000_000;

  private static final int PREFIX = 8;
  private static final int ZIP = 0x04034B50;

  static SafetensorsHeader read(FileChannel channel, Path file) throws IOException {
    long fileLength = channel.size();
    if (fileLength < PREFIX + 2) {
      throw damaged(file, "it has only " + fileLength + " bytes");
    }
    ByteBuffer prefix = bytes(channel, 0, PREFIX + 1).order(ByteOrder.LITTLE_ENDIAN);
    refusePickle(prefix, file);
    long length = checkedLength(prefix.getLong(0), fileLength, file);
    byte[] json = bytes(channel, PREFIX, (int) length).array();
    long dataStart = PREFIX + length;
    try {
      HeaderParser.Parsed parsed = HeaderParser.parse(json);
      List<TensorEntry> entries = tiled(parsed.entries(), fileLength - dataStart);
      return new SafetensorsHeader(parsed.metadata(), entries, dataStart);
    } catch (JsonProcessingException e) {
      throw damaged(file, "bad JSON in its header: " + quote(e.getOriginalMessage()));
    } catch (CharacterCodingException e) {
      throw damaged(file, "its header is not UTF-8");
    } catch (IOException e) {
      throw damaged(file, String.valueOf(e.getMessage()));
    }
  }

  private static long checkedLength(long length, long fileLength, Path file) throws IOException {
    if (Long.compareUnsigned(length, fileLength - PREFIX) > 0) {
      throw damaged(
          file, "its header says " + size(length) + " of header, the file has " + size(fileLength));
    }
    if (length > LONGEST) {
      throw damaged(file, "a header of " + size(length) + " is beyond the format's 100 MB");
    }
    return length;
  }

  /** PyTorch's own files are zips of pickles, or bare pickles of protocol 2 in old ones. */
  private static void refusePickle(ByteBuffer prefix, Path file) throws IOException {
    boolean pickle = prefix.get(0) == (byte) 0x80 && prefix.get(1) == 2;
    boolean json = prefix.get(PREFIX) == '{';
    if (!json && (pickle || prefix.getInt(0) == ZIP)) {
      throw unreadable(
          file,
          "it is a PyTorch file (pickle or zip), not safetensors",
          "convert it in Python: safetensors.torch.save_file(torch.load(FILE,"
              + " map_location=\"cpu\", weights_only=True), \"weights.safetensors\")");
    }
  }

  private static ByteBuffer bytes(FileChannel channel, long start, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) >= 0) {}
    return bytes;
  }

  /**
   * Reads the JSON of a safetensors header, token by token, so that memory stays proportional to
   * the bytes in the file. Does not check offsets and shapes: see {@link #tiled}.
   */
  private static final class HeaderParser {
    private static final int MOST_DIMENSIONS = 8;

    /**
     * Field names come from untrusted files, so they are neither interned nor canonicalised in hash
     * tables.
     */
    private static final JsonFactory JSON =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private final JsonParser parser;
    private final Map<String, String> metadata = new TreeMap<>();
    private final List<TensorEntry> entries = new ArrayList<>();

    private HeaderParser(JsonParser parser) {
      this.parser = parser;
    }

    record Parsed(Map<String, String> metadata, List<TensorEntry> entries) {}

    /**
     * @throws IOException whose message says what is wrong, without the file's name
     */
    static Parsed parse(byte[] header) throws IOException {
      Reader text =
          new InputStreamReader(
              new ByteArrayInputStream(header),
              StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT));
      try (JsonParser parser = JSON.createParser(text)) {
        HeaderParser reading = new HeaderParser(parser);
        reading.readAll();
        return new Parsed(reading.metadata, reading.entries);
      }
    }

    private void readAll() throws IOException {
      expect(parser.nextToken(), JsonToken.START_OBJECT, "the header");
      for (String key = nextKey(); key != null; key = nextKey()) {
        if (key.equals("__metadata__")) {
          readMetadata();
        } else {
          readEntry(key);
        }
      }
      if (parser.nextToken() != null) {
        throw new IOException("something follows the header's last brace");
      }
    }

    private void readMetadata() throws IOException {
      expect(parser.nextToken(), JsonToken.START_OBJECT, "__metadata__");
      for (String key = nextKey(); key != null; key = nextKey()) {
        expect(parser.nextToken(), JsonToken.VALUE_STRING, "__metadata__ " + quote(key));
        metadata.put(key, parser.getText());
      }
    }

    private void readEntry(String name) throws IOException {
      String label = "tensor " + quote(name);
      String dtype = null;
      List<Long> shape = null;
      List<Long> offsets = null;
      expect(parser.nextToken(), JsonToken.START_OBJECT, label);
      for (String key = nextKey(); key != null; key = nextKey()) {
        switch (key) {
          case "dtype" -> dtype = text(label + " dtype");
          case "shape" -> shape = numbers(label + " shape");
          case "data_offsets" -> offsets = numbers(label + " data_offsets");
          default -> skip();
        }
      }
      if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
        throw new IOException(label + " lacks a dtype, a shape or two data_offsets");
      }
      entries.add(new TensorEntry(name, dtype, shape, offsets.get(0), offsets.get(1)));
    }

    private String text(String what) throws IOException {
      expect(parser.nextToken(), JsonToken.VALUE_STRING, what);
      return parser.getText();
    }

    private List<Long> numbers(String what) throws IOException {
      expect(parser.nextToken(), JsonToken.START_ARRAY, what);
      List<Long> numbers = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        expect(parser.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
        if (numbers.size() == MOST_DIMENSIONS) {
          throw new IOException(what + " has more than " + MOST_DIMENSIONS + " numbers");
        }
        numbers.add(parser.getLongValue());
      }
      return numbers;
    }

    private void skip() throws IOException {
      parser.nextToken();
      parser.skipChildren();
    }

    private @Nullable String nextKey() throws IOException {
      return parser.nextToken() == JsonToken.FIELD_NAME ? parser.currentName() : null;
    }

    private static void expect(@Nullable JsonToken found, JsonToken wanted, String what)
        throws IOException {
      if (found != wanted) {
        throw new IOException(what + " should be " + wanted + " in its JSON, found " + found);
      }
    }
  }

  /**
   * Checks a safetensors header against the bytes of the file.
   *
   * <p>The entries in file order, if they tile the data exactly and each has the length of its
   * shape and dtype.
   *
   * @param dataLength the bytes after the header
   * @throws IOException whose message says what is wrong, without the file's name
   */
  static List<TensorEntry> tiled(List<TensorEntry> entries, long dataLength) throws IOException {
    List<TensorEntry> sorted =
        entries.stream()
            .sorted(
                Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
            .toList();
    long reached = 0;
    for (TensorEntry entry : sorted) {
      checkRange(entry, dataLength);
      checkSize(entry);
      checkFollows(entry, reached);
      reached = entry.end();
    }
    if (reached != dataLength) {
      throw new IOException(size(dataLength - reached) + " after the last tensor belong to none");
    }
    return sorted;
  }

  private static void checkRange(TensorEntry entry, long dataLength) throws IOException {
    if (entry.begin() < 0 || entry.end() < entry.begin() || entry.end() > dataLength) {
      throw new IOException(
          Text.of(
              "%s lies at %d to %d, outside the %d bytes of data",
              entry.label(), entry.begin(), entry.end(), dataLength));
    }
  }

  private static void checkSize(TensorEntry entry) throws IOException {
    long bytes = entry.counter() ? Long.BYTES : dtype(entry).bytes();
    for (long dimension : entry.shape()) {
      if (dimension < 0 || dimension > Integer.MAX_VALUE) {
        throw new IOException(entry.label() + " has an impossible shape " + entry.shape());
      }
      bytes = timesOrNegative(bytes, dimension);
    }
    if (bytes != entry.length()) {
      throw new IOException(
          Text.of(
              "%s has %d bytes, which is not %s of shape %s",
              entry.label(), entry.length(), entry.dtype(), entry.shape()));
    }
    if (bytes > Integer.MAX_VALUE) {
      throw new IOException(entry.label() + " is larger than 2 GiB");
    }
  }

  /** The product, or a negative number if it overflows, which equals no length. */
  private static long timesOrNegative(long a, long b) {
    return a < 0 || Math.multiplyHigh(a, b) != 0 || a * b < 0 ? -1 : a * b;
  }

  private static void checkFollows(TensorEntry entry, long reached) throws IOException {
    if (entry.begin() < reached) {
      throw new IOException(entry.label() + " overlaps the tensor before it");
    }
    if (entry.begin() > reached) {
      throw new IOException(
          size(entry.begin() - reached) + " before " + entry.label() + " belong to none");
    }
  }

  static DType dtype(TensorEntry entry) throws IOException {
    for (DType dtype : DType.values()) {
      if (dtype.name().equals(entry.dtype())) {
        return dtype;
      }
    }
    throw new IOException(
        Text.of(
            "%s has dtype %s, and only F16, BF16, F32 and F64 can be read",
            entry.label(), quote(entry.dtype())));
  }

  /**
   * One tensor as described by a safetensors header, not yet validated.
   *
   * @param begin offset of its bytes from the end of the header
   * @param end offset of the end of its bytes
   */
  record TensorEntry(String name, String dtype, List<Long> shape, long begin, long end) {
    TensorEntry {
      shape = List.copyOf(shape);
    }

    /** Whether it is batch norm's count of batches: an integer that is not part of the weights. */
    boolean counter() {
      return name.endsWith("num_batches_tracked") && dtype.equals("I64");
    }

    long length() {
      return end - begin;
    }

    String label() {
      return "tensor " + quote(name);
    }
  }

  private static final int DAMAGE_LONGEST = 200;

  /** One-line messages about weights files that cannot be used. */
  static IOException damaged(Path file, String why) {
    return new IOException(
        file + " is damaged: " + why + "; download it again or save the model again");
  }

  static IOException unreadable(Path file, String why, String mend) {
    return new IOException(file + " cannot be read: " + why + "; " + mend);
  }

  /** Text from a file, made safe for one line of a terminal. */
  static String quote(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= DAMAGE_LONGEST
        ? printable
        : printable.substring(0, DAMAGE_LONGEST) + "…";
  }

  /** An unsigned number of bytes in readable form: 512 bytes, 3.1 kB, 12.0 GB. */
  static String size(long bytes) {
    if (bytes >= 0 && bytes < 1000) {
      return bytes + " bytes";
    }
    double value = bytes >= 0 ? bytes : bytes + 0x1p64;
    int unit = Math.min((int) (Math.log10(value) / 3), 6);
    return Text.of("%.1f %cB", value / Math.pow(1000, unit), "kMGTPE".charAt(unit - 1));
  }
}
