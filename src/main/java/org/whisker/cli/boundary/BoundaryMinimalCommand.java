package org.whisker.cli.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.whisker.boundary.MinimalSearch;
import org.whisker.boundary.MinimalSet;
import org.whisker.chart.MinimalFiles;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.ConsoleProgress;
import org.whisker.cli.shared.DeviceOption;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.Errors;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.ModelOption;
import org.whisker.cli.shared.ResumableOutput;
import org.whisker.study.Progress;
import org.whisker.study.Provenance;
import org.whisker.study.TableRecorder;
import org.whisker.study.boundary.MinimalStarts;
import org.whisker.table.MinimalRow;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code whisker boundary minimal}: few black pixels that a classifier takes for a cat. */
@Command(
    name = "minimal",
    description = {
      "Looks for the smallest set of black pixels on white that reaches a given p(cat), from"
          + " several starts, and proves that no single pixel of it can be removed.",
      "Writes minimal.csv (one row per start and target), sets/ (each set as PNG, and the scores"
          + " without each of its pixels), minimal.png, sets.png. Ctrl-C keeps finished results;"
          + " --resume continues."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "A start below the target is changed pixel by pixel (greedily, by the gradient)",
      "until it reaches the target. Then pixels are removed, and others added that",
      "allow more removals. All scoring is in float32; the proof uses full passes.",
      "1-minimal does not mean smallest: each number is an upper bound.",
      "",
      "Examples:",
      "  whisker boundary minimal --model vgg16-mini",
      "  whisker boundary minimal --model vgg16-mini --starts my-run seeds --out few",
      "  whisker boundary minimal --model vgg16-mini --starts greedy --target 0.5 \\",
      "      --evaluations 1000000",
      "  whisker boundary minimal --model vgg16-mini --starts my-run seeds --resume few"
    })
final class BoundaryMinimalCommand implements Callable<Integer> {
  private static final int BATCH = 100;
  private static final List<String> SAME =
      List.of(
          "command",
          "model",
          "device",
          "targets",
          "starts",
          "density",
          "evaluations",
          "max_flips",
          "candidates",
          "seed");

  private final Environment environment;
  private int failures;
  @Mixin private final ModelOption model = new ModelOption();
  @Mixin private final MinimalOptions options = new MinimalOptions();
  @Mixin private final ResumableOutput output = new ResumableOutput();
  @Mixin private final DeviceOption device = new DeviceOption();
  @Mixin private final CommonOptions common = new CommonOptions();

  BoundaryMinimalCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    output.check();
    MinimalSearch search = options.search(BATCH);
    List<Double> targets = options.targets();
    TorchClassifier.Settings settings = device.float32(BATCH);
    StoredModel stored = model.open(environment.home());
    try (DifferentiableClassifier classifier = Classifiers.openAny(stored, settings)) {
      List<MinimalStarts.Start> starts =
          options.starts(output.seed(), classifier.canvas(), this::passOver);
      if (starts.isEmpty()) {
        return ExitCode.FAILURE;
      }
      Map<String, Object> manifest = manifest(stored, settings, starts);
      String stem = "minimal-" + stored.card().name();
      Path folder = output.folder(environment, stem, manifest, SAME);
      ResumableOutput.write(folder, manifest, "running");
      boolean done = search(new Searching(classifier, search, starts, targets, folder));
      ResumableOutput.write(folder, manifest, done ? "done" : "stopped");
      if (done) {
        List<MinimalRow> rows = MinimalRow.TABLE.read(folder.resolve("minimal.csv"));
        MinimalFiles.draw(folder, "Smallest sets found, " + stored.card().name(), rows);
        environment.out().print(MinimalSummary.text(rows));
      }
      environment.out().println((done ? "written to " : "stopped; go on with --resume ") + folder);
    }
    return failures == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }

  private void passOver(IOException e) {
    failures++;
    environment.err().println("whisker: " + Errors.of(e).line());
  }

  /** A search a row: each start for each target. */
  private record Searching(
      Classifier classifier,
      MinimalSearch search,
      List<MinimalStarts.Start> starts,
      List<Double> targets,
      Path folder) {
    MinimalStarts.Start start(int row) {
      return starts.get(row / targets.size());
    }

    double target(int row) {
      return targets.get(row % targets.size());
    }

    Optional<MinimalRow> row(int row, Progress progress, BooleanSupplier stopped)
        throws IOException {
      MinimalStarts.Start start = start(row);
      Optional<MinimalSet> found =
          search.from(
              classifier,
              start.image(),
              start.tones(),
              target(row),
              left -> {
                progress.extraMessage(start.name() + ": " + left + " pixels");
                progress.stepTo(row);
              },
              stopped);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      String file = "sets/%02d-p%s".formatted(row / targets.size() + 1, target(row));
      return Optional.of(
          MinimalFiles.write(folder, start.name(), file, start.tones(), found.get()));
    }
  }

  private boolean search(Searching all) throws IOException {
    BooleanSupplier stopped = environment.interrupts().listen();
    int rows = all.starts.size() * all.targets.size();
    Path table = all.folder.resolve("minimal.csv");
    try (Progress progress = ConsoleProgress.start(environment, common, "searches", rows)) {
      return new TableRecorder<>(MinimalRow.TABLE, table, output.resumed())
          .fill(rows, row -> all.row(row, progress, stopped), stopped, progress::stepTo);
    }
  }

  private Map<String, Object> manifest(
      StoredModel stored, TorchClassifier.Settings settings, List<MinimalStarts.Start> starts) {
    Map<String, Object> manifest =
        Provenance.manifest(
            "boundary minimal", environment.context(common), stored.card(), settings);
    List<Map<String, Object>> described = new ArrayList<>();
    starts.forEach(start -> described.add(start.describe()));
    manifest.put("starts", described);
    options.describe(manifest);
    manifest.put("seed", output.seed());
    return manifest;
  }
}
