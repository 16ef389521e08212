package org.whisker.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.io.Csv.CsvTable;

class SpreadsheetCellTest {
  @TempDir private Path temp;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "'=1",
        "''-x",
        "-",
        "= "
      })
  void whatWouldBeRunIsTextAndReadsBack(String text) {
    String written = Csv.written(text);
    assertEquals("'" + text, written);
    assertEquals(text, Csv.readCell(written));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.5", "+3", "-1e-7", "-Infinity", "cat", "", "'cat", "a=b", "1-2", "−"})
  void numbersAndOtherTextStay(String text) {
    assertEquals(text, Csv.written(text));
    assertEquals(text, Csv.readCell(text));
  }

  @Test
  void aTableReadsBackAsItWas() throws IOException {
    Path file = temp.resolve("t.csv");
    List<List<String>> rows =
        List.of(List.of("=HYPERLINK(\"x\")", "-0.25"), List.of("'@a", "b"), List.of("", "-x"));
    Csv.write(file, new CsvTable(List.of("name", "value"), rows));
    assertEquals(
        "name,value\n\"'=HYPERLINK(\"\"x\"\")\",-0.25\n''@a,b\n,'-x\n", Files.readString(file));
    assertEquals(rows, Csv.read(file).rows());
    try (CsvWriter again = CsvWriter.whole(file, List.of("name", "value"))) {
      again.row("=2", -1);
      again.finish();
    }
    assertEquals(List.of(List.of("=2", "-1")), Csv.read(file).rows());
  }
}
