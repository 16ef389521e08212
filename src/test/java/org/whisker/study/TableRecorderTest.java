package org.whisker.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.table.Table;

class TableRecorderTest {
  private record Square(int number, int square) {}

  private static final Table<Square> TABLE = Table.of(Square.class);

  @TempDir Path folder = Path.of("");
  private final List<Integer> computed = new ArrayList<>();

  private boolean fill(boolean resumed, int stopAt) throws IOException {
    return new TableRecorder<>(TABLE, folder.resolve("squares.csv"), resumed)
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
  void aNewTableBeginsAfresh() throws IOException {
    assertFalse(fill(false, 2));
    assertTrue(fill(false, -1));
    assertEquals(List.of(0, 1, 0, 1, 2, 3), computed);
  }

  @Test
  void aRowThatWasStoppedIsNotWritten() throws IOException {
    TableRecorder<Square> recorder =
        new TableRecorder<>(TABLE, folder.resolve("squares.csv"), false);
    assertFalse(recorder.fill(2, number -> Optional.empty(), () -> false, number -> {}));
    assertFalse(Files.exists(folder.resolve("squares.csv")));
  }
}
