package org.whisker.dataset;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The photos of a dataset, opened or not: a folder with {@code cat/} and {@code not_cat/}, one of
 * such folders ({@code train/}, {@code val/}, …), or a CSV with the columns {@code path}, {@code
 * label} (cat, not_cat, 0 or 1) and perhaps {@code split}, paths relative to the CSV's folder.
 */
public final class DatasetListing {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

  private DatasetListing() {}

  /**
   * Lists the photos, by split, label and name; in a CSV, by row.
   *
   * @throws IOException in one line when there is none, or a row cannot be read
   */
  public static List<ListedPhoto> of(Path source) throws IOException {
    if (!Files.exists(source)) {
      throw new IOException(source + " not found; name a folder of photos, or a CSV of path,label");
    }
    List<ListedPhoto> photos = Files.isDirectory(source) ? folder(source) : csv(source);
    if (photos.isEmpty()) {
      throw new IOException(
          source + " has no photos in cat/ and not_cat/, nor in folders such as train/cat/");
    }
    return photos;
  }

  private static List<ListedPhoto> folder(Path folder) throws IOException {
    List<ListedPhoto> photos = new ArrayList<>(split(folder, ""));
    if (photos.isEmpty()) {
      for (Path inner : sorted(folder)) {
        if (Files.isDirectory(inner)) {
          photos.addAll(split(inner, inner.getFileName().toString()));
        }
      }
    }
    return photos;
  }

  private static List<ListedPhoto> split(Path folder, String name) throws IOException {
    List<ListedPhoto> photos = new ArrayList<>();
    for (Label label : Label.values()) {
      Path half = folder.resolve(label.folder());
      if (Files.isDirectory(half)) {
        for (Path file : sorted(half)) {
          if (PhotoFolder.isImage(file.getFileName().toString()) && Files.isRegularFile(file)) {
            photos.add(new ListedPhoto(file, label, name));
          }
        }
      }
    }
    return photos;
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
          .toList();
    }
  }

  private static List<ListedPhoto> csv(Path file) throws IOException {
    List<ListedPhoto> photos = new ArrayList<>();
    try (CSVParser rows = CSVParser.parse(file, StandardCharsets.UTF_8, FORMAT)) {
      List<String> columns = rows.getHeaderNames();
      if (!columns.containsAll(List.of("path", "label"))) {
        throw new IOException(
            file
                + " has the columns "
                + columns
                + "; it needs path and label (and may have split)");
      }
      for (CSVRecord row : rows) {
        photos.add(photo(file, row, columns.contains("split")));
      }
    } catch (IllegalArgumentException | java.io.UncheckedIOException e) {
      throw new IOException(file + " is no CSV of path,label: " + e.getMessage(), e);
    }
    return photos;
  }

  private static ListedPhoto photo(Path file, CSVRecord row, boolean splits) throws IOException {
    if (!row.isConsistent() || row.get("path").isBlank()) {
      throw new IOException(
          file + ", row " + row.getRecordNumber() + ": a column is missing; mend the row");
    }
    String word = row.get("label").strip().toLowerCase(Locale.ROOT);
    for (Label label : Label.values()) {
      if (word.equals(label.folder()) || word.equals(Integer.toString(label.classIndex()))) {
        Path path = file.resolveSibling(row.get("path").strip());
        return new ListedPhoto(path, label, splits ? row.get("split").strip() : "");
      }
    }
    throw new IOException(
        "%s, row %d: the label '%s' is none of cat, not_cat, 0 (cat) and 1"
            .formatted(file, row.getRecordNumber(), word));
  }
}
