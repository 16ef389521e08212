package org.whisker.io;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.whisker.value.Text;

/**
 * {@value #NAME} of a folder that a command wrote: where its results come from. It says in which
 * format the folder is, so that one of another version is refused in one line, not misread.
 */
public final class Manifest {
  public static final String NAME = "manifest.json";

  /**
   * The file beside it that says what the columns of the folder's tables hold, for whoever reads
   * them.
   */
  public static final String COLUMNS = "COLUMNS.md";

  /** The entry that says the format. */
  public static final String KEY = "format";

  /** The format that this version writes and reads; folders of 0.2 and before name none. */
  public static final int FORMAT = 1;

  private Manifest() {}

  /** The manifest's file in a folder. */
  public static Path file(Path folder) {
    return folder.resolve(NAME);
  }

  public static boolean isIn(Path folder) {
    return Files.isRegularFile(file(folder));
  }

  /**
   * Reads the manifest of a folder.
   *
   * @throws IOException in one line when it is missing or no JSON, or the folder is of another
   *     version's format
   */
  public static JsonNode read(Path folder) throws IOException {
    JsonNode content = JsonFile.read(file(folder));
    check(folder, content);
    return content;
  }

  /**
   * Looks at the format of a folder.
   *
   * @param content the content of its manifest
   * @throws IOException in one line that says what to do, when it is that of another version
   */
  public static void check(Path folder, JsonNode content) throws IOException {
    int format = content.path(KEY).asInt();
    if (format > FORMAT) {
      throw new IOException(
          Text.of(
              "%s was made by a newer whisker (format %d, this one knows %d); use that one",
              folder, format, FORMAT));
    }
    if (format < FORMAT) {
      throw new IOException(
          folder + " was made by whisker 0.2 or older; run its command again, or use version 0.2");
    }
  }

  /** Writes that of a folder whose work is done in one go. */
  public static void write(Path folder, Map<String, ?> content) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put(KEY, FORMAT);
    all.putAll(content);
    JsonFile.write(file(folder), all);
  }

  /**
   * An entry as text; empty where there is none, or no manifest.
   *
   * @param pointer a JSON pointer, such as {@code /model/name}
   * @throws IOException as {@link #read}
   */
  public static String text(Path folder, String pointer) throws IOException {
    return isIn(folder) ? read(folder).at(pointer).asText() : "";
  }
}
