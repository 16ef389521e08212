package org.whisker.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lines of CSV for a stream, in the form of {@link Csv}. */
public final class CsvText {
  private CsvText() {}

  /** One line with its line feed: text, numbers, booleans, optionals; null is an empty cell. */
  public static String line(@Nullable Object... cells) {
    List<String> texts = new ArrayList<>(cells.length);
    for (Object cell : cells) {
      texts.add(Csv.cell(cell));
    }
    StringBuilder line = new StringBuilder();
    try {
      Csv.print(line, texts);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // writing to memory does not fail
    }
    return line.toString();
  }
}
