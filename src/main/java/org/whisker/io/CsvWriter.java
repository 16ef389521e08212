package org.whisker.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;
import org.whisker.io.Csv.CsvTable;

/**
 * A CSV file that is written row by row under another name; {@link #finish} gives it its own. One
 * that grows is {@code NAME.partial} until then: if it is closed without that, complete rows stay,
 * from which {@link #resumeAt} continues. It has one writer at a time, who holds the folder. Of one
 * that is written in one go there may be several, each with a name that nobody else takes.
 */
public final class CsvWriter implements Closeable {
  private final Path target;
  private final Path partial;
  private final int columns;
  private final FileChannel channel;
  private final CRC32C checksum;
  private final Writer out;

  private CsvWriter(Path target, Path partial, int columns, long keep, CRC32C kept)
      throws IOException {
    this.target = target;
    this.checksum = kept;
    this.partial = partial;
    this.columns = columns;
    try {
      AtomicFiles.createParent(target);
      AtomicFiles.requirePlain(partial);
      channel = FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.truncate(keep).position(keep);
    } catch (IOException e) {
      throw AtomicFiles.inOneLine(target, e);
    }
    out =
        new OutputStreamWriter(
            new CheckedOutputStream(Channels.newOutputStream(channel), checksum),
            StandardCharsets.UTF_8);
  }

  /** A new file that is written in one go: closed before it is finished, it leaves nothing. */
  public static CsvWriter whole(Path target, List<String> header) throws IOException {
    return begun(target, AtomicFiles.temporary(target, ".partial"), header);
  }

  /** A new file that grows; a partial file of an earlier attempt is overwritten. */
  public static CsvWriter create(Path target, List<String> header) throws IOException {
    return begun(target, partial(target), header);
  }

  private static CsvWriter begun(Path target, Path partial, List<String> header)
      throws IOException {
    CsvTable.checkHeader(header);
    CsvWriter writer = new CsvWriter(target, partial, header.size(), 0, new CRC32C());
    writer.print(header);
    return writer;
  }

  /**
   * Continues after what {@link #sync} said was written by an earlier attempt, partial or finished.
   * Later bytes are dropped.
   *
   * @throws IOException when it is not there as it was written
   */
  public static CsvWriter resumeAt(Path target, List<String> header, Written kept)
      throws IOException {
    CRC32C checksum = check(target, kept);
    if (!Files.exists(partial(target))) {
      AtomicFiles.rename(target, partial(target));
    }
    return new CsvWriter(target, partial(target), header.size(), kept.bytes(), checksum);
  }

  /**
   * Holds the file of an earlier attempt, partial or finished, against what was written.
   *
   * @return checksum of these bytes
   * @throws IOException naming the file when bytes are missing or differ
   */
  public static CRC32C check(Path target, Written written) throws IOException {
    Path from = there(target);
    long there = Files.exists(from) ? Files.size(from) : 0;
    if (written.bytes() < 0 || there < written.bytes()) {
      throw new IOException(from + " has " + there + " bytes left, it needs " + written.bytes());
    }
    CRC32C checksum = checksum(from, written.bytes());
    if (checksum.getValue() != written.crc32c()) {
      throw new IOException(from + " is not as it was written");
    }
    return checksum;
  }

  private static CRC32C checksum(Path file, long bytes) throws IOException {
    CRC32C checksum = new CRC32C();
    if (bytes == 0) {
      return checksum;
    }
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = InputFile.open(file)) {
      for (long left = bytes; left > 0; ) {
        int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          throw new IOException(file + " was cut off while it was read");
        }
        checksum.update(buffer, 0, read);
        left -= read;
      }
    }
    return checksum;
  }

  /** Removes the file of an earlier attempt, partial or finished. */
  public static void delete(Path target) throws IOException {
    Files.deleteIfExists(partial(target));
    Files.deleteIfExists(target);
  }

  /**
   * Appends a row: text, numbers, booleans, optionals; null is an empty cell.
   *
   * @throws IllegalArgumentException when the number of cells differs from the header's
   */
  public void row(@Nullable Object... cells) throws IOException {
    if (cells.length != columns) {
      throw new IllegalArgumentException(
          "a row of " + cells.length + " cells for the " + columns + " columns of " + target);
    }
    List<String> texts = new ArrayList<>(cells.length);
    for (Object cell : cells) {
      texts.add(Csv.cell(cell));
    }
    print(texts);
  }

  /**
   * Passes the rows written so far to the operating system, where they survive the end of this
   * process.
   */
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw AtomicFiles.inOneLine(target, e);
    }
  }

  /** Forces the rows written so far to the disk, and returns how much that is. */
  public Written sync() throws IOException {
    try {
      out.flush();
      channel.force(false);
      return new Written(channel.position(), checksum.getValue());
    } catch (IOException e) {
      throw AtomicFiles.inOneLine(target, e);
    }
  }

  /** Forces the rows to the disk and gives the file its name. */
  public void finish() throws IOException {
    finish(true);
  }

  /** Gives the file its name; a power cut soon after can leave less of it under that name. */
  public void finishUnforced() throws IOException {
    finish(false);
  }

  private void finish(boolean force) throws IOException {
    try {
      out.flush();
      if (force) {
        channel.force(true);
      }
      out.close();
      AtomicFiles.rename(partial, target);
    } catch (IOException e) {
      throw AtomicFiles.inOneLine(target, e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } catch (IOException e) {
      throw AtomicFiles.inOneLine(target, e);
    } finally {
      if (!partial.equals(partial(target))) {
        Files.deleteIfExists(partial);
      }
    }
  }

  private void print(List<String> cells) throws IOException {
    StringBuilder line = new StringBuilder();
    Csv.print(line, cells);
    try {
      out.write(line.toString());
    } catch (IOException e) {
      throw AtomicFiles.inOneLine(target, e);
    }
  }

  /** The file of an earlier attempt: the partial one, unless there is none. */
  public static Path there(Path target) {
    return Files.exists(partial(target)) ? partial(target) : target;
  }

  /** Where a file is until it is whole. */
  public static Path partial(Path target) {
    return target.resolveSibling(target.getFileName() + ".partial");
  }

  /**
   * How much of a growing file is safe on the disk.
   *
   * @param bytes length from its beginning
   * @param crc32c the CRC-32C of these bytes, 0 to 2³² − 1
   */
  public record Written(long bytes, long crc32c) {}
}
