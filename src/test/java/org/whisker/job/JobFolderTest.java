package org.whisker.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.io.JsonFile;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.value.IoFunction;

class JobFolderTest {
  private record Nothing() {}

  @TempDir Path home = Path.of("");

  private <T> T hold(IoFunction<JobFolder, T> work) throws IOException {
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    return JobFolder.hold(
        new JobContext(new WhiskerHome(home), clock, JobListener.silent(), StopSignal.never()),
        new JobFolder.Place.New(Optional.of(home.resolve("out")), List.of()),
        new JobFolder.Job(home, "try", Map.of("command", "try"), new Nothing(), List.of()),
        work);
  }

  private String status() throws IOException {
    return JsonFile.read(home.resolve("out").resolve(JobManifest.NAME)).path("status").asText();
  }

  @Test
  void whatFailsIsNotSaidToRun() throws IOException {
    IOException full = new IOException("disk full");
    IoFunction<JobFolder, Object> failing =
        folder -> {
          folder.begin();
          assertEquals("running", status());
          throw full;
        };
    assertEquals(full, assertThrows(IOException.class, () -> hold(failing)));
    assertEquals("failed", status());
  }

  @Test
  void whatIsInterruptedIsStopped() throws IOException {
    IoFunction<JobFolder, Object> interrupted =
        folder -> {
          folder.begin();
          throw new CancellationException("interrupted");
        };
    assertThrows(CancellationException.class, () -> hold(interrupted));
    assertEquals("stopped", status());
  }

  @Test
  void whatFailsBeforeItBeginsLeavesNoManifest() {
    IoFunction<JobFolder, Object> refused =
        folder -> {
          throw new IllegalArgumentException("refused");
        };
    assertThrows(IllegalArgumentException.class, () -> hold(refused));
    assertFalse(Files.exists(home.resolve("out").resolve(JobManifest.NAME)));
  }

  @Test
  void whatIsAllIsDone() throws IOException {
    assertEquals("all", hold(folder -> folder.attempt(held -> "all", "all"::equals)));
    assertEquals("done", status());
  }

  @Test
  void whatIsNotAllIsStopped() throws IOException {
    assertEquals("some", hold(folder -> folder.attempt(held -> "some", "all"::equals)));
    assertEquals("stopped", status());
  }

  /** A folder that was moved or removed is not made again, for a manifest that nobody reads. */
  @Test
  void whatFailsWhenItsFolderHasGoneLeavesNone() {
    Path out = home.resolve("out");
    IoFunction<JobFolder, Object> moved =
        folder -> {
          folder.begin();
          Files.move(out, home.resolve("elsewhere"));
          throw new IOException("can't be removed");
        };
    assertThrows(IOException.class, () -> hold(moved));
    assertFalse(Files.exists(out));
  }

  @Test
  void whatWasRemovedIsNotDone() {
    IoFunction<JobFolder, Object> removed =
        folder ->
            folder.attempt(
                held -> {
                  Files.move(home.resolve("out"), home.resolve("elsewhere"));
                  return "all";
                },
                "all"::equals);
    String said = String.valueOf(assertThrows(IOException.class, () -> hold(removed)).getMessage());
    assertTrue(said.endsWith("out was removed while it was written; run the command again"), said);
    assertFalse(Files.exists(home.resolve("out")));
  }
}
