package org.whisker.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a table that grows was after each of its rows: {@code NAME.partial.crc32c}, a line a row with
 * the length of the table in bytes and its CRC-32C. It says up to which row a partial table is as
 * it was written, and is removed when the table is whole.
 */
public final class WrittenLog implements Closeable {
  private static final String SUFFIX = ".partial.crc32c";
  private static final Pattern LINE = Pattern.compile("(\\d{1,18}) (\\d{1,10})\n");

  private final Path file;
  private final FileChannel channel;

  private WrittenLog(Path file, List<Written> kept) throws IOException {
    this.file = file;
    StringBuilder text = new StringBuilder();
    kept.forEach(row -> text.append(line(row)));
    AtomicFiles.write(file, text.toString());
    channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  /**
   * Opens that of a table.
   *
   * @param kept lines that stay; all others are removed
   */
  public static WrittenLog open(Path table, List<Written> kept) throws IOException {
    return new WrittenLog(of(table), kept);
  }

  private static Path of(Path table) {
    return table.resolveSibling(table.getFileName() + SUFFIX);
  }

  private static String line(Written row) {
    return row.bytes() + " " + row.crc32c() + "\n";
  }

  public static boolean exists(Path table) {
    return Files.isRegularFile(of(table));
  }

  /** All rows that were logged. A line that is damaged, or was not written whole, ends them. */
  public static List<Written> read(Path table) throws IOException {
    List<Written> rows = new ArrayList<>();
    String text = Files.readString(of(table), StandardCharsets.ISO_8859_1);
    Matcher line = LINE.matcher(text);
    while (line.lookingAt()) {
      rows.add(new Written(Long.parseLong(line.group(1)), Long.parseLong(line.group(2))));
      line.region(line.end(), text.length());
    }
    return rows;
  }

  /** The first of these rows: as many as the table, partial or finished, has as it was written. */
  public static List<Written> intact(Path table, List<Written> logged) {
    return List.copyOf(logged.subList(0, count(table, logged)));
  }

  /** How many are confirmed; each is a beginning of the next, so the search can halve. */
  private static int count(Path table, List<Written> rows) {
    int low = 0;
    int high = rows.size();
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (isIntact(table, rows.get(middle - 1))) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private static boolean isIntact(Path table, Written row) {
    try {
      CsvWriter.check(table, row);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Appends what is on the disk after one more row. */
  public void add(Written row) throws IOException {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line(row).getBytes(StandardCharsets.ISO_8859_1));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(false);
    } catch (IOException e) {
      throw AtomicFiles.inOneLine(file, e);
    }
  }

  /** Removes that of a table. */
  public static void delete(Path table) throws IOException {
    Files.deleteIfExists(of(table));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /**
   * How much of a growing file is safe on the disk.
   *
   * @param bytes length from its beginning
   * @param crc32c the CRC-32C of these bytes, 0 to 2³² − 1
   */
  public record Written(long bytes, long crc32c) {}
}
