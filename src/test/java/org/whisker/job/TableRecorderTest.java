package org.whisker.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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
    return recorder(resumed, new CheckpointClock())
        .fill(4, this::square, () -> computed.size() == stopAt, number -> {});
  }

  private TableRecorder<Square> recorder(boolean resumed, CheckpointClock clock) {
    return new TableRecorder<>(TABLE, squares(), resumed, notes::add, clock);
  }

  private Path squares() {
    return folder.resolve("squares.csv");
  }

  private Path partial() {
    return folder.resolve("squares.csv.partial");
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

  /** A process that is killed leaves what was there at the last full minute. */
  @Test
  void rowsAreKeptOnceAMinute() throws IOException {
    AtomicLong seconds = new AtomicLong();
    CheckpointClock clock = new CheckpointClock(60, () -> seconds.get() * 1_000_000_000);
    List<Integer> kept = new ArrayList<>();
    recorder(false, clock)
        .fill(
            4,
            number -> {
              kept.add(TABLE.readIfThere(partial()).size());
              seconds.addAndGet(31);
              return square(number);
            },
            () -> false,
            number -> {});
    assertEquals(List.of(0, 0, 2, 2), kept);
    assertFalse(Files.exists(partial()));
    assertEquals(4, TABLE.read(squares()).size());
  }

  @Test
  void rowsStayWhereTheWorkFails() throws IOException {
    TableRecorder<Square> recorder = recorder(false, new CheckpointClock());
    assertThrows(
        IOException.class,
        () ->
            recorder.fill(
                4,
                number -> {
                  if (number == 2) {
                    throw new IOException("no");
                  }
                  return square(number);
                },
                () -> false,
                number -> {}));
    assertTrue(fill(true, -1));
    assertEquals(List.of(0, 1, 2, 3), computed);
  }

  @Test
  void whatCannotBeReadIsComputedAgain() throws IOException {
    assertFalse(fill(false, 2));
    Files.writeString(partial(), "2,", StandardOpenOption.APPEND);
    assertTrue(fill(true, -1));
    assertEquals(List.of(0, 1, 0, 1, 2, 3), computed);
    assertEquals(1, notes.size());
    assertTrue(notes.get(0).startsWith(partial().toString()), notes.get(0));
    assertTrue(notes.get(0).endsWith("; computing all rows again"), notes.get(0));
    assertEquals(4, TABLE.read(squares()).size());
  }

  @Test
  void aWholeTableStays() throws IOException {
    assertTrue(fill(false, -1));
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
    TableRecorder<Square> recorder = recorder(false, new CheckpointClock());
    assertFalse(recorder.fill(2, number -> Optional.empty(), () -> false, number -> {}));
    assertFalse(Files.exists(folder.resolve("squares.csv")));
  }
}
