package org.whisker.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.whisker.io.Csv.CsvRow;
import org.whisker.io.Csv.CsvTable;
import org.whisker.random.SplitMix64;

class CsvTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    Path file = folder.resolve("in.csv");
    Files.writeString(file, text);
    return file;
  }

  private static String complaint(Path file) {
    return String.valueOf(assertThrows(IOException.class, () -> Csv.read(file)).getMessage());
  }

  @Test
  void tablesComeBackAsTheyWere() throws IOException {
    CsvTable table =
        new CsvTable(
            List.of("name", "value"),
            List.of(
                List.of("a,b", "1"),
                List.of("say \"hi\"", ""),
                List.of("two\nlines", "ü−Δ"),
                List.of("", "#")));
    Path file = folder.resolve("t.csv");
    Csv.write(file, table);
    assertEquals(table, Csv.read(file));
  }

  @Test
  void numbersAreWrittenAlikeInEveryCountry() throws IOException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try (CsvWriter writer =
        CsvWriter.create(folder.resolve("n.csv"), List.of("a", "b", "c", "d"))) {
      writer.row(1234567.5, 0.1f, OptionalDouble.empty(), 3);
      writer.row(null, -1e-9, OptionalDouble.of(2), true);
      writer.finish();
    } finally {
      Locale.setDefault(before);
    }
    assertEquals(
        "a,b,c,d\n1234567.5,0.1,,3\n,-1E-9,2,true\n", Files.readString(folder.resolve("n.csv")));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1,0.1",
    "100,100",
    "2E23,2E+23",
    "-0.0,-0",
    "0.00002,0.00002",
    "2.0E-3,0.002",
    "1.0E15,1000000000000000",
    "4.9E-324,4.9E-324",
    "NaN,NaN"
  })
  void fewestDigits(double value, String text) {
    assertEquals(Double.compare(value, Double.parseDouble(Decimals.shortest(value))), 0);
    assertEquals(text.equals("4.9E-324") ? "5E-324" : text, Decimals.shortest(value));
  }

  @Test
  void everyNumberReadsBackTheSame() {
    SplitMix64 random = new SplitMix64(7);
    for (int i = 0; i < 20_000; i++) {
      double d = Double.longBitsToDouble(random.nextLong());
      assertEquals(0, Double.compare(d, Double.parseDouble(Decimals.shortest(d))));
      float f = Float.intBitsToFloat(random.nextInt());
      assertEquals(0, Float.compare(f, Float.parseFloat(Decimals.shortest(f))));
    }
  }

  @Test
  void complaintsNameFileAndLine() throws IOException {
    Path file = file("x,y\n1,2\n3\n");
    assertEquals(file + ":3: has 1 cells, the header has 2", complaint(file));
    List<CsvRow> rows = Csv.rows(file("x,y\n1,2\n3,four\n5,\n"));
    assertEquals(1, rows.get(0).integer("x"));
    IOException bad = assertThrows(IOException.class, () -> rows.get(1).number("y"));
    assertEquals(file + ":3: y is \"four\", expected a number", bad.getMessage());
    IOException empty = assertThrows(IOException.class, () -> rows.get(2).number("y"));
    assertEquals(file + ":4: y is empty, expected a number", empty.getMessage());
    IOException none = assertThrows(IOException.class, () -> rows.get(0).text("z"));
    assertEquals(file + " has no column \"z\"; it has x, y", none.getMessage());
  }

  @Test
  void damagedFilesAreNamed() throws IOException {
    assertTrue(
        complaint(file(""))
            .endsWith("in.csv is empty; a CSV file begins with a line of column names"));
    assertTrue(complaint(file("a,a\n")).contains("in.csv:1: a column occurs twice"));
    assertTrue(complaint(file("a,b\n1,2\n\"open,3\n")).contains("in.csv:"));
    assertTrue(complaint(folder.resolve("no.csv")).endsWith("no.csv does not exist"));
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "a,b\n\u00fc,1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertTrue(complaint(latin).contains("is not UTF-8 text"));
  }

  @Test
  void otherProgramsFilesAreRead() throws IOException {
    CsvTable table = Csv.read(file("\ufeffrun,x\r\n1,2\r\n\r\n3,4\r\n"));
    assertEquals(List.of("run", "x"), table.header());
    assertEquals(List.of(List.of("1", "2"), List.of("3", "4")), table.rows());
  }

  @Test
  void aGrowingFileGetsItsNameWhenFinished() throws IOException {
    Path target = folder.resolve("g.csv");
    CsvWriter.Written kept;
    try (CsvWriter writer = CsvWriter.create(target, List.of("i"))) {
      writer.row(1);
      writer.row(2);
      kept = writer.sync();
      writer.row(3);
    }
    assertFalse(Files.exists(target));
    try (CsvWriter writer = CsvWriter.resumeAt(target, List.of("i"), kept)) {
      assertThrows(IllegalArgumentException.class, () -> writer.row(1, 2));
      writer.row(9);
      writer.finish();
    }
    assertEquals("i\n1\n2\n9\n", Files.readString(target));
    assertFalse(Files.exists(folder.resolve("g.csv.partial")));
    CsvWriter.Written more = new CsvWriter.Written(100, 0);
    CsvWriter.Written other = new CsvWriter.Written(kept.bytes(), kept.crc32c() + 1);
    assertThrows(IOException.class, () -> CsvWriter.resumeAt(target, List.of("i"), more));
    assertThrows(IOException.class, () -> CsvWriter.resumeAt(target, List.of("i"), other));
  }

  /** Of what is written in one go the last wins, and nothing of any other is left. */
  @Test
  void writersOfOneFileDoNotMeet() throws IOException {
    Path target = folder.resolve("w.csv");
    List<String> header = List.of("i");
    try (CsvWriter first = CsvWriter.whole(target, header);
        CsvWriter second = CsvWriter.whole(target, header);
        CsvWriter third = CsvWriter.whole(target, header)) {
      first.row(1);
      second.row(2);
      third.row(3);
      second.finish();
      first.finish();
    }
    assertEquals("i\n1\n", Files.readString(target));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(target), files.toList());
    }
  }

  /**
   * A growing table is not renamed before it is whole, so a link in its place would be followed.
   */
  @Test
  void nothingIsWrittenThroughALink() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "mine");
    Path link = Files.createSymbolicLink(folder.resolve("a.csv.partial"), victim);
    IOException e =
        assertThrows(
            IOException.class, () -> CsvWriter.create(folder.resolve("a.csv"), List.of("a")));
    assertTrue(String.valueOf(e.getMessage()).contains(link + " is a link"), e.getMessage());
    assertEquals("mine", Files.readString(victim));
  }

  /** A table of a hundred megabytes in one line would become as many cells at once. */
  @Test
  void aLineThatIsTooLongIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("long.csv"), "a,".repeat(3_000_000));
    IOException e = assertThrows(IOException.class, () -> Csv.header(file));
    assertEquals(
        file + ":1: not valid CSV (a line of more than 4,000,000 characters)", e.getMessage());
  }
}
