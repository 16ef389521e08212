package org.whisker.io;

import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file that grows row by row under {@code NAME.partial}; {@link #finish} gives it its name.
 * If it is closed without that, complete rows stay in the partial file, from which {@link #resume}
 * continues.
 */
public final class CsvWriter implements Closeable {
  private final Path target;
  private final Path partial;
  private final int columns;
  private final FileChannel channel;
  private final Writer out;

  private CsvWriter(Path target, int columns, long keep) throws IOException {
    this.target = target;
    this.partial = partial(target);
    this.columns = columns;
    try {
      AtomicFiles.createParent(target);
      channel = FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.truncate(keep).position(keep);
    } catch (IOException e) {
      throw AtomicFiles.inOneLine(target, e);
    }
    out = Channels.newWriter(channel, StandardCharsets.UTF_8);
  }

  private CsvWriter(Path target, List<String> header, List<List<String>> rows) throws IOException {
    this(target, header.size(), 0);
    print(header);
    for (List<String> row : rows) {
      print(row);
    }
  }

  /** A new file; a partial file of an earlier attempt is overwritten. */
  public static CsvWriter create(Path target, List<String> header) throws IOException {
    CsvTable.checkHeader(header);
    return new CsvWriter(target, header, List.of());
  }

  /**
   * Continues after the first {@code rows} rows of an earlier attempt, partial or finished; later
   * rows are dropped.
   *
   * @throws IOException when the file has fewer rows, or other columns
   */
  public static CsvWriter resume(Path target, List<String> header, int rows) throws IOException {
    Path from = Files.exists(partial(target)) ? partial(target) : target;
    CsvTable table = Csv.read(from);
    if (!table.header().equals(header)) {
      throw new IOException(
          from + " has the columns " + table.header() + ", expected " + header + "; start afresh");
    }
    if (table.rows().size() < rows) {
      throw new IOException(
          from + " has " + table.rows().size() + " rows, expected " + rows + "; start afresh");
    }
    return new CsvWriter(target, header, table.rows().subList(0, rows));
  }

  /**
   * Continues after the first {@code bytes} bytes of an earlier attempt, partial or finished; the
   * number is one that {@link #sync} returned. Later bytes are dropped.
   *
   * @throws IOException when there are fewer bytes
   */
  public static CsvWriter resumeAt(Path target, List<String> header, long bytes)
      throws IOException {
    long there = length(target);
    if (there < bytes) {
      throw new IOException(
          target + " has " + there + " bytes left, expected " + bytes + "; start afresh");
    }
    if (!Files.exists(partial(target))) {
      AtomicFiles.rename(target, partial(target));
    }
    return new CsvWriter(target, header.size(), bytes);
  }

  /**
   * Length in bytes of the file of an earlier attempt, partial or finished; 0 when there is none.
   */
  public static long length(Path target) throws IOException {
    Path from = Files.exists(partial(target)) ? partial(target) : target;
    return Files.exists(from) ? Files.size(from) : 0;
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

  /** Forces the rows written so far to the disk, and returns the length of the file in bytes. */
  public long sync() throws IOException {
    try {
      out.flush();
      channel.force(false);
      return channel.position();
    } catch (IOException e) {
      throw AtomicFiles.inOneLine(target, e);
    }
  }

  /** Forces the rows to the disk and gives the file its name. */
  public void finish() throws IOException {
    try {
      out.flush();
      channel.force(true);
      out.close();
      AtomicFiles.rename(partial, target);
    } catch (IOException e) {
      throw AtomicFiles.inOneLine(target, e);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
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

  private static Path partial(Path target) {
    return target.resolveSibling(target.getFileName() + ".partial");
  }
}
