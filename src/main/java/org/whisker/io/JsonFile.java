package org.whisker.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads JSON files, and writes maps, lists, text and numbers as such, with keys in the order of the
 * maps.
 */
public final class JsonFile {
  private static final JsonMapper MAPPER = new JsonMapper();

  private JsonFile() {}

  /**
   * Reads a file.
   *
   * @throws IOException with a one-line message naming the file when it is not valid JSON
   */
  public static JsonNode read(Path file) throws IOException {
    String text = InputFile.text(file);
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The content as {@link #read} would return it after writing. */
  public static JsonNode tree(Map<String, ?> content) throws IOException {
    return MAPPER.readTree(MAPPER.writeValueAsString(content));
  }

  /** Writes the file whole or not at all. */
  public static void write(Path target, Object content) throws IOException {
    AtomicFiles.write(target, text(content) + "\n");
  }

  /** The content as text of several lines, without the last line feed. */
  public static String text(Object content) throws IOException {
    return writer().writeValueAsString(content);
  }

  /** The same in ASCII, for a stream whose reader may expect any encoding. */
  public static String ascii(Object content) throws IOException {
    return writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsString(content);
  }

  private static ObjectWriter writer() {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    return MAPPER.writer(printer);
  }
}
