package org.whisker.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Safetensors files written byte by byte, right or wrong. */
final class HeaderFile {
  private HeaderFile() {}

  static Path write(Path folder, String header, byte[] data) throws IOException {
    return write(folder, header.getBytes(StandardCharsets.UTF_8), data);
  }

  static Path write(Path folder, byte[] header, byte[] data) throws IOException {
    return write(folder, header.length, header, data);
  }

  static Path write(Path folder, long length, byte[] header, byte[] data) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(length).put(header).put(data);
    return Files.write(folder.resolve("made.safetensors"), bytes.array());
  }

  static byte[] floats(float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }
}
