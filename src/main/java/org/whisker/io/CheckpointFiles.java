package org.whisker.io;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * The last two checkpoints in a folder: {@code checkpoint.bin}, and {@code checkpoint.previous.bin}
 * as a fallback in case the former is damaged. A file consists of eight ASCII letters, a version,
 * the content, and a CRC-32C over all of these; numbers are big-endian.
 */
public final class CheckpointFiles {
  private static final long MAGIC = 0x776869736b63686bL; // "whiskchk"
  private static final int VERSION = 1;
  private static final int HEADER = Long.BYTES + Integer.BYTES;
  private static final int TRAILER = Integer.BYTES;
  private static final int BUFFER = 1 << 16;

  private final Path newest;
  private final Path previous;
  private final Path next;

  public CheckpointFiles(Path folder) {
    newest = folder.resolve("checkpoint.bin");
    previous = folder.resolve("checkpoint.previous.bin");
    next = folder.resolve("checkpoint.next.bin");
  }

  /** Writes the content of a checkpoint. */
  @FunctionalInterface
  public interface Encoder {
    void writeTo(DataOutputStream out) throws IOException;
  }

  /** Reads the content of a checkpoint. */
  @FunctionalInterface
  public interface Decoder<T> {
    /**
     * Reads the content.
     *
     * @param length its length in bytes
     * @throws IOException when it is unusable; the previous checkpoint is then tried
     */
    T read(DataInputStream in, long length) throws IOException;
  }

  /**
   * Writes a checkpoint and keeps the previous one; however the process ends, one of them is
   * intact.
   */
  public void write(Encoder content) throws IOException {
    AtomicFiles.write(next, out -> encode(out, content));
    if (Files.exists(newest)) {
      AtomicFiles.rename(newest, previous);
    }
    AtomicFiles.rename(next, newest);
  }

  private static void encode(OutputStream file, Encoder content) throws IOException {
    CRC32C checksum = new CRC32C();
    DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(new CheckedOutputStream(file, checksum), BUFFER));
    out.writeLong(MAGIC);
    out.writeInt(VERSION);
    content.writeTo(out);
    out.flush();
    out.writeInt((int) checksum.getValue());
    out.flush();
  }

  /**
   * The newest intact and usable checkpoint; empty when there is none.
   *
   * @param notes receives one line when a checkpoint was skipped: a newer one, or the only one
   */
  public <T> Optional<T> read(Decoder<T> decoder, Consumer<String> notes) {
    List<String> troubles = new ArrayList<>();
    for (Path file : List.of(newest, previous)) {
      if (!Files.exists(file)) {
        continue;
      }
      try {
        T content = decode(file, decoder);
        if (!troubles.isEmpty()) {
          notes.accept(troubles.get(0) + "; going on from the checkpoint before it");
        }
        return Optional.of(content);
      } catch (IOException e) {
        troubles.add(file + " is damaged (" + e.getMessage() + ")");
      }
    }
    if (!troubles.isEmpty()) {
      notes.accept(String.join(", ", troubles) + "; starting the run over");
    }
    return Optional.empty();
  }

  private static <T> T decode(Path file, Decoder<T> decoder) throws IOException {
    long length = Files.size(InputFile.checked(file)) - HEADER - TRAILER;
    if (length < 0) {
      throw new IOException(Files.size(file) + " bytes");
    }
    checkSum(file, length);
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(InputFile.open(file), BUFFER))) {
      if (in.readLong() != MAGIC || in.readInt() != VERSION) {
        throw new IOException("not a checkpoint of this version of whisker");
      }
      return decoder.read(in, length);
    }
  }

  /** Verifies the checksum before any content is used. */
  private static void checkSum(Path file, long length) throws IOException {
    CRC32C checksum = new CRC32C();
    try (InputStream in = InputFile.open(file)) {
      InputStream checked = new CheckedInputStream(in, checksum);
      byte[] buffer = new byte[BUFFER];
      for (long left = HEADER + length; left > 0; ) {
        int read = checked.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          throw new IOException("cut off");
        }
        left -= read;
      }
      if (new DataInputStream(in).readInt() != (int) checksum.getValue()) {
        throw new IOException("its checksum is wrong");
      }
    }
  }

  /** Removes both, and the remains of an interrupted write. */
  public void delete() throws IOException {
    Files.deleteIfExists(next);
    Files.deleteIfExists(previous);
    Files.deleteIfExists(newest);
  }
}
