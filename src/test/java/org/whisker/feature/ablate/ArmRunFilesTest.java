package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.ablation.ArmRun;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/** A kept run is used as it was written, or not at all. */
class ArmRunFilesTest {
  @TempDir Path folder = Path.of("");
  private ArmRunFiles files = new ArmRunFiles(Path.of(""));
  private Path file = Path.of("");

  private static ArmRun run(long seed) {
    BlackPixels image = BlackPixels.of(Canvas.square(8), 3, 63);
    ArmRun.Step step =
        new ArmRun.Step(4, 2.5, OptionalDouble.of(0.25), 2, Optional.of(new ArmRun.Seen(1, image)));
    OptionalDouble half = OptionalDouble.of(0.5);
    return new ArmRun(
        seed,
        "generations",
        "",
        Optional.of(
            new ArmRun.Outcome(
                image, half, half, half, half, OptionalLong.empty(), 500, 9, 2.5, List.of(step))));
  }

  @BeforeEach
  void keep() {
    files = new ArmRunFiles(folder);
    file = folder.resolve("m/k/7.csv");
    files.keep("m", "k", run(7));
    files.keep("m", "k", run(8));
  }

  private Optional<ArmRun> found() {
    return files.find("m", "k", 7);
  }

  @Test
  void comesBackAsItWas() {
    assertEquals(Optional.of(run(7)), found());
    assertEquals(Optional.empty(), files.find("m", "k", 9));
  }

  @Test
  void whatWasChangedIsNotKept() throws IOException {
    String text = Files.readString(file);
    Files.writeString(file, text.replace(",500,", ",501,"));
    assertEquals(Optional.empty(), found());
    Files.writeString(file, text.substring(0, text.length() / 2));
    assertEquals(Optional.empty(), found());
    Files.writeString(file, "");
    assertEquals(Optional.empty(), found());
    files.keep("m", "k", run(7));
    assertEquals(Optional.of(run(7)), found());
  }

  /** Two reports that run the same at the same time write the same file. */
  @Test
  void whatAnotherHasKeptMeanwhileIsNoFailure() throws IOException {
    Files.createDirectory(folder.resolve("m/k/7.csv.partial"));
    Files.delete(file);
    files.keep("m", "k", run(7));
    files.keep("m", "k", run(7));
    assertEquals(Optional.of(run(7)), found());
    Files.writeString(folder.resolve("m/full"), "");
    assertThrows(UncheckedIOException.class, () -> files.keep("m", "full", run(7)));
  }

  @Test
  void whatWasMovedIsNotKept() throws IOException {
    Files.copy(folder.resolve("m/k/8.csv"), file, StandardCopyOption.REPLACE_EXISTING);
    assertEquals(Optional.empty(), found());
    files.keep("m", "k", run(7));
    Path other = Files.createDirectories(folder.resolve("m/other"));
    Files.copy(file, other.resolve("7.csv"));
    assertEquals(Optional.empty(), files.find("m", "other", 7));
  }
}
