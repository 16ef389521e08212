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
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.whisker.value.IoConsumer;

/**
 * The checkpoint of a folder, {@code checkpoint.bin}: eight ASCII letters, a version, the content,
 * and a CRC-32C over all of these; numbers are big-endian. A new one takes the place of the one
 * before when it is whole.
 */
public final class CheckpointFile {
  private static final long MAGIC = 0x776869736b63686bL; // "whiskchk"
  private static final int VERSION = 1;
  private static final int HEADER = Long.BYTES + Integer.BYTES;
  private static final int TRAILER = Integer.BYTES;
  private static final int BUFFER = 1 << 16;

  private final Path file;

  public CheckpointFile(Path folder) {
    file = folder.resolve("checkpoint.bin");
  }

  /** Reads the content of a checkpoint. */
  @FunctionalInterface
  public interface Decoder<T> {
    /**
     * Reads the content.
     *
     * @param length its length in bytes
     * @throws IOException when it is unusable
     */
    T read(DataInputStream in, long length) throws IOException;
  }

  /** Writes a checkpoint; however the process ends, there is this one or the one before. */
  public void write(IoConsumer<DataOutputStream> content) throws IOException {
    AtomicFiles.write(file, out -> encode(out, content));
  }

  private static void encode(OutputStream file, IoConsumer<DataOutputStream> content)
      throws IOException {
    CRC32C checksum = new CRC32C();
    DataOutputStream out =
        new DataOutputStream(
            new BufferedOutputStream(new CheckedOutputStream(file, checksum), BUFFER));
    out.writeLong(MAGIC);
    out.writeInt(VERSION);
    content.accept(out);
    out.flush();
    out.writeInt((int) checksum.getValue());
    out.flush();
  }

  /**
   * The checkpoint; empty when there is none, or it is of no use.
   *
   * @param notes receives one line in that case
   */
  public <T> Optional<T> read(Decoder<T> decoder, Consumer<String> notes) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(decode(decoder));
    } catch (IOException e) {
      notes.accept(file + " is damaged (" + e.getMessage() + "); starting over");
      return Optional.empty();
    }
  }

  private <T> T decode(Decoder<T> decoder) throws IOException {
    long length = Files.size(InputFile.checked(file)) - HEADER - TRAILER;
    if (length < 0) {
      throw new IOException(Files.size(file) + " bytes");
    }
    checkSum(length);
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(InputFile.open(file), BUFFER))) {
      if (in.readLong() != MAGIC || in.readInt() != VERSION) {
        throw new IOException("not a checkpoint of this version of whisker");
      }
      return decoder.read(in, length);
    }
  }

  /** Verifies the checksum before any content is used. */
  private void checkSum(long length) throws IOException {
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

  public void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
