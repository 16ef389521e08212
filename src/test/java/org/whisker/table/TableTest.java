package org.whisker.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {
  @TempDir Path folder = Path.of("");

  private enum Colour {
    RED,
    BLUE
  }

  private record Row(
      String name,
      int count,
      @Column(unit = "logit") double deltaLogit,
      @Column("ok") boolean fine,
      Colour colour,
      OptionalDouble p,
      OptionalLong images,
      OptionalInt run,
      @Nullable Double mean,
      @Column(optional = true) OptionalDouble later) {
    Row {
      if (count < 0) {
        throw new IllegalArgumentException("count must be 0 or more, was " + count);
      }
    }
  }

  private static final Table<Row> TABLE = Table.of(Row.class);

  private static final Row FULL =
      new Row(
          "a, \"b\"",
          3,
          -0.1,
          true,
          Colour.BLUE,
          OptionalDouble.of(0.25),
          OptionalLong.of(1L << 40),
          OptionalInt.of(7),
          1.5,
          OptionalDouble.of(2));
  private static final Row BARE =
      new Row(
          "",
          0,
          0,
          false,
          Colour.RED,
          OptionalDouble.empty(),
          OptionalLong.empty(),
          OptionalInt.empty(),
          null,
          OptionalDouble.empty());

  @Test
  void readsWhatItWrote() throws IOException {
    Path file = folder.resolve("t.csv");
    TABLE.write(file, List.of(FULL, BARE));
    assertEquals(List.of(FULL, BARE), TABLE.read(file));
    assertEquals(
        "name,count,delta_logit,ok,colour,p,images,run,mean,later",
        Files.readAllLines(file).get(0));
    assertEquals("logit", TABLE.units().get(2));
  }

  @Test
  void goesOnAfterRowsThatAreThere() throws IOException {
    Path file = folder.resolve("t.csv");
    try (TableWriter<Row> writer = TABLE.writer(file)) {
      writer.row(FULL);
      writer.row(FULL);
    }
    try (TableWriter<Row> writer = TableWriter.resume(TABLE, file, 1)) {
      writer.row(BARE);
      writer.finish();
    }
    assertEquals(List.of(FULL, BARE), TABLE.read(file));
  }

  @Test
  void readsOldFilesAndPassesOverOthersColumns() throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(
        file, "new,name,count,delta_logit,ok,colour,p,images,run,mean\n9,x,1,2,0,red,,,,\n");
    Row read = TABLE.read(file).get(0);
    assertEquals("x", read.name());
    assertEquals(OptionalDouble.empty(), read.later());
  }

  @Test
  void namesFileAndLineOfABadCell() throws IOException {
    assertTrue(
        complaint("x,-1,2,0,red,,,,\n").endsWith("t.csv:2: count must be 0 or more, was -1"));
    assertTrue(complaint("x,1,2,2,red,,,,\n").endsWith("t.csv:2: ok is 2, expected 0 or 1"));
    assertTrue(complaint("x,1,2,0,pink,,,,\n").contains("t.csv:2: colour is \"pink\""));
    assertTrue(complaint("x,1,,0,red,,,,\n").contains("t.csv:2: delta_logit is empty"));
    assertTrue(complaint("x,5000000000,2,0,red,,,,\n").contains("beyond what an int holds"));
  }

  private String complaint(String row) throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(file, "name,count,delta_logit,ok,colour,p,images,run,mean\n" + row);
    return String.valueOf(assertThrows(IOException.class, () -> TABLE.read(file)).getMessage());
  }

  private record Unfit(List<String> names) {}

  @Test
  void refusesWhatNoCellHolds() {
    assertThrows(IllegalArgumentException.class, () -> Table.of(Unfit.class));
  }
}
