package org.whisker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.classifier.Classifier;
import org.whisker.cli.TinyModels;
import org.whisker.command.TestEnvironment;
import org.whisker.feature.evolve.EvolveConfig;
import org.whisker.feature.explain.ExplainConfig;
import org.whisker.feature.models.ScoreJob;
import org.whisker.feature.models.ScoreJob.ScoreRow;
import org.whisker.feature.position.HeatmapJob.HeatmapConfig;
import org.whisker.feature.saliency.SaliencyConfig;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobListener;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ScoringConfig;

class WhiskerTest {
  private static final BlackPixels IMAGE =
      BlackPixels.of(Canvas.square(TinyModels.SIDE), 40, 41, 500);

  @TempDir Path home = Path.of("");
  private Path image = Path.of("");

  @BeforeEach
  void model() throws IOException {
    TinyModels.save(home, "tiny");
    image = home.resolve("image.png");
    ImageFiles.writePng(image, IMAGE);
  }

  private static final class Told implements JobListener {
    private final List<String> lines = new ArrayList<>();

    @Override
    public Progress begin(String task, long total) {
      lines.add(task + " " + total);
      return Progress.silent();
    }

    @Override
    public void warn(String line) {
      lines.add(line);
    }

    @Override
    public void tablesWritten(Path folder) {
      lines.add(folder.getFileName() + (Files.exists(folder.resolve("best.gif")) ? " drawn" : ""));
    }
  }

  @Test
  void aFileAndAnImageInMemoryScoreAlike() throws IOException {
    Whisker whisker = Whisker.open(home);
    assertEquals(List.of("tiny"), whisker.models());
    ScoreRow row = whisker.score("tiny", image);
    try (Classifier classifier = whisker.classifier("tiny", DeviceConfig.standard())) {
      assertEquals(row.logit(), classifier.logits(List.of(IMAGE))[0], 1e-6);
    }
    assertEquals(1 / (1 + Math.exp(row.logit())), row.pTarget(), 1e-9);
  }

  @Test
  void whatCannotBeReadIsAFailureOfOneImageAndAWarningAmongMany() throws IOException {
    Told told = new Told();
    Whisker whisker = Whisker.open(home).with(told);
    Path missing = home.resolve("missing.png");
    IOException e = assertThrows(IOException.class, () -> whisker.score("tiny", missing));
    String why = String.valueOf(e.getMessage());
    assertTrue(why.startsWith(missing + " does not exist"), why);
    assertThrows(InvalidRequestException.class, () -> whisker.score("tiny", home));
    ScoreJob job = ScoreJob.of(List.of(missing, image), DeviceConfig.standard());
    assertEquals(1, whisker.score("tiny", job).size());
    assertEquals(List.of(why), told.lines);
    assertThrows(IOException.class, () -> whisker.score("other", image));
    SaliencyConfig config = SaliencyConfig.of("tiny", home.resolve("models/tiny").toString());
    assertThrows(IOException.class, () -> whisker.saliency(config, home.resolve("out")));
  }

  @Test
  void theListenerIsToldOnceChartsAreDrawn() throws IOException {
    Told told = new Told();
    EvolveConfig config =
        EvolveConfig.of("tiny")
            .withRuns(1)
            .withSearch(search -> search.withGenerations(2))
            .withScoring(ScoringConfig.float32());
    Whisker.open(home).with(told).evolve(config, home.resolve("out"));
    assertEquals(List.of("evolving run 1/1 2", "1 drawn", "out"), told.lines);
    assertTrue(Files.exists(home.resolve("out/manifest.json")));
  }

  @Test
  void aHeatmapThatIsStoppedIsNone() {
    JobContext stopped =
        new JobContext(
            new WhiskerHome(home), TestEnvironment.CLOCK, JobListener.silent(), () -> () -> true);
    HeatmapConfig config =
        HeatmapConfig.of(image.resolveSibling("pictures"))
            .withModel("tiny", DeviceConfig.standard());
    assertThrows(
        CancellationException.class,
        () -> {
          ImageFiles.writePng(
              Files.createDirectories(home.resolve("pictures")).resolve("1.png"), IMAGE);
          Whisker.of(stopped).heatmap(config, home.resolve("out"));
        });
    assertFalse(Files.exists(home.resolve("out")));
  }

  @Test
  void configurationsSayWhatIsWrong() {
    assertThrows(InvalidRequestException.class, () -> EvolveConfig.of("tiny", "odd"));
    assertThrows(InvalidRequestException.class, () -> ExplainConfig.of("tiny").withBudget("odd"));
    assertThrows(
        InvalidRequestException.class, () -> ExplainConfig.of("tiny").withBudget("compare"));
    assertEquals(ExplainConfig.SMALL, ExplainConfig.of().models());
    assertEquals("quick", EvolveConfig.of("tiny").preset().orElseThrow());
  }
}
