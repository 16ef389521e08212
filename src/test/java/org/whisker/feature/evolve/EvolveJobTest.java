package org.whisker.feature.evolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.Folders;
import org.whisker.cli.TinyModels;
import org.whisker.command.TestEnvironment;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.FolderCharts;
import org.whisker.feature.evolve.EvolveJob.EvolveResult;
import org.whisker.feature.evolve.EvolvePlan.EvolveExtras;
import org.whisker.io.JsonFile;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobFolder.Place;
import org.whisker.job.JobListener;
import org.whisker.job.ScoringConfig;
import org.whisker.network.Window.Padding;
import org.whisker.weights.FormulaWeights;

/** Evolution as a program does it. */
class EvolveJobTest {
  @TempDir Path home = Path.of("");

  private EvolveConfig config(String model) {
    EvolutionOptions options =
        EvolutionOptions.quick()
            .withGenetic(genetic -> genetic.withElites(2).withPopulation(10))
            .withGenerations(3);
    return EvolveConfig.of(model, options)
        .withRuns(2)
        .withSeed(7)
        .withExtras(new EvolveExtras(OptionalDouble.of(0.01), 50))
        .withScoring(new ScoringConfig("cpu", "float32"));
  }

  private EvolveJob job(StopSignal stop) {
    return job(JobListener.silent(), stop);
  }

  private EvolveJob job(JobListener listener, StopSignal stop) {
    return new EvolveJob(
        new JobContext(new WhiskerHome(home), TestEnvironment.CLOCK, listener, stop));
  }

  @BeforeEach
  void aModel() throws IOException {
    TinyModels.save(home, "tiny");
  }

  @Test
  void givesSummariesAndImages() throws IOException {
    EvolveResult result = job(StopSignal.never()).run(config("tiny"), Optional.empty());
    assertEquals("done", result.status());
    assertEquals(home.resolve("analyses/evolve-tiny-20261125-101500"), result.folder());
    assertEquals(2, result.runs().size());
    assertEquals(8, result.runs().get(1).seed());
    var numbers = result.runs().get(1).result();
    assertEquals(numbers == null ? -1 : numbers.blackPixels(), result.best(2).count());
    assertThrows(IOException.class, () -> result.best(3));
    Path run = result.folder().resolve("runs/1");
    assertFalse(Files.exists(run.resolve("best.gif")), "charts are drawn by who wants them");
    FolderCharts.draw(run);
    assertTrue(Files.exists(run.resolve("best.gif")));
    assertTrue(Files.exists(run.resolve("filmstrip.png")));
  }

  @Test
  void goesOnFromTheManifestAlone() throws IOException {
    Path whole = home.resolve("whole");
    job(StopSignal.never()).run(config("tiny"), Optional.of(whole));
    Path out = home.resolve("out");
    EvolveResult stopped =
        job(() -> ResumeTest.afterGenerations(3)).run(config("tiny"), Optional.of(out));
    assertEquals("stopped", stopped.status());
    EvolveResult done = job(StopSignal.never()).resume(out);
    assertEquals("done", done.status());
    assertEquals(stopped.plan(), done.plan());
    ResumeTest.assertSame(whole, out);
    JsonNode manifest = JsonFile.read(out.resolve("manifest.json"));
    assertEquals("tiny", manifest.at("/configuration/model").asText());
    assertFalse(manifest.at("/evolution").has("preset"));
  }

  /** A kill after the last run and before the page: whoever goes on draws it. */
  @Test
  void whatAKilledProcessDidNotDrawIsDrawn() throws IOException {
    Path out = home.resolve("out");
    Path killed = home.resolve("killed");
    JobListener copying =
        new JobListener() {
          @Override
          public void tablesWritten(Path folder) throws IOException {
            if (folder.equals(out)) {
              Folders.copy(out, killed);
            }
          }
        };
    job(copying, StopSignal.never()).run(config("tiny"), Optional.of(out));
    List<Path> drawn = new ArrayList<>();
    JobListener noting =
        new JobListener() {
          @Override
          public void tablesWritten(Path folder) {
            drawn.add(folder);
          }
        };
    EvolveResult done = job(noting, StopSignal.never()).resume(killed);
    assertEquals("done", done.status());
    assertEquals(List.of(killed), drawn);
    job(noting, StopSignal.never()).resume(killed);
    assertEquals(1, drawn.size(), "nothing is left to do");
  }

  @Test
  void anotherPaddingIsSearchedUnderAndGoneOnWith() throws IOException {
    EvolveConfig own = config("tiny");
    EvolveConfig circular =
        own.withScoring(new ScoringConfig("cpu", "float32").withPadding(Padding.CIRCULAR));
    Path whole = home.resolve("whole");
    EvolveResult padded = job(StopSignal.never()).run(circular, Optional.of(whole));
    EvolveResult plain = job(StopSignal.never()).run(own, Optional.of(home.resolve("plain")));
    assertNotEquals(plain.runs().get(0).result(), padded.runs().get(0).result());
    assertEquals("circular", JsonFile.read(whole.resolve("manifest.json")).at("/padding").asText());
    Path out = home.resolve("out");
    job(() -> ResumeTest.afterGenerations(3)).run(circular, Optional.of(out));
    job(StopSignal.never()).resume(out);
    ResumeTest.assertSame(whole, out);
  }

  @Test
  void aModuleCantBePadded() throws IOException {
    ModelCard card = TinyModels.card("module");
    StoredModel module =
        new StoredModel(
            new ModelCard(
                card.name(),
                null,
                card.input(),
                card.preprocessing(),
                card.output(),
                null,
                null,
                null,
                card.weights(),
                card.created(),
                card.whiskerVersion()),
            home,
            new FormulaWeights(List.of(), 1));
    EvolveConfig circular =
        config("module").withScoring(ScoringConfig.float32().withPadding(Padding.CIRCULAR));
    String message =
        assertThrows(
                InvalidRequestException.class,
                () ->
                    job(StopSignal.never())
                        .run(circular, module, new Place.New(Optional.empty(), List.of())))
            .getMessage();
    assertEquals("the layers of module are unknown, so its padding can't be changed", message);
    assertFalse(Files.exists(home.resolve("analyses")));
  }

  @Test
  void aModelOutsideItsFolderIsFoundAgain() throws IOException {
    Path elsewhere = Files.createDirectories(home.resolve("elsewhere"));
    Path model = Files.move(home.resolve("models/tiny"), elsewhere.resolve("tiny"));
    Path out = home.resolve("out");
    job(() -> ResumeTest.afterGenerations(3)).run(config(model.toString()), Optional.of(out));
    assertEquals("done", job(StopSignal.never()).resume(out).status());
  }

  @Test
  void refusesWhatIsNoExperiment() {
    assertThrows(IOException.class, () -> job(StopSignal.never()).resume(home));
    assertThrows(IllegalArgumentException.class, () -> config("tiny").withRuns(0));
    assertThrows(InvalidRequestException.class, () -> new ScoringConfig("tpu", "auto"));
  }
}
