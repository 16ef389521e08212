package org.whisker.feature.league;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.ArmRun;
import org.whisker.cli.TinyModels;
import org.whisker.command.CommandFixture;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.league.LeagueTables.LeaguePhotoRow;
import org.whisker.feature.league.LeagueTables.LeagueRow;
import org.whisker.feature.league.LeagueTables.LeagueRunRow;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.io.JsonFile;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;
import org.whisker.job.JobManifest;

class LeagueCommandTest extends CommandFixture {
  @BeforeEach
  void model() throws IOException {
    TinyModels.save(home, "tiny");
  }

  private int league(String... args) {
    return test.run(LeagueCommand::new, args);
  }

  @Test
  void everySearchRunsOnEveryNetworkAndGoesOnWhereItStopped() throws IOException {
    Path out = home.resolve("out");
    String[] asked = {
      "league", "--model=tiny", "--runs=2", "--max-evaluations=120", "--device=cpu", "--out=" + out
    };
    assertEquals(0, league(asked), test.err());
    List<LeagueRow> rows = LeagueRow.TABLE.read(out.resolve(LeagueRow.FILE));
    assertEquals(
        List.of(Contestant.values()).stream().map(Contestant::label).toList(),
        rows.stream().map(LeagueRow::search).distinct().toList());
    assertEquals(List.of(100L, 120L), rows.stream().map(LeagueRow::images).distinct().toList());
    List<LeagueRunRow> runs = LeagueRunRow.TABLE.read(out.resolve(LeagueRunRow.FILE));
    assertEquals(2 * Contestant.values().length, runs.size());
    assertTrue(Files.exists(out.resolve("league-tiny.png")));
    byte[] before = Files.readAllBytes(out.resolve(LeagueRunRow.FILE));
    Files.delete(out.resolve(LeagueRunRow.FILE));
    assertEquals(0, league("league", "--resume=" + out), test.err());
    assertArrayEquals(before, Files.readAllBytes(out.resolve(LeagueRunRow.FILE)));
  }

  /** So that a kill while charts are drawn leaves a folder that is gone on with. */
  @Test
  void itIsDoneOnceItsChartsAreDrawn() throws IOException {
    Path first = home.resolve("first");
    String[] asked = {
      "league", "--model=tiny", "--runs=1", "--max-evaluations=40", "--device=cpu", "--out=" + first
    };
    assertEquals(0, league(asked), test.err());
    LeagueConfig config = JobManifest.open(first, LeagueJob.COMMAND).recorded(LeagueConfig.class);
    List<String> statuses = new ArrayList<>();
    JobListener drawing =
        new JobListener() {
          @Override
          public void tablesWritten(Path folder) throws IOException {
            statuses.add(JsonFile.read(folder.resolve("manifest.json")).at("/status").asText());
          }
        };
    JobContext context =
        new JobContext(new WhiskerHome(home), TestEnvironment.CLOCK, drawing, StopSignal.never());
    assertTrue(new LeagueJob(context).run(config, Optional.of(home.resolve("out"))).done());
    assertEquals(List.of("running"), statuses);
  }

  @Test
  void pixelsStayInTheRegion() throws IOException {
    Path out = home.resolve("middle");
    String[] asked = {
      "league",
      "--model=tiny",
      "--runs=1",
      "--max-evaluations=60",
      "--device=cpu",
      "--region=center:0.25",
      "--out=" + out
    };
    assertEquals(0, league(asked), test.err());
    for (LeagueRunRow run : LeagueRunRow.TABLE.read(out.resolve(LeagueRunRow.FILE))) {
      // of 32 x 32 pixels the 8 x 8 in the middle have edge ranks above 0.9
      assertTrue(run.edgeIndex().orElse(1) > 0.9, run.toString());
    }
  }

  /** What turns a photo of another thing, and where its pixels lie, is found as on white. */
  @Test
  void eachRunBlackensAPhotoOfItsOwn() throws IOException {
    TinyModels.save(home, "tiny", 8); // which takes no gray for a cat
    Path photos = Files.createDirectories(home.resolve("others"));
    for (int i = 0; i < 4; i++) {
      ImageFiles.writePng(
          photos.resolve(i + ".png"),
          GrayImage.filled(Canvas.square(TinyModels.SIDE), 0.2f + 0.2f * i));
    }
    Path out = home.resolve("out");
    List<String> asked =
        List.of(
            "league",
            "--model=tiny",
            "--searches=greedy,sparse-rs",
            "--runs=2",
            "--seed=5",
            "--max-evaluations=40",
            "--device=cpu",
            "--photos=" + photos,
            "--out=" + out);
    assertEquals(0, league(asked.toArray(String[]::new)), test.err());
    List<LeaguePhotoRow> used = LeaguePhotoRow.TABLE.read(out.resolve(LeaguePhotoRow.FILE));
    assertEquals(List.of(5L, 6L), used.stream().map(LeaguePhotoRow::seed).toList());
    assertEquals(
        List.of("others/0.png", "others/2.png"), used.stream().map(LeaguePhotoRow::photo).toList());
    byte[] before = Files.readAllBytes(out.resolve(LeagueRunRow.FILE));
    Files.delete(out.resolve(LeagueRunRow.FILE));
    assertEquals(0, league("league", "--resume=" + out), test.err());
    assertArrayEquals(before, Files.readAllBytes(out.resolve(LeagueRunRow.FILE)));
    for (String wrong : List.of("--photos=" + home.resolve("none"), "--photos=", "--runs=5")) {
      Path other = home.resolve("other");
      List<String> again = new ArrayList<>(asked);
      again.set(again.size() - 1, "--out=" + other);
      again.removeIf(option -> option.startsWith(wrong.substring(0, wrong.indexOf('=') + 1)));
      again.add(wrong);
      assertNotEquals(0, league(again.toArray(String[]::new)));
      assertFalse(Files.exists(other), wrong);
    }
    assertTrue(test.err().contains("fewer than --runs 5: add photos"), test.err());
  }

  @Test
  void runsCountFromTheFirstImageThatReaches() {
    BlackPixels image = BlackPixels.of(Canvas.square(8), 1, 2);
    ArmRun found = run(image, List.of(step(40, 2, 1), step(150, -0.1, 1), step(900, -4, 2)), true);
    ArmRun never = run(image, List.of(step(10, 1, 1)), false);
    List<LeagueRow> rows =
        LeagueTables.rows("net", Contestant.QUICK, List.of(found, never), 0.96, 1000);
    assertEquals(List.of(100L, 300L, 1000L), rows.stream().map(LeagueRow::images).toList());
    assertEquals(List.of(0, 1, 1), rows.stream().map(LeagueRow::atHalf).toList());
    assertEquals(List.of(0, 0, 1), rows.stream().map(LeagueRow::atTarget).toList());
    assertEquals(0.5, rows.get(2).share());
    assertEquals(0.0945, rows.get(2).ciLow(), 1e-3, "Wilson");
    LeagueRunRow row = LeagueTables.row("net", Contestant.QUICK, found, 0.96);
    assertEquals(OptionalLong.of(150), row.imagesToHalf());
    assertEquals(OptionalLong.of(900), row.imagesToTarget());
    assertEquals(
        OptionalLong.empty(),
        LeagueTables.row("net", Contestant.QUICK, never, 0.96).imagesToHalf());
  }

  private static ArmRun.Step step(long images, double logit, int pixels) {
    return new ArmRun.Step(images, logit, OptionalDouble.of(0.4), pixels);
  }

  private static ArmRun run(BlackPixels image, List<ArmRun.Step> climb, boolean found) {
    ArmRun.Step last = climb.get(climb.size() - 1);
    return new ArmRun(
        1,
        found ? "target" : "evaluations",
        "",
        Optional.of(
            new ArmRun.Outcome(
                image,
                OptionalDouble.of(0.4),
                OptionalDouble.of(last.logit()),
                OptionalDouble.of(last.logit()),
                OptionalDouble.of(3),
                found ? OptionalLong.of(last.evaluations()) : OptionalLong.empty(),
                1000,
                10,
                1,
                climb)));
  }

  @Test
  void aSearchThatThereIsNotIsNamed() {
    assertEquals(2, league("league", "--model=tiny", "--searches=quick,slow"));
    assertTrue(test.err().contains("--searches must be all or some of random"), test.err());
    assertTrue(test.err().contains("'slow'"), test.err());
    assertEquals(2, league("league", "--model=tiny," + home.resolve("models/tiny")));
    assertTrue(test.err().contains("names two models of one name"), test.err());
    assertEquals(2, league("league", "--model=tiny", "--pixels=0"));
    assertEquals(2, league("league", "--model=tiny", "--target=1"));
    assertEquals(2, league("league", "--model=tiny", "--region=centre"));
    assertEquals(2, league("league", "--model=tiny", "--region=0,0,99,99"));
  }
}
