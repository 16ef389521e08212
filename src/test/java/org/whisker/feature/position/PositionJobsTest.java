package org.whisker.feature.position;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.cli.TinyModels;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.FolderCharts;
import org.whisker.feature.position.HeatmapJob.HeatmapConfig;
import org.whisker.feature.position.HeatmapJob.HeatmapResult;
import org.whisker.feature.position.ProbeJob.ProbeResult;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.io.Npy;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;
import org.whisker.position.BlockMap.BlockProbe.Fill;

/** Heatmaps and probes as a program makes them. */
class PositionJobsTest {
  private static final Canvas CANVAS = Canvas.square(TinyModels.SIDE);

  @TempDir Path home = Path.of("");
  private final List<Path> whole = new ArrayList<>();

  private JobContext context(StopSignal stop) {
    JobListener listener =
        new JobListener() {
          @Override
          public void tablesWritten(Path folder) {
            whole.add(folder);
          }
        };
    return new JobContext(new WhiskerHome(home), TestEnvironment.CLOCK, listener, stop);
  }

  private Path pictures(String name, int... shifts) throws IOException {
    Path folder = Files.createDirectories(home.resolve(name));
    for (int shift : shifts) {
      BlackPixels image = BlackPixels.of(CANVAS, shift, shift + 1, 3 * shift + 40);
      ImageFiles.writePng(folder.resolve(shift + ".png"), image);
    }
    return folder;
  }

  @Test
  void aHeatmapGivesItsStatisticsAndLeavesTheDrawingToOthers() throws IOException {
    List<Path> sources = List.of(pictures("one", 1, 5, 9), pictures("two", 200, 300));
    HeatmapJob job = new HeatmapJob(context(StopSignal.never()));
    HeatmapResult result = job.run(HeatmapConfig.of(sources), Optional.empty()).orElseThrow();
    assertEquals(2, result.conditions().size());
    assertEquals(1, result.comparisons().size());
    assertEquals("one", result.conditions().get(0).maps().label());
    assertTrue(result.conditions().get(0).decision().isPresent());
    Path one = result.folder().resolve("one");
    assertEquals(List.of(one, result.folder().resolve("two"), result.folder()), whole);
    assertFalse(Files.exists(one.resolve("density.png")));
    for (Path folder : whole) {
      FolderCharts.draw(folder);
    }
    for (String chart :
        List.of("frequency", "density", "log_ratio", "density_profile", "sides", "residues")) {
      assertTrue(Files.size(one.resolve(chart + ".png")) > 0, chart);
    }
    assertTrue(Files.exists(result.folder().resolve("densities.png")));
    assertTrue(Files.exists(result.folder().resolve("edge_index.png")));
  }

  @Test
  void aHeatmapThatIsStoppedLeavesNothing() throws IOException {
    TinyModels.save(home, "tiny");
    HeatmapConfig config =
        new HeatmapConfig(
            List.of(pictures("one", 1)),
            Optional.empty(),
            OptionalDouble.empty(),
            Optional.of("tiny"),
            DeviceConfig.standard(),
            false,
            1);
    StopSignal atOnce = () -> () -> true;
    assertEquals(Optional.empty(), new HeatmapJob(context(atOnce)).run(config, Optional.empty()));
    assertFalse(Files.exists(home.resolve("analyses")));
    assertThrows(
        InvalidRequestException.class,
        () ->
            new HeatmapConfig(
                List.of(),
                Optional.empty(),
                OptionalDouble.of(0),
                Optional.empty(),
                DeviceConfig.standard(),
                false,
                1));
  }

  @Test
  void aProbeGoesOnFromItsManifestAlone() throws IOException {
    TinyModels.save(home, "tiny");
    Path image = home.resolve("image.png");
    ImageFiles.writePng(image, BlackPixels.of(CANVAS, 40, 41, 500));
    ProbeConfig config =
        ProbeConfig.of("tiny").withImage(image).withBlock(2).withPairs(4, 9).on("cpu", "float32");
    Path out = home.resolve("out");
    ProbeResult all = new ProbeJob(context(StopSignal.never())).run(config, Optional.of(out));
    assertTrue(all.done());
    assertEquals(2, all.modes().size());
    assertTrue(all.interactions().isPresent());
    FolderCharts.draw(out);
    assertTrue(Files.exists(out.resolve("maps_remove.png")));

    AtomicInteger asked = new AtomicInteger();
    StopSignal soon = () -> () -> asked.incrementAndGet() > 3;
    Path half = home.resolve("half");
    ProbeResult stopped = new ProbeJob(context(soon)).run(config, Optional.of(half));
    assertFalse(stopped.done());
    assertEquals(List.of(), stopped.modes());
    ProbeResult resumed = new ProbeJob(context(StopSignal.never())).resume(half);
    assertTrue(resumed.done());
    for (String table : List.of("summary.csv", "pairs.csv", "interactions.csv", "profile.csv")) {
      assertEquals(
          Files.readString(out.resolve(table)), Files.readString(half.resolve(table)), table);
    }
    assertEquals(
        Npy.read(out.resolve("probe.npy")).get(3, 4),
        Npy.read(half.resolve("probe.npy")).get(3, 4));
  }

  /** A clock that goes on by so much whenever it is asked. */
  private static Clock ticking(Duration tick) {
    AtomicInteger asked = new AtomicInteger();
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return TestEnvironment.CLOCK.instant().plus(tick.multipliedBy(asked.getAndIncrement()));
      }
    };
  }

  private List<String> notes(Duration tick) throws IOException {
    List<String> notes = new ArrayList<>();
    JobListener listener =
        new JobListener() {
          @Override
          public void note(String line) {
            notes.add(line);
          }
        };
    JobContext slow =
        new JobContext(new WhiskerHome(home), ticking(tick), listener, StopSignal.never());
    ProbeConfig config = ProbeConfig.of("tiny").on("cpu", "float32");
    new ProbeJob(slow).run(config, Optional.of(home.resolve("out-" + tick)));
    return notes;
  }

  @Test
  void aProbeThatWillTakeLongSaysSoOnce() throws IOException {
    TinyModels.save(home, "tiny");
    assertEquals(List.of(), notes(Duration.ofMillis(1)));
    List<String> slow = notes(Duration.ofMinutes(20));
    assertEquals(1, slow.size(), slow.toString());
    assertTrue(
        slow.get(0).matches("\\d+ places will take about \\d+ min; --block 4.*"), slow.get(0));
  }

  @Test
  void refusesWhatCannotBeProbed() {
    assertThrows(IllegalArgumentException.class, () -> ProbeConfig.of("tiny").withPairs(1, 1));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new ProbeConfig(
                "tiny", Optional.empty(), 1, List.of(), 0, 1, "auto", "float32", false));
    assertEquals(List.of(Fill.BLACK), ProbeConfig.of("tiny").fills());
  }
}
