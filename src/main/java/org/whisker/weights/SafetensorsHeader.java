package org.whisker.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
      throw Damage.damaged(file, "it has only " + fileLength + " bytes");
    }
    ByteBuffer prefix = bytes(channel, 0, PREFIX + 1).order(ByteOrder.LITTLE_ENDIAN);
    refusePickle(prefix, file);
    long length = checkedLength(prefix.getLong(0), fileLength, file);
    byte[] json = bytes(channel, PREFIX, (int) length).array();
    long dataStart = PREFIX + length;
    try {
      HeaderParser.Parsed parsed = HeaderParser.parse(json);
      List<TensorEntry> entries = HeaderCheck.tiled(parsed.entries(), fileLength - dataStart);
      return new SafetensorsHeader(parsed.metadata(), entries, dataStart);
    } catch (JsonProcessingException e) {
      throw Damage.damaged(file, "bad JSON in its header: " + Damage.quote(e.getOriginalMessage()));
    } catch (CharacterCodingException e) {
      throw Damage.damaged(file, "its header is not UTF-8");
    } catch (IOException e) {
      throw Damage.damaged(file, String.valueOf(e.getMessage()));
    }
  }

  private static long checkedLength(long length, long fileLength, Path file) throws IOException {
    if (Long.compareUnsigned(length, fileLength - PREFIX) > 0) {
      throw Damage.damaged(
          file,
          "its header says "
              + Damage.size(length)
              + " of header, the file has "
              + Damage.size(fileLength));
    }
    if (length > LONGEST) {
      throw Damage.damaged(
          file, "a header of " + Damage.size(length) + " is beyond the format's 100 MB");
    }
    return length;
  }

  /** PyTorch's own files are zips of pickles, or bare pickles of protocol 2 in old ones. */
  private static void refusePickle(ByteBuffer prefix, Path file) throws IOException {
    boolean pickle = prefix.get(0) == (byte) 0x80 && prefix.get(1) == 2;
    boolean json = prefix.get(PREFIX) == '{';
    if (!json && (pickle || prefix.getInt(0) == ZIP)) {
      throw Damage.unreadable(
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
}
