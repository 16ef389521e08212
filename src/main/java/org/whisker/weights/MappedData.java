package org.whisker.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tensors of a file as memory maps. Adjacent tensors share a map of up to 2 GiB, so that both
 * large files and files of a million small tensors can be mapped.
 */
final class MappedData {
  private final Map<String, ByteBuffer> tensors = new HashMap<>();

  /** Maps the tensors of a header; the channel may be closed afterwards. */
  MappedData(FileChannel channel, SafetensorsHeader header, MapMode mode) throws IOException {
    List<TensorEntry> entries = header.entries();
    int first = 0;
    while (first < entries.size()) {
      int end = first + 1;
      long start = entries.get(first).begin();
      while (end < entries.size() && entries.get(end).end() - start <= Integer.MAX_VALUE) {
        end++;
      }
      long length = entries.get(end - 1).end() - start;
      ByteBuffer map = channel.map(mode, header.dataStart() + start, length);
      for (TensorEntry entry : entries.subList(first, end)) {
        tensors.put(entry.name(), map.slice((int) (entry.begin() - start), (int) entry.length()));
      }
      first = end;
    }
  }

  /** The bytes of a tensor listed in the header, little-endian. */
  ByteBuffer bytes(String name) {
    ByteBuffer bytes = tensors.get(name);
    if (bytes == null) {
      throw new IllegalStateException("not mapped: " + name);
    }
    return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }
}
