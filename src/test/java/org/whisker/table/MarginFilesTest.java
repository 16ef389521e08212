package org.whisker.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.boundary.Margin;
import org.whisker.io.Csv;
import org.whisker.io.CsvRow;
import org.whisker.io.CsvWriter;
import org.whisker.table.MarginFiles.Row;

class MarginFilesTest {
  @TempDir Path folder;

  private static Margin found(float logit, int flips) {
    return new Margin(logit, 0.7, OptionalInt.of(2), OptionalInt.of(flips), -logit);
  }

  private static Margin lost(float logit) {
    return new Margin(logit, 0.1, OptionalInt.empty(), OptionalInt.empty(), logit / 2);
  }

  private Path written(List<Row> rows) throws IOException {
    Path file = folder.resolve("margins.csv");
    try (CsvWriter csv = CsvWriter.create(file, MarginFiles.HEADER)) {
      for (Row row : rows) {
        MarginFiles.append(csv, row);
      }
      csv.finish();
    }
    return file;
  }

  @Test
  void rowsComeBack() throws IOException {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("cat", "a.png", found(-1.2345678f, 3)));
    rows.add(new Row("not_cat", "b,c.png", lost(0.3f)));
    assertEquals(rows, MarginFiles.read(written(rows)));
    assertEquals(2, MarginFiles.known(folder.resolve("margins.csv")));
  }

  @Test
  void aDamagedRowIsNamed() throws IOException {
    Path file = written(List.of(new Row("cat", "a.png", found(-1, 3))));
    Files.writeString(file, Files.readString(file).replace(",3,2,", ",,2,"));
    IOException bad = assertThrows(IOException.class, () -> MarginFiles.read(file));
    assertTrue(String.valueOf(bad.getMessage()).contains("margins.csv:2: flips"), bad.toString());
  }

  @Test
  void theMedianCountsWhatWasNotReached() {
    List<Margin> margins = List.of(lost(1), found(1, 5), found(1, 1));
    assertEquals(
        OptionalDouble.of(5), MarginFiles.median(margins, m -> MarginFiles.number(m.flips())));
    List<Margin> even = List.of(lost(1), found(1, 5));
    assertEquals(
        OptionalDouble.empty(), MarginFiles.median(even, m -> MarginFiles.number(m.flips())));
    assertEquals(OptionalDouble.of(1), MarginFiles.median(even, m -> m.logit()));
  }

  @Test
  void aSummaryRowIsOfAGroupAndSide() throws IOException {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("cat", "a", found(-1, 3)));
    rows.add(new Row("cat", "b", found(2, 9)));
    rows.add(new Row("cat", "c", lost(-1)));
    MarginFiles.summary(folder, "Margins", rows, 200);
    List<CsvRow> summary = Csv.rows(folder.resolve("summary.csv"));
    assertEquals(2, summary.size());
    assertEquals("cat, seen as cat", summary.get(0).text("images"));
    assertEquals(1, summary.get(0).integer("not_reached"));
    assertEquals("", summary.get(0).text("median_flips"));
    assertEquals(9, summary.get(1).number("median_flips"));
    assertTrue(Files.size(folder.resolve("margins.png")) > 1000);
  }
}
