package org.whisker.dataset;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.whisker.dataset.DatasetListing.ListedPhoto;
import org.whisker.dataset.PhotoSet.Classes;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.io.InputFile;
import org.whisker.value.Text;

/**
 * A CSV with the columns {@code path}, {@code label} and optionally {@code split}; other columns
 * are ignored.
 *
 * @param hasSplits whether there is a column {@code split}
 */
record DatasetTable(Path file, boolean hasSplits, List<Row> rows) {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setIgnoreSurroundingSpaces(true)
          .get();
  private static final long MOST_BYTES = 1L << 30;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  DatasetTable {
    rows = List.copyOf(rows);
  }

  /** A photo, and the line of the file that lists it. */
  record Row(ListedPhoto photo, long line) {}

  List<ListedPhoto> photos() {
    return rows.stream().map(Row::photo).toList();
  }

  /**
   * Reads a table; opens no photo.
   *
   * @throws IOException in one line, naming the line of the file
   */
  static DatasetTable read(Path file, Classes classes) throws IOException {
    try (CSVParser parser = parser(file, FORMAT)) {
      List<String> columns = parser.getHeaderNames();
      if (!columns.containsAll(List.of("path", "label"))) {
        throw new IOException(
            "%s has the columns %s; it needs path and label (and may have split)"
                .formatted(file, columns));
      }
      boolean splits = columns.contains("split");
      List<Row> rows = new ArrayList<>();
      for (CSVRecord row : parser) {
        long line = parser.getCurrentLineNumber();
        rows.add(new Row(photo(file, line, row, splits, classes), line));
      }
      return new DatasetTable(file, splits, rows);
    } catch (IllegalArgumentException | UncheckedIOException e) {
      throw new IOException(file + " is no CSV of path,label: " + reason(e), e);
    } catch (IOException e) {
      throw e.getCause() instanceof CharacterCodingException
          ? new IOException(file + " is not UTF-8 text; name a folder, or a CSV of path,label", e)
          : e;
    }
  }

  /** What the parser says, without the names of its classes. */
  static String reason(RuntimeException e) {
    @Nullable Throwable cause = e.getCause();
    return String.valueOf(cause == null ? e.getMessage() : cause.getMessage());
  }

  /** Begins a table that anybody may have written; a byte order mark is no part of it. */
  static CSVParser parser(Path file, CSVFormat format) throws IOException {
    String text = InputFile.text(file, MOST_BYTES);
    String bare = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    return CSVParser.parse(new StringReader(bare), format);
  }

  private static ListedPhoto photo(
      Path file, long line, CSVRecord row, boolean splits, Classes classes) throws IOException {
    if (!row.isConsistent() || row.get("path").isBlank()) {
      throw new IOException(
          Text.of(
              "%s, line %d: a column is missing, or there is one too many; mend the line",
              file, line));
    }
    String word = row.get("label").strip().toLowerCase(Locale.ROOT);
    Optional<Label> label = classes.label(word);
    if (label.isPresent()) {
      Path path = file.resolveSibling(row.get("path").strip());
      return new ListedPhoto(path, label.get(), splits ? row.get("split").strip() : "");
    }
    throw new IOException(
        Text.of(
            "%s, line %d: the label '%s' is none of %s, %s, 0 (%s) and 1",
            file,
            line,
            word,
            classes.folder(Label.CAT),
            classes.folder(Label.NOT_CAT),
            classes.folder(Label.CAT)));
  }
}
