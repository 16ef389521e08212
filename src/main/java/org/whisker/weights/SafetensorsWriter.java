package org.whisker.weights;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.whisker.value.Text;
import org.whisker.weights.DType.Storage;

/** Writes one safetensors file: tensors sorted by name, header padded to 8 bytes by spaces. */
final class SafetensorsWriter {
  private static final int CHUNK = 1 << 16;

  private final Weights weights;
  private final Map<String, String> metadata;
  private final Storage storage;

  SafetensorsWriter(Weights weights, Map<String, String> metadata, Storage storage) {
    this.weights = weights;
    this.metadata = new TreeMap<>(metadata);
    this.storage = storage;
  }

  void write(Path file) throws IOException {
    WholeFile.write(
        file,
        channel -> {
          drain(header(), channel);
          for (String name : weights.names()) {
            writeTensor(name, channel, file);
          }
        });
  }

  private ByteBuffer header() throws IOException {
    byte[] json = json();
    int padded = (json.length + 7) / 8 * 8;
    ByteBuffer header = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(padded).put(json);
    while (header.hasRemaining()) {
      header.put((byte) ' ');
    }
    return header.flip();
  }

  private byte[] json() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        writeMetadata(json);
      }
      long offset = 0;
      for (String name : weights.names()) {
        offset = writeEntry(json, name, offset);
      }
      json.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private void writeMetadata(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("__metadata__");
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      json.writeStringField(entry.getKey(), entry.getValue());
    }
    json.writeEndObject();
  }

  private long writeEntry(JsonGenerator json, String name, long begin) throws IOException {
    DType dtype = storage.of(name);
    long size = dtype.bytes();
    json.writeObjectFieldStart(name);
    json.writeStringField("dtype", dtype.name());
    json.writeArrayFieldStart("shape");
    for (int dimension : weights.shape(name)) {
      json.writeNumber(dimension);
      size = Math.multiplyExact(size, (long) dimension);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("data_offsets");
    json.writeNumber(begin);
    json.writeNumber(begin + size);
    json.writeEndArray();
    json.writeEndObject();
    return begin + size;
  }

  private void writeTensor(String name, FileChannel channel, Path file) throws IOException {
    DType dtype = storage.of(name);
    FloatBuffer values = weights.floats(name);
    refuseUnwritable(name, values, file);
    ByteBuffer chunk =
        ByteBuffer.allocateDirect(CHUNK * dtype.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (int start = 0; start < values.limit(); start += CHUNK) {
      FloatBuffer part = values.slice(start, Math.min(CHUNK, values.limit() - start));
      dtype.encode(part, chunk.clear());
      drain(chunk.flip(), channel);
    }
  }

  private void refuseUnwritable(String name, FloatBuffer values, Path file) throws IOException {
    DType dtype = storage.of(name);
    OptionalInt bad = firstBeyond(values, dtype.limit());
    if (bad.isPresent()) {
      throw new IOException(
          Text.of(
              "%s was not written: %s holds %s, which %s cannot; train with a lower learning rate,"
                  + " or save in another dtype",
              file, SafetensorsHeader.quote(name), values.get(bad.getAsInt()), dtype));
    }
  }

  private static void drain(ByteBuffer bytes, FileChannel channel) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Finds values that are not valid weights.
   *
   * <p>The index of the first value whose magnitude is not below {@code limit}, or that is NaN.
   */
  static OptionalInt firstBeyond(FloatBuffer values, float limit) {
    for (int i = 0, n = values.limit(); i < n; i++) {
      if (!(Math.abs(values.get(i)) < limit)) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
