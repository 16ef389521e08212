package org.whisker.dataset;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The origin of photos, from a manifest or else from their names. */
final class PhotoOrigins {
  static final String MANIFEST = "MANIFEST.csv";
  static final String UNKNOWN = "unknown";

  private static final List<String> COLUMNS = List.of("file", "origin");
  private static final Pattern NUMBERED = Pattern.compile("(.+)_\\d+");
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();

  private final Path base;
  private final Map<String, String> byFile;

  private PhotoOrigins(Path base, Map<String, String> byFile) {
    this.base = base;
    this.byFile = byFile;
  }

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
    try (CSVParser rows = CSVParser.parse(manifest, StandardCharsets.UTF_8, FORMAT)) {
      if (!rows.getHeaderNames().containsAll(COLUMNS)) {
        throw new IOException(
            "%s has the columns %s; it needs %s: add them, or remove the file"
                .formatted(manifest, rows.getHeaderNames(), COLUMNS));
      }
      for (CSVRecord row : rows) {
        if (!row.isConsistent() || row.get("origin").isBlank()) {
          throw new IOException(
              "%s, row %d: a column is missing or the origin is blank; mend the row, or remove the file"
                  .formatted(manifest, row.getRecordNumber()));
        }
        byFile.put(row.get("file"), row.get("origin"));
      }
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
