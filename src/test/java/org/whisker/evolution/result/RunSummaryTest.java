package org.whisker.evolution.result;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.evolution.Evolution.Ending;
import org.whisker.evolution.Evolution.RunResult;
import org.whisker.evolution.Population.Individual;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

class RunSummaryTest {
  @TempDir Path folder = Path.of("");

  private static RunResult result(Ending ending, float logit, int... pixels) {
    BlackPixels image = BlackPixels.of(Canvas.square(8), pixels);
    OptionalDouble index = pixels.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(1 / 3.0);
    return new RunResult(5, ending, new Individual(image, logit, -1), index, 10, 100, 7);
  }

  @Test
  void isReadBackAsItWas() throws IOException {
    List<RunSummary> runs =
        List.of(
            RunSummary.of(
                1,
                result(Ending.TARGET, -1.2345678f, 3, 4),
                Optional.of(new RunSummary.Minimal(1, 0.1 + 0.2, 1L << 40, OptionalDouble.of(.7)))),
            RunSummary.failed(2, 6, "logit NaN,\n \"quoted\""),
            RunSummary.of(
                3,
                result(Ending.TIME, 0.1f),
                Optional.of(new RunSummary.Minimal(0, 0.9, 1, OptionalDouble.empty()))),
            RunSummary.of(4, result(Ending.STOPPED, 1e-20f, 9)));
    Path file = folder.resolve("summary.csv");
    RunSummary.TABLE.write(file, runs);
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(runs, RunSummary.TABLE.read(file));
    RunSummary.TABLE.write(file, RunSummary.TABLE.read(file));
    assertEquals(
        new String(bytes, java.nio.charset.StandardCharsets.UTF_8), Files.readString(file));
    assertEquals("logit NaN, \"quoted\"", runs.get(1).message());
    assertEquals(
        "2,6,failed,,,,,,,,,,,,\"logit NaN, \"\"quoted\"\"\"", Files.readAllLines(file).get(2));
  }

  @Test
  void finishedIsNeitherFailedNorStopped() {
    assertTrue(RunSummary.of(1, result(Ending.TIME, 0)).isFinished());
    assertFalse(RunSummary.of(1, result(Ending.STOPPED, 0)).isFinished());
    assertFalse(RunSummary.failed(1, 1, "no").isFinished());
    assertTrue(RunSummary.failed(1, 1, "no").isFailed());
    assertThrows(
        IllegalArgumentException.class,
        () -> new RunSummary(1, 1, "target", null, null, "no numbers"));
  }
}
