package org.whisker.feature.boundary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.boundary.BoundaryPaths.PathOptions;
import org.whisker.boundary.ImagePath.PathKind;
import org.whisker.boundary.Margin;
import org.whisker.boundary.attack.Searches.Search;
import org.whisker.boundary.attack.Searches.SearchOutcome;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.classifier.Architecture;
import org.whisker.classifier.ModelCard;
import org.whisker.classifier.ModelCard.WeightsFile;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.Networks;
import org.whisker.cli.Folders;
import org.whisker.cli.TinyModels;
import org.whisker.feature.boundary.BoundaryAttackCommand.AttackConfig;
import org.whisker.feature.boundary.BoundaryAttackCommand.AttackJob;
import org.whisker.feature.boundary.BoundaryCommand.PathsConfig;
import org.whisker.feature.boundary.BoundaryCommand.PathsJob;
import org.whisker.feature.boundary.BoundaryMarginsCommand.MarginsConfig;
import org.whisker.feature.boundary.BoundaryMarginsCommand.MarginsJob;
import org.whisker.feature.boundary.BoundaryMinimalCommand.MinimalConfig;
import org.whisker.feature.boundary.BoundaryMinimalCommand.MinimalJob;
import org.whisker.feature.boundary.CounterfactualJob.CounterfactualConfig;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.io.FolderLock;
import org.whisker.io.JsonFile;
import org.whisker.job.DeviceConfig;
import org.whisker.job.JobContext;
import org.whisker.job.JobContext.StopSignal;
import org.whisker.job.JobContext.WhiskerHome;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener;
import org.whisker.job.JobManifest;
import org.whisker.job.ModelConfig;
import org.whisker.job.ResumableJob;
import org.whisker.network.Network;
import org.whisker.network.Window.Padding;
import org.whisker.torch.Precision;
import org.whisker.weights.DType;
import org.whisker.weights.FormulaWeights;

/** The jobs as a program calls them: no command line, nothing printed, no chart. */
class BoundaryJobsTest {
  private static final ModelConfig TINY =
      new ModelConfig("tiny", new DeviceConfig("cpu", Precision.FLOAT32));

  @TempDir Path home = Path.of("");
  private String image = "";

  @BeforeEach
  void inputs() throws IOException {
    TinyModels.save(home, "tiny");
    Path file = home.resolve("image.png");
    ImageFiles.writePng(file, BlackPixels.of(Canvas.square(TinyModels.SIDE), 40, 41, 500, 700));
    image = file.toString();
  }

  private JobContext context(StopSignal stop) {
    Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    return new JobContext(new WhiskerHome(home), clock, JobListener.silent(), stop);
  }

  private JobContext context() {
    return context(StopSignal.never());
  }

  @Test
  void paths() throws IOException {
    List<PathKind> kinds = List.of(PathKind.BEST_FIRST, PathKind.RANDOM);
    PathOptions options = new PathOptions(kinds, 10, 3, 4, 10, 1e-3, 1);
    PathsJob.Result result =
        new PathsJob(context())
            .run(new PathsConfig(TINY, "white", image, options), Optional.empty());
    assertEquals(4, result.paths().differing());
    assertEquals(
        new TreeSet<>(
            Set.of(
                "path.csv",
                "crossings.csv",
                "pixels.csv",
                ".lock",
                "band.csv",
                "logit-band.csv",
                "ends.npy",
                "manifest.json")),
        new TreeSet<>(Folders.names(result.folder())));
  }

  @Test
  void marginsGoOnFromTheManifestAlone() throws IOException {
    MarginsConfig config =
        new MarginsConfig(TINY, new ImageChoice(List.of("white", image), 20), 3, 4, 1);
    MarginsJob.Result begun =
        new MarginsJob(context(() -> () -> true)).run(config, Optional.empty());
    assertTrue(!begun.done() && begun.summary().isEmpty());
    JobManifest manifest = JobManifest.open(begun.folder(), MarginsJob.COMMAND);
    assertEquals(config, manifest.recorded(MarginsConfig.class));
    MarginsJob.Result done = new MarginsJob(context()).resume(begun.folder());
    assertTrue(done.done());
    assertEquals(begun.folder(), done.folder());
    assertEquals(2, Margin.OfImage.TABLE.read(done.folder().resolve(Margin.OfImage.FILE)).size());
    assertTrue(JobManifest.open(done.folder(), MarginsJob.COMMAND).isDone());
  }

  /**
   * Whoever works elsewhere on a shared folder has a process that this machine knows nothing of.
   */
  @Test
  void whatIsHalfWrittenStaysWhileAnotherHoldsTheFolder() throws IOException {
    MarginsConfig config = new MarginsConfig(TINY, new ImageChoice(List.of("white"), 20), 3, 4, 1);
    Path folder = new MarginsJob(context(() -> () -> true)).run(config, Optional.empty()).folder();
    Path half = Files.writeString(folder.resolve(".summary.csv.999999999.part"), "x");
    FolderLock.run(
        folder,
        () -> {
          assertThrows(IOException.class, () -> new MarginsJob(context()).resume(folder));
          assertTrue(Files.exists(half));
        });
    assertTrue(new MarginsJob(context()).resume(folder).done());
    assertFalse(Files.exists(half));
  }

  /** Between the last row and the charts no other process may begin. */
  @Test
  void summariesAndChartsAreMadeWhileTheFolderIsHeld() throws IOException {
    List<Path> held = new ArrayList<>();
    JobListener listener =
        new JobListener() {
          @Override
          public void tablesWritten(Path folder) {
            assertThrows(IOException.class, () -> FolderLock.run(folder, () -> {}));
            held.add(folder);
          }
        };
    JobContext context = context().with(listener);
    ImageChoice images = new ImageChoice(List.of("white"), 20);
    List<Search> searches = List.of(Search.GREEDY_FLIPS);
    List<Double> targets = List.of(0.5);
    new MarginsJob(context).run(new MarginsConfig(TINY, images, 3, 4, 1), Optional.empty());
    new AttackJob(context)
        .run(
            new AttackConfig(TINY, images, searches, OptionalInt.of(3), 3, 4, 10, 1),
            Optional.empty());
    new MinimalJob(context)
        .run(new MinimalConfig(TINY, targets, MinimalStarts.seeds(1), 10, 2, 0), Optional.empty());
    new CounterfactualJob(context)
        .run(new CounterfactualConfig(TINY, images, "0.4", 10, 2, 5, 7), Optional.empty());
    assertEquals(4, held.size());
  }

  /** A job without rows to go on from is done again as a whole where it was cut short. */
  @Test
  void whatIsDoneInOneGoGoesOnToTheSameBytes() throws IOException {
    ImageChoice images = new ImageChoice(List.of("white", image), 20);
    PathOptions options = new PathOptions(List.of(PathKind.RANDOM), 10, 3, 4, 10, 1e-3, 1);
    Path paths =
        new PathsJob(context())
            .run(new PathsConfig(TINY, "white", image, options), Optional.empty())
            .folder();
    goesOn(paths, PathsJob.COMMAND, new PathsJob(context()));
    Path transferred =
        new TransferJob(context()).run(TransferConfig.of(images), Optional.empty()).folder();
    goesOn(transferred, TransferJob.COMMAND, new TransferJob(context()));
  }

  private static void goesOn(Path folder, String command, ResumableJob<?, ?> job)
      throws IOException {
    JobManifest done = JobManifest.open(folder, command);
    assertTrue(done.isDone());
    String whole = Files.readString(folder.resolve("manifest.json"));
    Path table;
    try (Stream<Path> files = Files.list(folder)) {
      table = files.filter(f -> f.toString().endsWith(".csv")).sorted().findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(table);
    Files.delete(table);
    JsonFile.write(
        folder.resolve("manifest.json"), ((ObjectNode) done.content()).put("status", "running"));
    job.resume(folder);
    assertArrayEquals(bytes, Files.readAllBytes(table));
    assertEquals(whole, Files.readString(folder.resolve("manifest.json")));
  }

  @Test
  void resultsOfOtherOptionsAreNotMixed() throws IOException {
    ImageChoice images = new ImageChoice(List.of("white"), 20);
    MarginsJob.Result begun =
        new MarginsJob(context(() -> () -> true))
            .run(new MarginsConfig(TINY, images, 3, 4, 1), Optional.empty());
    JobManifest manifest = JobManifest.open(begun.folder(), MarginsJob.COMMAND);
    MarginsConfig other = new MarginsConfig(TINY, images, 5, 4, 1);
    IOException mixed =
        assertThrows(
            IOException.class,
            () -> new MarginsJob(context()).run(other, new JobFolder.Place.Begun(manifest)));
    assertTrue(String.valueOf(mixed.getMessage()).contains("max_flips is 3, here it is 5"));
  }

  @Test
  void configurationsAreRecordedAsTheyWere() throws IOException {
    MinimalConfig minimal =
        new MinimalConfig(TINY, List.of(0.5, 0.6), MinimalStarts.seeds(3), 10, 2, 0);
    CounterfactualConfig counterfactual =
        new CounterfactualConfig(TINY, new ImageChoice(List.of("a"), 2), "0.4", 10, 2, 5, 7);
    for (Record config : List.of(minimal, counterfactual)) {
      JsonFile.write(
          home.resolve("manifest.json"),
          JobManifest.begin(home, Map.of("command", "any"), config).content());
      assertEquals(config, JobManifest.open(home, "any").recorded(config.getClass()));
    }
  }

  @Test
  void attacksGoOnFromTheManifestAlone() throws IOException {
    List<Search> searches = List.of(Search.GREEDY_FLIPS, Search.FMN, Search.FEWEST_FLIPS);
    ImageChoice images = new ImageChoice(List.of("white", image), 20);
    AttackConfig config = new AttackConfig(TINY, images, searches, OptionalInt.of(3), 3, 4, 10, 1);
    int[] asked = {0};
    AttackJob.Result begun =
        new AttackJob(context(() -> () -> ++asked[0] > 2)).run(config, Optional.empty());
    assertTrue(!begun.done() && begun.success().isEmpty());
    assertEquals(
        config, JobManifest.open(begun.folder(), AttackJob.COMMAND).recorded(AttackConfig.class));
    AttackJob.Result done = new AttackJob(context()).resume(begun.folder());
    AttackJob.Result whole = new AttackJob(context()).run(config, Optional.empty());
    assertEquals(whole.success(), done.success());
    for (String file : List.of(SearchOutcome.OfImage.FILE, SuccessCurve.Step.FILE)) {
      assertEquals(
          Files.readString(whole.folder().resolve(file)),
          Files.readString(done.folder().resolve(file)));
    }
    List<SearchOutcome.OfImage> rows =
        SearchOutcome.OfImage.TABLE.read(done.folder().resolve(SearchOutcome.OfImage.FILE));
    assertEquals(2 * 3, rows.size());
    assertEquals(searches, rows.subList(3, 6).stream().map(SearchOutcome.OfImage::search).toList());
  }

  @Test
  void aTransferToNoModelThatCanScoreIsRefusedInOneLine() throws IOException {
    ModelCard tiny = TinyModels.card("small");
    ModelCard small = // whose last maps have one place, too few to be reflected
        new ModelCard(
            "small",
            new Architecture(Architecture.Kind.MOBILENET_V2, 0.25, List.of(), true, 0, 1, 0.2),
            tiny.input(),
            tiny.preprocessing(),
            tiny.output(),
            Padding.REFLECT,
            null,
            tiny.figures(),
            WeightsFile.UNSAVED,
            tiny.created(),
            tiny.whiskerVersion());
    Network network = Networks.of(Objects.requireNonNull(small.architecture()), small.input(), 1);
    new ModelStore(home.resolve("models"))
        .save(small, new FormulaWeights(network.parameters(), 7), DType.F32);
    ImageChoice images = new ImageChoice(List.of(image), 10, true);
    TransferConfig config =
        new TransferConfig(DeviceConfig.standard(), images, List.of("small"), Set.of(), 1);
    Path out = home.resolve("transfer");
    IOException e =
        assertThrows(
            IOException.class, () -> new TransferJob(context()).run(config, Optional.of(out)));
    assertEquals(
        "no model could score the images (the notes above say why); name others by --models",
        e.getMessage());
    assertFalse(Files.exists(out));
  }
}
