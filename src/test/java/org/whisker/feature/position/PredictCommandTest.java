package org.whisker.feature.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.position.Attraction.Removed;
import org.whisker.position.Attraction.Without;
import org.whisker.position.Forecast.Expected;
import org.whisker.position.LevelRun.Level;
import org.whisker.position.LevelRun.Reached;

class PredictCommandTest extends CommandFixture {
  private static final List<String> SHORT =
      List.of("predict", "tiny", "--device=cpu", "--quiet", "--places=100", "--runs=2");

  @BeforeEach
  void model() throws IOException {
    TinyModels.save(home, "tiny");
  }

  private Path predicted(String name, String... more) {
    Path out = home.resolve(name);
    assertEquals(0, command(PredictCommand::new, SHORT, more(out, more)), test.err());
    return out;
  }

  private static String[] more(Path out, String... more) {
    List<String> all = new ArrayList<>(List.of(more));
    all.add("--generations=20");
    all.add("--out=" + out);
    return all.toArray(String[]::new);
  }

  @Test
  void aForecastHasItsLevelsAndTheSameBytesAgain() throws IOException {
    Path once = predicted("once");
    assertTrue(test.out().contains("PILOT RULE"), test.out());
    List<Expected> rows = Expected.TABLE.readIn(once);
    assertEquals(Level.END, rows.get(rows.size() - 1).level());
    assertFalse(Files.exists(once.resolve(Reached.FILE)));
    assertFalse(Files.exists(once.resolve(Without.FILE)));
    assertEquals(
        -1, Files.mismatch(once.resolve(Expected.FILE), predicted("again").resolve(Expected.FILE)));
  }

  @Test
  void partsAreRemovedFromFitsAndFromTheNetworkThatIsObserved() throws IOException {
    Path out = predicted("out", "--observe=1", "--attraction");
    assertEquals(
        Set.of("network", "rolled"),
        Reached.TABLE.readIn(out).stream().map(Reached::arm).collect(Collectors.toSet()));
    for (String searched : List.of("fits", "network")) {
      List<Removed> removed =
          Without.TABLE.readIn(out).stream()
              .filter(row -> row.level() == Level.END && row.searched().equals(searched))
              .map(Without::removed)
              .toList();
      assertEquals(List.of(Removed.values()), removed);
    }
    assertTrue(test.out().contains("REMOVED"), test.out());
  }
}
