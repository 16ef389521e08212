package org.whisker.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.whisker.page.Section.DataTable;

class PageTextTest {
  private static String quantity(double value, double low, double high) {
    return PageText.quantity(
        OptionalDouble.of(value), OptionalDouble.of(low), OptionalDouble.of(high));
  }

  /** A share of 1 has an interval that is not [1, 1]. */
  @Test
  void anIntervalKeepsItsDecimals() {
    assertEquals("1.00 [0.76, 1.00]", quantity(1, 0.758, 1));
    assertEquals("24.0 [20.5, 30.0]", quantity(24, 20.5, 30));
    assertEquals("24 [20, 30]", quantity(24, 20, 30));
    assertEquals("0.120 [0.100, 0.140]", quantity(0.12, 0.1, 0.14));
    assertEquals("1234 [1000, 1500]", quantity(1234.4, 1000.1, 1500.2));
  }

  /** A million rows hang a browser, and hung what drew them. */
  @Test
  void aTableShowsItsFirstRows() {
    List<List<String>> rows = Collections.nCopies(5_000, List.of("1"));
    DataTable table = new DataTable(List.of("run"), rows, "Every run.");
    assertEquals(DataTable.MOST_ROWS, table.rows().size());
    assertEquals("Every run. These are the first 2,000 of 5,000 rows.", table.caption());
    assertEquals("Few.", new DataTable(List.of("run"), rows.subList(0, 3), "Few.").caption());
  }
}
