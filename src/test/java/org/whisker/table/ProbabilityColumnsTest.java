package org.whisker.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A logit can't stand where a probability is said to be, in any table. */
class ProbabilityColumnsTest {
  /** Names of columns of p(target) and of p-values; a relevance gain is a difference of two. */
  private static final Pattern PROBABILITY =
      Pattern.compile("(?!srg_p_target)(.*_)?(p|p_target|p_value)(_.*)?");

  @TempDir Path folder = Path.of("");

  private record Scored(
      @Column(unit = "probability") double pTarget,
      @Column(unit = "probability") OptionalDouble p,
      @Column(value = "p_target_", unit = "probability") Range range) {}

  private record Range(double low, float high) {}

  private static final Table<Scored> TABLE = Table.of(Scored.class);

  @Test
  void isRefusedOnWritingAndOnReading() throws IOException {
    Path file = folder.resolve("t.csv");
    TABLE.write(file, List.of(row(0, 1, 1 + 1e-12, 0.5f)));
    for (Scored bad :
        List.of(
            row(-2.8196, 0, 0, 0), row(0, 1.1, 0, 0), row(0, 0, -0.01, 0), row(0, 0, 0, 2.5f))) {
      assertThrows(IllegalArgumentException.class, () -> TABLE.write(file, List.of(bad)));
    }
    Files.writeString(file, "p_target,p,p_target_low,p_target_high\n0.5,,0,1\n-2.8196,,0,1\n");
    IOException e = assertThrows(IOException.class, () -> TABLE.read(file));
    assertTrue(
        String.valueOf(e.getMessage()).endsWith("t.csv:3: p_target is -2.8196, expected 0 to 1"));
  }

  private static Scored row(double pTarget, double p, double low, float high) {
    return new Scored(pTarget, OptionalDouble.of(p), new Range(low, high));
  }

  @Test
  void everyColumnOfAProbabilityIsDeclaredAsOne() throws ReflectiveOperationException {
    List<String> undeclared = new ArrayList<>();
    int declared = 0;
    for (Table<?> table : DataDictionaryTest.tables()) {
      for (int i = 0; i < table.header().size(); i++) {
        String column = table.header().get(i);
        boolean is = table.units().get(i).equals(Column.PROBABILITY);
        declared += is ? 1 : 0;
        if (!is && PROBABILITY.matcher(column).matches()) {
          undeclared.add(table.header() + ": " + column);
        }
      }
    }
    assertEquals(List.of(), undeclared);
    assertTrue(declared > 80, "only " + declared + " columns of probabilities were found");
  }
}
