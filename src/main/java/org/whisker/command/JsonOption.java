package org.whisker.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.whisker.io.JsonFile;
import org.whisker.table.Table;
import picocli.CommandLine.Option;

/**
 * The option {@code --json} of commands that print tables: it prints the same tables for a program
 * to read.
 */
public final class JsonOption {
  @Option(
      names = "--json",
      description = "Print the tables as JSON, under the names that columns have in CSV files.")
  private boolean json;

  public boolean asked() {
    return json;
  }

  /** One JSON object: tables by name, each a list of rows, and single values. */
  public static final class Document {
    private final Map<String, @Nullable Object> content = new LinkedHashMap<>();

    public <R extends Record> Document table(String name, Table<R> table, List<R> rows) {
      content.put(name, rows.stream().map(table::values).toList());
      return this;
    }

    /** The tables of a folder that are there, under the names of their files, and the folder. */
    public static Document of(Path folder, Table<?>... tables) throws IOException {
      Document document = new Document();
      for (Table<?> table : tables) {
        document.read(folder, table);
      }
      return document.value("folder", folder);
    }

    private <R extends Record> void read(Path folder, Table<R> table) throws IOException {
      Path file = folder.resolve(table.file());
      if (table.isIn(file)) {
        table(table.file().replaceFirst("\\.csv$", ""), table, table.read(file));
      }
    }

    public Document value(String name, Object value) {
      content.put(name, value instanceof Number ? value : value.toString());
      return this;
    }

    /** Prints it, with a line feed. */
    public void print(PrintStream out) throws IOException {
      // as characters: a stream that names another class than cat does so in texts alone
      out.println(JsonFile.ascii(content).toCharArray());
    }
  }
}
