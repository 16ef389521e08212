package org.whisker.feature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.whisker.table.Table;

/** The page of all tables says what their declarations say. */
class TablesPageTest {
  private static final Path PAGE = Path.of("docs/tables.md");
  private static final String MADE = ColumnsFile.page();

  @Test
  void thePageIsOfTheseTables() throws IOException {
    if (Boolean.getBoolean("whisker.write")) {
      Files.writeString(PAGE, MADE);
    }
    assertEquals(
        MADE,
        Files.readString(PAGE),
        PAGE
            + " is older than the tables; make it again:"
            + " mvn test -Dtest=TablesPageTest -Dwhisker.write=true");
  }

  @Test
  void everyTableIsThere() {
    for (Table<?> table : Tables.all()) {
      assertTrue(MADE.contains("\n## " + table.file()), table.file());
    }
  }
}
