package org.whisker.cli;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.whisker.report.AtomicFiles;

/** Writes maps, lists, text and numbers as a JSON file, keys in the maps' own order. */
final class JsonFile {
  private static final JsonMapper MAPPER = new JsonMapper();

  private JsonFile() {}

  /** Writes it whole or not at all. */
  static void write(Path target, Map<String, ?> content) throws IOException {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    AtomicFiles.write(target, MAPPER.writer(printer).writeValueAsString(content) + "\n");
  }
}
