package org.whisker.feature.saliency;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.cli.TinyModels;
import org.whisker.command.TestEnvironment;
import org.whisker.image.ImageFiles;
import org.whisker.io.JsonFile;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;
import org.whisker.job.JobListener.Progress;
import org.whisker.saliency.result.PhotoMapRow;

class PhotoSummaryJobTest {
  private static final List<String> TABLES =
      List.of("photos.csv", "mean_profiles.csv", "edge_index.csv", "contrasts.csv");

  /** Two models, two groups of three photos, two methods. */
  private static final int MAPS = 24;

  @TempDir Path home;
  private Path photos = Path.of("");

  @BeforeEach
  void models() throws IOException {
    TinyModels.save(home, "tiny", 7);
    TinyModels.save(home, "other", 8);
    photos = home.resolve("photos");
    TinyModels.photos(photos, 3);
  }

  private SaliencyConfig config() {
    return SaliencyConfig.of("tiny,other", photos.toString())
        .withMethods("gradient", "smoothgrad")
        .on("cpu", "float32");
  }

  private PhotoSummaryJob job(StopSignal stop, List<Long> steps) {
    JobListener listener =
        new JobListener() {
          @Override
          public Progress begin(String task, long total) {
            assertEquals(MAPS, total);
            return new Progress() {
              @Override
              public void stepTo(long done) {
                steps.add(done);
              }

              @Override
              public void extraMessage(String message) {}

              @Override
              public void close() {}
            };
          }
        };
    return new PhotoSummaryJob(
        new JobContext(new WhiskerHome(home), TestEnvironment.CLOCK, listener, stop));
  }

  private Path whole() throws IOException {
    Path whole = home.resolve("whole");
    PhotoSummaryJob.Result result =
        job(StopSignal.never(), new ArrayList<>()).run(config(), Optional.of(whole));
    assertTrue(result.done());
    assertEquals(8, result.edges().size());
    return whole;
  }

  /** Ends in the middle of the second model's maps. */
  private Path half() throws IOException {
    Path out = home.resolve("half");
    AtomicInteger asked = new AtomicInteger();
    PhotoSummaryJob.Result stopped =
        job(() -> () -> asked.incrementAndGet() > 15, new ArrayList<>())
            .run(config(), Optional.of(out));
    assertFalse(stopped.done());
    assertEquals(List.of(), stopped.edges());
    assertFalse(Files.exists(out.resolve("photos.csv")));
    assertEquals("stopped", status(out));
    return out;
  }

  private static String status(Path folder) throws IOException {
    return JsonFile.read(folder.resolve("manifest.json")).path("status").asText();
  }

  private static void assertSame(Path whole, Path other) throws IOException {
    for (String table : TABLES) {
      assertArrayEquals(
          Files.readAllBytes(whole.resolve(table)),
          Files.readAllBytes(other.resolve(table)),
          table);
    }
    JsonNode files = JsonFile.read(whole.resolve("manifest.json")).path("files");
    assertEquals(TABLES.size(), files.size());
    assertEquals(files, JsonFile.read(other.resolve("manifest.json")).path("files"));
  }

  @Test
  void aStoppedSummaryGoesOnWhereItWas() throws IOException {
    Path whole = whole();
    Path half = half();
    List<Long> steps = new ArrayList<>();
    assertTrue(job(StopSignal.never(), steps).resume(half).done());
    assertTrue(steps.get(0) > 5 && steps.get(0) < MAPS, "began at map " + steps.get(0));
    assertEquals(MAPS, steps.get(steps.size() - 1));
    assertSame(whole, half);
    assertEquals("done", status(half));
  }

  /** The status is still that of the beginning, and the last row was not written whole. */
  @Test
  void aKilledSummaryGoesOnFromTheLastWholeRow() throws IOException {
    Path whole = whole();
    Path half = half();
    Path manifest = half.resolve("manifest.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"stopped\"", "\"running\""));
    Files.writeString(
        half.resolve("photos.csv.partial"), "other,cat,smoo", StandardOpenOption.APPEND);
    job(StopSignal.never(), new ArrayList<>()).resume(half);
    assertSame(whole, half);
  }

  @Test
  void aTableThatWasChangedAfterwardsIsMadeAgain() throws IOException {
    Path whole = whole();
    Path other = home.resolve("other-out");
    job(StopSignal.never(), new ArrayList<>()).run(config(), Optional.of(other));
    Files.writeString(other.resolve("photos.csv"), "", StandardOpenOption.TRUNCATE_EXISTING);
    List<Long> steps = new ArrayList<>();
    job(StopSignal.never(), steps).resume(other);
    assertEquals(0, steps.get(0));
    assertSame(whole, other);
  }

  @Test
  void otherPhotosUnderTheSameNamesAreNotMixedIn() throws IOException {
    Path half = half();
    try (var files = Files.list(photos.resolve("cat"))) {
      ImageFiles.writePng(files.findFirst().orElseThrow(), TinyModels.picture(40, 40, 0.2, 99));
    }
    IOException e =
        assertThrows(
            IOException.class, () -> job(StopSignal.never(), new ArrayList<>()).resume(half));
    assertTrue(String.valueOf(e.getMessage()).contains("pixels_crc32"), e.toString());
  }

  @Test
  void profilesOfPhotosAreThoseOfTheMeans() throws IOException {
    Path whole = whole();
    List<PhotoMapRow> rows = PhotoMapRow.TABLE.read(whole.resolve("photos.csv"));
    assertEquals(MAPS, rows.size());
    for (PhotoMapRow row : rows) {
      assertEquals(row, PhotoMapRow.of(of(row), row.photo()));
      assertTrue(row.photo().orElseThrow().relative().size() > 1);
    }
    PhotoMapRow zero = PhotoMapRow.of(of(rows.get(0)), Optional.empty());
    assertTrue(zero.photo().isEmpty() && zero.edgeIndex().isEmpty());
  }

  private static PhotoMapRow.Of of(PhotoMapRow row) {
    return new PhotoMapRow.Of(
        row.model(), row.group(), row.method(), row.file(), row.logit(), row.catProbability());
  }
}
