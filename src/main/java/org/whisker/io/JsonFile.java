package org.whisker.io;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    if (text.isBlank()) {
      throw new IOException(file + " is empty");
    }
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IOException(file + " is not valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** What is wrong with a text or an entry, in words that name no class of Java. */
  public static String problem(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      Stream<String> known = unknown.getKnownPropertyIds().stream().map(Object::toString).sorted();
      return "'%s' is unknown; known are %s"
          .formatted(unknown.getPropertyName(), known.collect(Collectors.joining(", ")));
    }
    String said = e.getOriginalMessage();
    return e instanceof MismatchedInputException other && said.startsWith("Cannot ")
        ? "must be " + form(other.getTargetType())
        : said;
  }

  private static String form(@Nullable Class<?> type) {
    if (type == null || type.isEnum()) {
      return "of another form";
    } else if (Collection.class.isAssignableFrom(type) || type.isArray()) {
      return "a list";
    } else if (Map.class.isAssignableFrom(type) || type.isRecord()) {
      return "a group of entries with names";
    } else if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    } else if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
      return "a number";
    }
    return "a text";
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
