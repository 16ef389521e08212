package org.whisker.onnx.graph;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.whisker.onnx.proto.Onnx.StringStringEntryProto;
import org.whisker.value.Text;

/**
 * The files beside a model in which large tensors may lie (ONNX's docs/ExternalData.md). A path
 * that leaves the model's folder is refused, also one that does so by a symbolic link.
 */
public final class ExternalData {
  private final Path folder;
  private final Map<Path, Long> sizes = new HashMap<>();

  /**
   * @param folder the folder of the model
   */
  public ExternalData(Path folder) {
    this.folder = folder;
  }

  /** The bytes of all files in which tensors were found so far, each counted once. */
  public long bytes() {
    return sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The bytes of the tensor {@code name}, mapped; exactly {@code bytes}. */
  public ByteBuffer read(String name, List<StringStringEntryProto> entries, long bytes)
      throws OnnxException {
    Map<String, String> keys = new HashMap<>();
    entries.forEach(entry -> keys.put(entry.getKey(), entry.getValue()));
    Path file = inside(name, keys.getOrDefault("location", ""));
    long offset = number(name, keys.getOrDefault("offset", "0"));
    long length = number(name, keys.getOrDefault("length", Long.toString(bytes)));
    if (length != bytes) {
      throw new OnnxException(
          Text.of(
              "tensor '%s' has %d bytes in %s, its shape needs %d; export the model again",
              name, length, file.getFileName(), bytes));
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (offset > channel.size() - length) {
        throw new OnnxException(
            "tensor '%s' lies beyond the end of %s; copy that file again"
                .formatted(name, file.getFileName()));
      }
      sizes.put(file, channel.size());
      return channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
    } catch (OnnxException e) {
      throw e;
    } catch (IOException e) {
      throw new OnnxException(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static long number(String name, String text) throws OnnxException {
    try {
      long value = Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // the same refusal
    }
    throw new OnnxException(
        "tensor '%s' has the offset or length '%s'; export the model again".formatted(name, text));
  }

  private Path inside(String name, String location) throws OnnxException {
    try {
      Path real = folder.toRealPath();
      Path file = real.resolve(location).normalize();
      if (location.isEmpty() || Path.of(location).isAbsolute() || !file.startsWith(real)) {
        throw leaves(name, location);
      }
      if (!Files.isRegularFile(file)) {
        throw new OnnxException(
            "tensor '%s' lies in '%s', which is not beside the model; copy it there"
                .formatted(name, location));
      }
      if (!file.toRealPath().startsWith(real)) {
        throw leaves(name, location);
      }
      return file;
    } catch (InvalidPathException e) {
      throw leaves(name, location);
    } catch (OnnxException e) {
      throw e;
    } catch (IOException e) {
      throw new OnnxException("the model's folder cannot be read: " + e.getMessage(), e);
    }
  }

  private static OnnxException leaves(String name, String location) {
    return new OnnxException(
        "tensor '%s' lies in '%s', outside the model's folder, which is refused; put the file beside the model"
            .formatted(name, location));
  }
}
