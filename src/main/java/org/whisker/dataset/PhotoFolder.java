package org.whisker.dataset;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.whisker.dataset.PhotoSet.Classes;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.dataset.PhotoSet.Photo;
import org.whisker.io.InputFile;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/**
 * A folder with {@code cat/} and {@code not_cat/}, each with at least one photo.
 *
 * @param folder the folder
 * @param photos its photos: the cats by name, then the others by name
 */
public record PhotoFolder(Path folder, List<Photo> photos) {
  /** Extensions of photos. */
  private static final Set<String> ENDINGS = Set.of("jpg", "jpeg", "png", "webp", "bmp", "gif");

  /** Those of photos that can't be read: each is said to be refused, where others are ignored. */
  private static final Set<String> UNREAD =
      Set.of("tif", "tiff", "avif", "heic", "heif", "jxl", "jp2");

  public PhotoFolder {
    photos = List.copyOf(photos);
    for (Label label : Label.values()) {
      Checks.refuse(count(photos, label) == 0, "%s has no %s photo", folder, label.folder());
    }
  }

  /**
   * Lists the photos of {@code folder}; opens none of them.
   *
   * @throws IOException if it is not such a folder, or one of its two subfolders is missing or
   *     empty
   */
  public static PhotoFolder open(Path folder) throws IOException {
    return open(folder, Classes.CAT);
  }

  /**
   * Lists the photos of a folder, some of which show that class; opens none of them.
   *
   * @throws IOException if it has no photo of the class, or none of another
   */
  public static PhotoFolder open(Path folder, Classes classes) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          folder
              + (Files.exists(folder) ? " is not a folder" : " not found")
              + "; "
              + classes.expected());
    }
    InputFile.requireOpen(folder);
    PhotoOrigins origins = PhotoOrigins.of(folder);
    List<Photo> photos = new ArrayList<>();
    for (Label label : Label.values()) {
      for (Path file : images(folder, label, classes)) {
        photos.add(new Photo(file, label, origins.originOf(file)));
      }
    }
    return new PhotoFolder(folder, photos);
  }

  private static int count(Collection<Photo> photos, Label label) {
    return (int) photos.stream().filter(photo -> photo.label() == label).count();
  }

  private static List<Path> images(Path folder, Label label, Classes classes) throws IOException {
    List<Path> halves = classes.folders(folder, label);
    if (halves.isEmpty()) {
      throw new IOException(
          "%s has no folder %s/; %s"
              .formatted(folder, classes.folder(label), classes.expected() + splitsHint(folder)));
    }
    List<Path> images = new ArrayList<>();
    for (Path half : halves) {
      try (Stream<Path> files = Files.list(half)) {
        // by name as text: the order of Path differs between systems
        files
            .filter(file -> isImage(file.getFileName().toString()))
            .filter(Files::isRegularFile)
            .sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
            .forEach(images::add);
      }
    }
    if (images.isEmpty()) {
      throw new IOException(noImages(halves.get(0)) + "; " + classes.expected());
    }
    return images;
  }

  /** What is said of a folder without images: which files would be, and one that is none. */
  public static String noImages(Path folder) throws IOException {
    String kinds = String.join(", ", ENDINGS.stream().sorted().toList());
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !name.startsWith("."))
          .min(Comparator.naturalOrder())
          .map(other -> Text.of("%s has no images (%s); %s is none", folder, kinds, other))
          .orElse(Text.of("%s has no images (%s)", folder, kinds));
    }
  }

  private static String splitsHint(Path folder) {
    return Files.isDirectory(folder.resolve(PhotoSet.TEST))
        ? "; name one of the splits in it, such as " + folder.resolve(PhotoSet.TEST)
        : "";
  }

  /** Whether a file with this name counts as a photo. */
  public static boolean isImage(String name) {
    int dot = name.lastIndexOf('.');
    String ending = name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return dot > 0 && (ENDINGS.contains(ending) || UNREAD.contains(ending));
  }

  /** The origin of photos, from a manifest or else from their names. */
  record PhotoOrigins(Path base, Map<String, String> byFile) {
    static final String MANIFEST = "MANIFEST.csv";
    static final String UNKNOWN = "unknown";

    private static final List<String> COLUMNS = List.of("file", "origin");
    private static final Pattern NUMBERED = Pattern.compile("(.+)_\\d+");
    private static final CSVFormat FORMAT =
        CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

    /** Looks for a manifest in {@code folder}, then in its parent; it is optional. */
    static PhotoOrigins of(Path folder) throws IOException {
      Path here = folder.toAbsolutePath().normalize();
      for (Path base = here; base != null; base = base.equals(here) ? here.getParent() : null) {
        Path manifest = base.resolve(MANIFEST);
        if (Files.isRegularFile(manifest)) {
          return new PhotoOrigins(base, read(manifest));
        }
      }
      return new PhotoOrigins(here, Map.of());
    }

    private static Map<String, String> read(Path manifest) throws IOException {
      Map<String, String> byFile = new HashMap<>();
      try (CSVParser rows = DatasetTable.parser(manifest, FORMAT)) {
        if (!rows.getHeaderNames().containsAll(COLUMNS)) {
          throw new IOException(
              "%s has the columns %s; it needs %s: add them, or remove the file"
                  .formatted(manifest, rows.getHeaderNames(), COLUMNS));
        }
        for (CSVRecord row : rows) {
          if (!row.isConsistent() || row.get("origin").isBlank()) {
            throw new IOException(
                Text.of(
                    "%s, row %d: a column is missing or the origin is blank; mend the row, or"
                        + " remove the file",
                    manifest, row.getRecordNumber()));
          }
          byFile.put(row.get("file"), row.get("origin"));
        }
      } catch (IllegalArgumentException | UncheckedIOException e) {
        throw new IOException(
            manifest
                + (" is no CSV of file,origin: " + DatasetTable.reason(e) + "; mend or remove it"),
            e);
      }
      return byFile;
    }

    /**
     * The origin in the manifest; else the file's name up to its last {@code _digits}; else
     * "unknown".
     */
    String originOf(Path file) {
      String key =
          base.relativize(file.toAbsolutePath().normalize())
              .toString()
              .replace(File.separatorChar, '/');
      String listed = byFile.get(key);
      return listed != null ? listed : fromName(file.getFileName().toString());
    }

    static String fromName(String fileName) {
      int dot = fileName.lastIndexOf('.');
      Matcher numbered = NUMBERED.matcher(dot < 0 ? fileName : fileName.substring(0, dot));
      return numbered.matches() ? numbered.group(1) : UNKNOWN;
    }
  }
}
