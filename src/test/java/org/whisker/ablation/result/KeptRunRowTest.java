package org.whisker.ablation.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.ablation.ArmRun;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

class KeptRunRowTest {
  private static final Canvas CANVAS = Canvas.square(8);

  @TempDir Path folder;

  private static ArmRun.Step step(int generation, int... pixels) {
    BlackPixels image = BlackPixels.of(CANVAS, pixels);
    return new ArmRun.Step(
        10L * generation + 100,
        1 - generation,
        pixels.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(0.25),
        pixels.length,
        Optional.of(new ArmRun.Seen(generation, image)));
  }

  private static ArmRun run(ArmRun.Step... climb) {
    return new ArmRun(
        7,
        "generations",
        "",
        Optional.of(
            new ArmRun.Outcome(
                BlackPixels.of(CANVAS, 3, 63),
                OptionalDouble.of(0.25),
                OptionalDouble.of(-4),
                OptionalDouble.of(-4),
                OptionalDouble.of(1),
                OptionalLong.empty(),
                500,
                9,
                2.5,
                List.of(climb))));
  }

  @Test
  void aRunComesBackWithEveryImageOnItsWay() throws IOException {
    ArmRun run = run(step(0, 5), step(1), step(4, 3, 5, 63), step(5, 3, 63));
    Path file = folder.resolve("run.csv");
    KeptRunRow.TABLE.write(file, List.of(KeptRunRow.of(run)));
    KeptRunRow read = KeptRunRow.TABLE.read(file).get(0);
    assertEquals(run, read.run());
    assertTrue(read.climb().endsWith(" 150:-4:0.25:2:5:5"), read.climb());
  }

  @Test
  void stepsMayLackTheirImages() throws IOException {
    Path file = folder.resolve("run.csv");
    KeptRunRow.TABLE.write(file, List.of(KeptRunRow.of(run(step(0, 5), step(4, 3, 63)))));
    String now = Files.readString(file);
    assertTrue(now.contains("100:1:0.25:1:0:5 140:-3:0.25:2:4:3.5.63"), now);
    Files.writeString(
        file, now.replace("100:1:0.25:1:0:5 140:-3:0.25:2:4:3.5.63", "100:1:0.25:1 140:-3:0.25:2"));
    KeptRunRow read = KeptRunRow.TABLE.read(file).get(0);
    List<ArmRun.Step> climb = read.run().outcome().orElseThrow().climb();
    assertEquals(2, climb.size());
    assertTrue(climb.stream().allMatch(step -> step.seen().isEmpty()));
    Files.writeString(file, now.replace(":3.5.63", ":3.x"));
    assertThrows(IOException.class, () -> KeptRunRow.TABLE.read(file));
  }
}
