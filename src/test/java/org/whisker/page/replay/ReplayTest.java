package org.whisker.page.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.ablation.result.ClimbRow;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.result.BestHistory;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;

class ReplayTest {
  private static final Canvas CANVAS = Canvas.square(8);

  @TempDir Path folder;

  private void history() throws IOException {
    Files.writeString(
        folder.resolve(BestHistory.FILE),
        "generation,x,y,black\n0,5,0,1\n2,5,0,0\n4,3,0,1\n4,7,7,1\n");
  }

  private static GenerationStats row(int generation, double p, int pixels) {
    return new GenerationStats(
        generation, 0, 0, 0, p, 0, pixels, OptionalDouble.empty(), 1, 100 + generation, 0);
  }

  @Test
  void aFrameIsAGenerationInWhichTheImageChanges() throws IOException {
    history();
    GenerationStats.TABLE.writeIn(
        folder,
        List.of(row(0, 0.2, 1), row(1, 0.2, 1), row(2, 0.3, 0), row(3, 0.3, 0), row(4, 0.4, 2)));
    Replay replay = ReplayFiles.ofRun("run 1", folder, CANVAS, Tones.standard()).orElseThrow();
    assertEquals(List.of(0, 2, 4), replay.frames().stream().map(Replay.Frame::generation).toList());
    assertEquals(
        List.of(BlackPixels.of(CANVAS, 5), BlackPixels.none(CANVAS), BlackPixels.of(CANVAS, 3, 63)),
        replay.frames().stream().map(Replay.Frame::image).toList());
    assertEquals(OptionalLong.of(104), replay.last().evaluations());
    assertEquals(0.4, replay.last().catProbability());
  }

  /**
   * In a report, p(target) is that of the climb; rows whose image was not kept name no generation.
   */
  @Test
  void aReportsClimbHasTheConfidences() throws IOException {
    history();
    List<ClimbRow> climb = new ArrayList<>();
    for (int g : new int[] {0, 2, 4}) {
      climb.add(
          new ClimbRow(
              1,
              7,
              100 + g,
              0.2 + g / 10.0,
              OptionalDouble.empty(),
              OptionalInt.empty(),
              OptionalInt.of(g)));
    }
    Replay replay = ReplayFiles.ofClimb("run 1", folder, CANVAS, climb).orElseThrow();
    assertEquals(3, replay.frames().size());
    assertEquals(0.6, replay.last().catProbability(), 1e-12);
    assertTrue(replay.frames().get(1).edgeIndex().isEmpty(), "white");
    assertTrue(replay.last().edgeIndex().isPresent());
    List<ClimbRow> older =
        climb.stream()
            .map(
                r ->
                    new ClimbRow(
                        r.run(),
                        r.seed(),
                        r.evaluations(),
                        r.catProbability(),
                        r.edgeIndex(),
                        r.blackPixels(),
                        OptionalInt.empty()))
            .toList();
    assertTrue(ReplayFiles.ofClimb("run 1", folder, CANVAS, older).isEmpty());
  }

  @Test
  void withoutAHistoryThereIsNothingToReplayAndABrokenOneIsNamed() throws IOException {
    assertTrue(ReplayFiles.ofRun("run 1", folder, CANVAS, Tones.standard()).isEmpty());
    GenerationStats.TABLE.writeIn(folder, List.of(row(0, 0.2, 1)));
    Path history = folder.resolve(BestHistory.FILE);
    Files.writeString(history, "generation,x,y,black\n0,9,0,1\n");
    IOException e =
        assertThrows(
            IOException.class, () -> ReplayFiles.ofRun("run 1", folder, CANVAS, Tones.standard()));
    assertTrue(String.valueOf(e.getMessage()).startsWith(history + ":2: x is 9"), e.toString());
  }

  private static Replay.Frame frame(int generation, int... pixels) {
    return new Replay.Frame(
        generation,
        OptionalLong.of(10L * generation),
        0.25,
        pixels.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(0.5),
        BlackPixels.of(CANVAS, pixels));
  }

  @Test
  void framesAreShortText() {
    Replay replay =
        new Replay("run 1", Tones.standard(), List.of(frame(0, 5), frame(3), frame(9, 3, 63)));
    List<?> runs = (List<?>) Objects.requireNonNull(ReplayView.of(List.of(replay)).get("runs"));
    Map<?, ?> run = (Map<?, ?>) runs.get(0);
    assertEquals("0:0:0.25:0.5:5;3:30:0.25::5;9:90:0.25:0.5:3 1o", run.get("frames"));
    assertEquals("0,75 500,75 1000,75", run.get("climb"));
    assertEquals("0,50 1000,50", run.get("edge"), "white has no E");
  }

  @Test
  void aLongRunIsThinnedAndKeepsBothEnds() {
    List<Replay.Frame> frames = new ArrayList<>();
    for (int g = 0; g < 1001; g++) {
      frames.add(frame(g, g % 64));
    }
    Replay thin = new Replay("run 1", Tones.standard(), frames).thinned(11);
    assertEquals(
        List.of(0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000),
        thin.frames().stream().map(Replay.Frame::generation).toList());
    assertEquals(thin, thin.thinned(11));
  }
}
