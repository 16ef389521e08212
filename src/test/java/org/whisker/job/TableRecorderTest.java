package org.whisker.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.job.JobFolder.TableRecorder;
import org.whisker.table.Table;

class TableRecorderTest {
  private record Square(int number, int square) {}

  private static final Table<Square> TABLE = Table.of(Square.class);

  @TempDir Path folder = Path.of("");
  private final List<Integer> computed = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private boolean fill(boolean resumed, int stopAt) throws IOException {
    return new TableRecorder<>(TABLE, folder.resolve("squares.csv"), resumed, notes::add)
        .fill(4, this::square, () -> computed.size() == stopAt, number -> {});
  }

  private Optional<Square> square(int number) {
    computed.add(number);
    return Optional.of(new Square(number, number * number));
  }

  @Test
  void rowsOfAnEarlierProcessAreKept() throws IOException {
    assertFalse(fill(false, 2));
    assertFalse(Files.exists(folder.resolve("squares.csv")));
    assertTrue(fill(true, -1));
    assertEquals(List.of(0, 1, 2, 3), computed);
    assertEquals(9, TABLE.read(folder.resolve("squares.csv")).get(3).square());
  }

  @Test
  void rowsThatWereChangedAreComputedAgain() throws IOException {
    assertFalse(fill(false, 3));
    Path partial = folder.resolve("squares.csv.partial");
    Files.writeString(partial, Files.readString(partial).replace("1,1", "1,7"));
    assertTrue(fill(true, -1));
    assertEquals(List.of(0, 1, 2, 1, 2, 3), computed);
    assertEquals(
        List.of(partial + " is not as it was written after row 1; going on from there"), notes);
    assertEquals(1, TABLE.read(folder.resolve("squares.csv")).get(1).square());
    assertFalse(Files.exists(folder.resolve("squares.csv.partial.crc32c")), "the log is gone");
  }

  /** Killed while it wrote a row: that row comes again, and there is nothing to tell. */
  @Test
  void halfARowIsCutOff() throws IOException {
    assertFalse(fill(false, 2));
    Path partial = folder.resolve("squares.csv.partial");
    Files.writeString(partial, "2,", StandardOpenOption.APPEND);
    Files.writeString(
        folder.resolve("squares.csv.partial.crc32c"), "31 12", StandardOpenOption.APPEND);
    assertTrue(fill(true, -1));
    assertEquals(List.of(0, 1, 2, 3), computed);
    assertEquals(List.of(), notes);
    assertEquals(4, TABLE.read(folder.resolve("squares.csv")).size());
  }

  @Test
  void aTableOfAnEarlierVersionHasNoLog() throws IOException {
    assertFalse(fill(false, 2));
    Files.delete(folder.resolve("squares.csv.partial.crc32c"));
    assertTrue(fill(true, -1));
    assertEquals(List.of(0, 1, 2, 3), computed);
    assertTrue(fill(true, -1));
    assertEquals(List.of(0, 1, 2, 3), computed);
  }

  @Test
  void aNewTableBeginsAfresh() throws IOException {
    assertFalse(fill(false, 2));
    assertTrue(fill(false, -1));
    assertEquals(List.of(0, 1, 0, 1, 2, 3), computed);
  }

  @Test
  void aRowThatWasStoppedIsNotWritten() throws IOException {
    TableRecorder<Square> recorder =
        new TableRecorder<>(TABLE, folder.resolve("squares.csv"), false, notes::add);
    assertFalse(recorder.fill(2, number -> Optional.empty(), () -> false, number -> {}));
    assertFalse(Files.exists(folder.resolve("squares.csv")));
  }
}
