package org.whisker.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ColumnsTest {
  private record Searched(String search, int images) {}

  private static final Columns<Searched> COLUMNS =
      Columns.of(Searched.class)
          .with("search", Searched::search)
          .with("thousands", row -> row.images() / 1000.0);

  @Test
  void eachTitleStandsAboveItsCells() {
    List<Searched> rows = List.of(new Searched("chain", 2000), new Searched("greedy", 500));
    assertEquals(
        List.of(List.of("search", "thousands"), List.of("chain", "2.0"), List.of("greedy", "0.5")),
        COLUMNS.lines(rows));
    assertEquals(COLUMNS.lines(rows).subList(1, 3), COLUMNS.rows(rows));
  }

  @Test
  void aColumnMoreLeavesTheOthersAsTheyAre() {
    COLUMNS.with("images", Searched::images);
    assertEquals(List.of("search", "thousands"), COLUMNS.titles());
  }

  @Test
  void keysKeepTheirOrderAndRowsTheirs() {
    List<Searched> rows =
        List.of(new Searched("chain", 2), new Searched("greedy", 1), new Searched("chain", 1));
    assertEquals(
        "{chain=[2, 1], greedy=[1]}",
        Table.by(rows, Searched::search).entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    each -> each.getValue().stream().map(Searched::images).toList(),
                    (a, b) -> a,
                    LinkedHashMap::new))
            .toString());
  }
}
