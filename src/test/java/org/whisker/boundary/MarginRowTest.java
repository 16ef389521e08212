package org.whisker.boundary;

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
import org.whisker.io.Csv;
import org.whisker.io.Csv.CsvRow;
import org.whisker.table.PictureId;

class MarginRowTest {
  @TempDir Path folder;

  private static Margin found(float logit, int flips) {
    return new Margin(logit, OptionalInt.of(flips), OptionalInt.of(2), 0.7, -logit);
  }

  private static Margin lost(float logit) {
    return new Margin(logit, OptionalInt.empty(), OptionalInt.empty(), 0.1, logit / 2);
  }

  private static Margin.OfImage row(Margin margin) {
    return new Margin.OfImage(new PictureId("cat", "a.png"), margin);
  }

  private Path written(List<Margin.OfImage> rows) throws IOException {
    Path file = folder.resolve("margins.csv");
    Margin.OfImage.TABLE.write(file, rows);
    return file;
  }

  @Test
  void rowsComeBack() throws IOException {
    List<Margin.OfImage> rows = new ArrayList<>();
    rows.add(new Margin.OfImage(new PictureId("cat", "a.png"), found(-1.2345678f, 3)));
    rows.add(new Margin.OfImage(new PictureId("not_cat", "b,c.png"), lost(0.3f)));
    assertEquals(rows, Margin.OfImage.TABLE.read(written(rows)));
    assertEquals(
        "group,image,side,logit,p_target,flips,linear_flips,gradient_norm,linear_distance,last_logit",
        Files.readAllLines(folder.resolve("margins.csv")).get(0));
  }

  @Test
  void aDamagedRowIsNamed() throws IOException {
    Path file = written(List.of(row(found(-1, 3))));
    Files.writeString(file, Files.readString(file).replace(",3,2,", ",,2,"));
    IOException bad = assertThrows(IOException.class, () -> Margin.OfImage.TABLE.read(file));
    assertTrue(String.valueOf(bad.getMessage()).contains("margins.csv:2: flips"), bad.toString());
  }

  @Test
  void theMedianCountsWhatWasNotReached() {
    Margin.Summary odd =
        Margin.Summary.of(List.of(row(lost(1)), row(found(1, 5)), row(found(1, 1)))).get(0);
    assertEquals(OptionalDouble.of(5), odd.medianFlips());
    Margin.Summary even = Margin.Summary.of(List.of(row(lost(1)), row(found(1, 5)))).get(0);
    assertEquals(OptionalDouble.empty(), even.medianFlips());
    assertEquals(OptionalDouble.of(1), even.medianAbsLogit());
  }

  @Test
  void aSummaryRowIsOfAGroupAndSide() throws IOException {
    List<Margin.OfImage> rows = new ArrayList<>();
    rows.add(new Margin.OfImage(new PictureId("cat", "a"), found(-1, 3)));
    rows.add(new Margin.OfImage(new PictureId("cat", "b"), found(2, 9)));
    rows.add(new Margin.OfImage(new PictureId("cat", "c"), lost(-1)));
    Margin.Summary.TABLE.write(folder.resolve("summary.csv"), Margin.Summary.of(rows));
    List<CsvRow> summary = Csv.rows(folder.resolve("summary.csv"));
    assertEquals(2, summary.size());
    assertEquals("cat, seen as target", summary.get(0).text("images"));
    assertEquals(1, summary.get(0).integer("not_reached"));
    assertEquals("", summary.get(0).text("median_flips"));
    assertEquals(9, summary.get(1).number("median_flips"));
  }
}
