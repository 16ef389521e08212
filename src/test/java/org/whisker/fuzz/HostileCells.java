package org.whisker.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvTable;

/**
 * Tables of folders that pages are drawn from, each cell of which is in turn a value that a table
 * may hold and no chart can show, or that no column of its kind has.
 */
public final class HostileCells {
  private static final List<String> VALUES =
      List.of("NaN", "1e20", "-1e20", "Infinity", "-1", "", "../..", "<b>&", "2147483648", "0.5");

  private HostileCells() {}

  /**
   * Draws the pages of a folder of {@code explain} and one of {@code evolve} with each.
   *
   * @return what was neither drawn nor refused in a line
   */
  public static List<String> run(Path scratch) throws IOException {
    List<String> problems = new ArrayList<>();
    int count = 0;
    for (Decoder decoder : Decoders.PAGES) {
      Path folder = Files.createDirectories(scratch.resolve(decoder.name()));
      FolderSeeds.write(decoder, folder);
      for (String file : decoder.files()) {
        if (file.endsWith(".csv")) {
          count += cells(decoder, folder, folder.resolve(file), problems);
        }
      }
    }
    System.out.println(count + " cells");
    return problems;
  }

  /** The first row alone: others are read by the same code. */
  private static int cells(Decoder decoder, Path folder, Path file, List<String> problems)
      throws IOException {
    CsvTable whole = Csv.read(file);
    int count = 0;
    for (int column = 0; column < whole.header().size() && !whole.rows().isEmpty(); column++) {
      for (String value : VALUES) {
        List<List<String>> rows = new ArrayList<>(whole.rows());
        List<String> first = new ArrayList<>(rows.get(0));
        first.set(column, value);
        rows.set(0, first);
        Csv.write(file, new CsvTable(whole.header(), rows));
        count++;
        try {
          decoder.read(folder);
        } catch (AssertionError e) {
          problems.add(
              "%s, %s '%s': %s".formatted(file, whole.header().get(column), value, e.getMessage()));
        }
      }
    }
    Csv.write(file, whole);
    return count;
  }
}
