package org.whisker.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.io.CsvWriter;
import org.whisker.table.Table.TableWriter;

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

  private record Said(String measure, double pTarget, Side side) {}

  /** They knew no class but cat. */
  @Test
  void tablesOfEarlierVersionsAreRead() throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(file, "measure,p_cat,side\nnot_enough_cats,0.5,not-cat\n");
    List<Said> read = Table.of(Said.class).read(file);
    assertEquals(List.of(new Said("not_enough_targets", 0.5, Side.NOT_TARGET)), read);
  }

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

  private enum Side {
    TARGET("target"),
    NOT_TARGET("not-target"),
    UNKNOWN("");

    private final String label;

    Side(String label) {
      this.label = label;
    }

    @SuppressWarnings("UnusedMethod") // called by reflection
    String label() {
      return label;
    }
  }

  private record Labelled(Side side, double startPTarget, @Nullable Float logit) {}

  @Test
  void anEnumIsWrittenByItsLabelAndAFloatByItsOwnDigits() throws IOException {
    Path file = folder.resolve("t.csv");
    List<Labelled> rows =
        List.of(new Labelled(Side.NOT_TARGET, 0.1, 0.1f), new Labelled(Side.UNKNOWN, 0, null));
    Table<Labelled> table = Table.of(Labelled.class);
    table.write(file, rows);
    assertEquals(
        List.of("side,start_p_target,logit", "not-target,0.1,0.1", ",0,"),
        Files.readAllLines(file));
    assertEquals(rows, table.read(file));
  }

  @Test
  void goesOnAfterRowsThatAreThere() throws IOException {
    Path file = folder.resolve("t.csv");
    CsvWriter.Written kept;
    try (TableWriter<Row> writer = TABLE.writer(file)) {
      writer.row(FULL);
      kept = writer.sync();
      writer.row(FULL);
    }
    try (TableWriter<Row> writer = TableWriter.resumeAt(TABLE, file, kept)) {
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

  private record Part(int count, @Column(unit = "share", single = true) double share) {}

  private record Whole(
      String name,
      @Nullable Part first,
      @Column("other_") @Nullable Part second,
      @Column(optional = true) OptionalDouble extra) {}

  private static final Table<Whole> WHOLE = Table.of(Whole.class);

  @Test
  void aRecordInARecordIsItsColumns() throws IOException {
    Path file = folder.resolve("t.csv");
    Whole full = new Whole("a", new Part(1, 0.5), new Part(2, 0.1), OptionalDouble.of(3));
    Whole bare = new Whole("b", null, new Part(0, 0.25), OptionalDouble.empty());
    WHOLE.write(file, List.of(full, bare));
    assertEquals(
        List.of("name,count,share,other_count,other_share,extra", "a,1,0.5,2,0.1,3", "b,,,0,0.25,"),
        Files.readAllLines(file));
    assertEquals(List.of(full, bare), WHOLE.read(file));
    Files.writeString(file, "name,count,share,other_count,other_share\nc,,0.5,1,1\n");
    IOException e = assertThrows(IOException.class, () -> WHOLE.read(file));
    assertTrue(e.toString().contains("count is empty"), e.toString());
  }

  private record Held(String name, Measured measured) {}

  private record Measured(OptionalDouble mean, OptionalDouble low) {}

  private record Perhaps(String name, @Column("its_") Optional<Part> part) {}

  @Test
  void anOptionalRecordIsItsColumnsOrEmptyCells() throws IOException {
    Path file = folder.resolve("t.csv");
    Table<Perhaps> table = Table.of(Perhaps.class);
    List<Perhaps> rows =
        List.of(
            new Perhaps("a", Optional.of(new Part(1, 0.5))), new Perhaps("b", Optional.empty()));
    table.write(file, rows);
    assertEquals(List.of("name,its_count,its_share", "a,1,0.5", "b,,"), Files.readAllLines(file));
    assertEquals(rows, table.read(file));
  }

  @Test
  void aRecordThatIsNotNullableIsThereWithAllOfItsCellsEmpty() throws IOException {
    Path file = folder.resolve("t.csv");
    Held none = new Held("a", new Measured(OptionalDouble.empty(), OptionalDouble.empty()));
    Table<Held> table = Table.of(Held.class);
    table.write(file, List.of(none));
    assertEquals(List.of(none), table.read(file));
  }

  @Test
  void optionalColumnsCanBeLeftOut() throws IOException {
    Path file = folder.resolve("t.csv");
    Whole row = new Whole("a", new Part(1, 0.5), new Part(2, 0.1), OptionalDouble.of(3));
    WHOLE.without("extra").write(file, List.of(row));
    assertEquals(
        List.of("name,count,share,other_count,other_share", "a,1,0.5,2,0.1"),
        Files.readAllLines(file));
    assertEquals(OptionalDouble.empty(), WHOLE.read(file).get(0).extra());
    assertTrue(WHOLE.isIn(file));
    assertFalse(TABLE.isIn(file));
    assertFalse(WHOLE.isIn(folder.resolve("none.csv")));
    IOException e =
        assertThrows(IOException.class, () -> WHOLE.requireColumns(file, List.of("name", "count")));
    assertTrue(e.toString().contains("t.csv:1: has no column \"share\"; it has name, count"));
  }

  private record Scored(float logit, @Column(min = 0) Optional<Integer> flips) {
    @Column(after = Column.START)
    @SuppressWarnings("UnusedMethod") // called by reflection
    Side side() {
      return logit <= 0 ? Side.TARGET : Side.NOT_TARGET;
    }

    @Column(after = "logit", value = "p_target", unit = Column.PROBABILITY, format = "%.2f")
    double probability() {
      return 1 / (1 + Math.exp(logit));
    }

    @Column(after = "probability", title = "no", format = "%d")
    @SuppressWarnings("UnusedMethod") // called by reflection
    boolean not() {
      return logit > 0;
    }
  }

  private record Of(String image, Scored scored) {}

  private static final Table<Of> DERIVED = Table.of(Of.class, "derived.csv");

  @Test
  void whatFollowsFromTheComponentsHasItsOwnColumns() throws IOException {
    Path file = folder.resolve(DERIVED.file());
    List<Of> rows =
        List.of(
            new Of("a", new Scored(0, Optional.empty())),
            new Of("b", new Scored(2, Optional.of(3))));
    DERIVED.write(file, rows);
    assertEquals(
        List.of(
            "image,side,logit,p_target,not,flips",
            "a,target,0,0.5,0,",
            "b,not-target,2," + rows.get(1).scored().probability() + ",1,3"),
        Files.readAllLines(file));
    assertEquals(rows, DERIVED.read(file));
    assertEquals(
        List.of(List.of("p target", "no"), List.of("0.50", "0"), List.of("0.12", "1")),
        DERIVED.shown(rows));
  }

  @Test
  void aDerivedCellIsReadAsStrictlyAsAnyOther() throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(file, "image,side,logit,p_target,not,flips\na,cat,0,1.5,0,\n");
    IOException e = assertThrows(IOException.class, () -> DERIVED.read(file));
    assertTrue(e.toString().endsWith("t.csv:2: p_target is 1.5, expected 0 to 1"), e.toString());
    Files.writeString(file, "image,side,logit,p_target,not,flips\na,cat,0,0.5,0,-1\n");
    e = assertThrows(IOException.class, () -> DERIVED.read(file));
    assertTrue(e.toString().contains("flips is -1.0, expected 0.0 to Infinity"), e.toString());
  }

  private record Nowhere(int count) {
    @Column(after = "none")
    @SuppressWarnings("UnusedMethod") // called by reflection
    int twice() {
      return 2 * count;
    }
  }

  @Test
  void aDerivedColumnHasAPlace() {
    assertThrows(IllegalArgumentException.class, () -> Table.of(Nowhere.class));
  }
}
