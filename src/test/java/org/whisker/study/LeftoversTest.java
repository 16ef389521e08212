package org.whisker.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {
  private static final long GONE = 999_999_999_999L; // no process has that number

  @TempDir Path folder = Path.of("");

  private void files(String... names) throws IOException {
    for (String name : names) {
      Path file = folder.resolve(name);
      Files.createDirectories(folder.resolve(name.substring(0, name.lastIndexOf('/') + 1)));
      Files.writeString(file, name);
    }
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  @Test
  void removesWhatProcessesLeftThatAreGone() throws IOException {
    long alive = ProcessHandle.current().pid();
    String written = ".checkpoint.safetensors." + alive + ".part";
    files(
        "checkpoint.safetensors",
        ".checkpoint.safetensors." + GONE + ".part",
        ".epochs.csv." + GONE + "-1.partial",
        "features/.ab.safetensors." + GONE + ".part",
        "my.notes." + GONE + ".part",
        written);
    Leftovers.removeAbandoned(folder);
    assertEquals(
        List.of(written, "checkpoint.safetensors", "features", "my.notes." + GONE + ".part"),
        names(folder));
    assertEquals(List.of(), names(folder.resolve("features")));
    Leftovers.removeAbandoned(folder.resolve("nowhere"));
  }

  /** A model is built in a hidden folder beside its own. */
  @Test
  void removesOnlyWhatWasToBecomeTheTarget() throws IOException {
    files(
        "cats/model.json",
        ".cats." + GONE + ".part/weights.safetensors",
        ".cats." + GONE + ".part/.weights.safetensors." + GONE + ".part",
        ".dogs." + GONE + ".part/weights.safetensors");
    Leftovers.removeAbandonedOf(folder.resolve("cats"));
    assertEquals(List.of(".dogs." + GONE + ".part", "cats"), names(folder));
  }

  @Test
  void removesHalfWrittenPictures() throws IOException {
    files("best.png", "runs/1/minimal.png.part", "runs/1/best.png.part", "runs/1/best.png");
    Leftovers.remove(folder);
    assertEquals(List.of("best.png"), names(folder.resolve("runs/1")));
  }
}
