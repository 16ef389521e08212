package org.whisker.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.whisker.weights.DType.Storage;
import org.whisker.weights.SafetensorsHeader.TensorEntry;

/**
 * A safetensors file, memory-mapped: opening it reads only the header. F32 tensors are read in
 * place; F16, BF16 and F64 are converted by each call of {@link #floats}. Batch norm's {@code
 * num_batches_tracked} counters are checked like the rest but not listed.
 */
public final class Safetensors implements Weights {
  private record Slot(DType dtype, List<Integer> shape, boolean aligned) {}

  private final Path file;
  private final SortedMap<String, Slot> slots;
  private final Map<String, String> metadata;
  private final MappedData data;

  private Safetensors(
      Path file, SortedMap<String, Slot> slots, Map<String, String> metadata, MappedData data) {
    this.file = file;
    this.slots = slots;
    this.metadata = Collections.unmodifiableMap(metadata);
    this.data = data;
  }

  /**
   * Opens a file. Its header is checked against the bytes of the file, and no more memory is
   * allocated than the file has bytes.
   *
   * @throws IOException in one line, if it is missing, damaged, or not a safetensors file
   */
  public static Safetensors open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw SafetensorsHeader.unreadable(
          file, "there is no such file", "give the path of a safetensors file");
    }
    // a private map needs a writable channel, and lets native code write without changing the file;
    // a read-only file is mapped read-only
    boolean writable = Files.isWritable(file);
    Set<StandardOpenOption> options =
        writable
            ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE)
            : Set.of(StandardOpenOption.READ);
    try (FileChannel channel = FileChannel.open(file, options)) {
      SafetensorsHeader header = SafetensorsHeader.read(channel, file);
      MapMode mode = writable ? MapMode.PRIVATE : MapMode.READ_ONLY;
      MappedData data = new MappedData(channel, header, mode);
      return new Safetensors(file, slots(header), header.metadata(), data);
    }
  }

  private static SortedMap<String, Slot> slots(SafetensorsHeader header) throws IOException {
    SortedMap<String, Slot> slots = new TreeMap<>();
    for (TensorEntry entry : header.entries()) {
      if (!entry.counter()) {
        List<Integer> shape = entry.shape().stream().map(Math::toIntExact).toList();
        boolean aligned = (header.dataStart() + entry.begin()) % Float.BYTES == 0;
        slots.put(entry.name(), new Slot(SafetensorsHeader.dtype(entry), shape, aligned));
      }
    }
    return slots;
  }

  /**
   * Writes weights in one dtype, rounded to nearest, ties to even; the same input gives the same
   * bytes. The file appears under its name only when complete.
   *
   * @throws IOException also, naming it, for a tensor that holds NaN or a number outside the range
   *     of the dtype
   */
  public static void write(Path file, Weights weights, Map<String, String> metadata, DType dtype)
      throws IOException {
    write(file, weights, metadata, Storage.all(dtype));
  }

  /** Writes tensors of several dtypes. */
  public static void write(
      Path file, Weights weights, Map<String, String> metadata, Storage storage)
      throws IOException {
    new SafetensorsWriter(weights, metadata, storage).write(file);
  }

  /** The file's {@code __metadata__}, sorted; empty when it has none. */
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(slots.keySet());
  }

  @Override
  public List<Integer> shape(String name) {
    return slot(name).shape();
  }

  @Override
  public FloatBuffer floats(String name) {
    Slot slot = slot(name);
    ByteBuffer bytes = data.bytes(name);
    if (slot.dtype() == DType.F32 && slot.aligned()) {
      return bytes.asFloatBuffer().asReadOnlyBuffer();
    }
    FloatBuffer floats = FloatBuffer.allocate(bytes.remaining() / slot.dtype().bytes());
    slot.dtype().decode(bytes, floats);
    return floats.flip().asReadOnlyBuffer();
  }

  @Override
  public String origin() {
    return file.toString();
  }

  private Slot slot(String name) {
    Slot slot = slots.get(name);
    if (slot == null) {
      throw new NoSuchElementException(file + " has no tensor " + name);
    }
    return slot;
  }

  /**
   * The tensors of a file as memory maps. Adjacent tensors share a map of up to 2 GiB, so that both
   * large files and files of a million small tensors can be mapped.
   */
  private static final class MappedData {
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
}
