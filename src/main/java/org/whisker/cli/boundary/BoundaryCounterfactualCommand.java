package org.whisker.cli.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.whisker.boundary.CounterfactualSearch;
import org.whisker.chart.CounterfactualFiles;
import org.whisker.chart.CounterfactualSummary;
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
import org.whisker.cli.shared.PerGroup;
import org.whisker.cli.shared.ResumableOutput;
import org.whisker.image.Threshold;
import org.whisker.study.Progress;
import org.whisker.study.Provenance;
import org.whisker.study.boundary.FlipSearchRun;
import org.whisker.study.boundary.RowRecorder;
import org.whisker.study.input.PictureGroup;
import org.whisker.study.input.PictureReader;
import org.whisker.table.CounterfactualRow;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code whisker boundary counterfactual}: the fewest flips that make no cat of a cat. */
@Command(
    name = "counterfactual",
    description = {
      "Looks for the smallest set of pixels to flip, black to white or white to black, so that a"
          + " cat is no longer classified as one, and proves that no single flip can be left out."
          + " Gray pictures are binarised first.",
      "Writes counterfactual.csv (one row per image), images/N/ (flips.csv, before.png, after.png,"
          + " change.png), summary.csv. Ctrl-C keeps finished results; --resume continues."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Pixels are flipped one by one as in margins. Then flips are undone, and others",
      "added that allow more to be undone. All scoring is in float32; the proof uses",
      "full passes. The number is an upper bound. summary.csv compares the edge index",
      "of the flips with that of random toroidal shifts of them, which favour no",
      "position.",
      "",
      "Examples:",
      "  whisker boundary counterfactual --model vgg16-mini my-run",
      "  whisker boundary counterfactual --model vgg16-mini cat.jpg --threshold 0.4",
      "  whisker boundary counterfactual --model vgg16-mini photos/test/cat \\",
      "      --per-group 50 --out turned",
      "  whisker boundary counterfactual --model vgg16-mini photos/test/cat \\",
      "      --per-group 50 --resume turned"
    })
final class BoundaryCounterfactualCommand implements Callable<Integer> {
  private static final int BATCH = 100;
  private static final List<String> SAME =
      List.of(
          "command",
          "model",
          "device",
          "images",
          "threshold",
          "max_flips",
          "candidates",
          "evaluations",
          "seed");

  private final Environment environment;
  private int failures;
  @Mixin private final ModelOption model = new ModelOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGES",
      description = "Output folders of evolve, folders of images or photos, image files.")
  private List<String> images = List.of();

  @Mixin private final CounterfactualOptions options = new CounterfactualOptions();
  @Mixin private final PerGroup perGroup = new PerGroup();
  @Mixin private final ResumableOutput output = new ResumableOutput();
  @Mixin private final DeviceOption device = new DeviceOption();
  @Mixin private final CommonOptions common = new CommonOptions();

  BoundaryCounterfactualCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    output.check();
    CounterfactualSearch search = options.search(BATCH);
    Optional<Threshold> threshold = options.threshold();
    TorchClassifier.Settings settings = device.float32(BATCH);
    StoredModel stored = model.open(environment.home());
    try (DifferentiableClassifier classifier = Classifiers.openAny(stored, settings)) {
      List<PictureGroup> groups = read(classifier);
      if (groups.isEmpty()) {
        return ExitCode.FAILURE;
      }
      PictureGroup.noteResized(groups, environment.context(common));
      Map<String, Object> manifest = manifest(stored, settings, groups);
      String stem = "counterfactual-" + stored.card().name();
      Path folder = output.folder(environment, stem, manifest, SAME);
      ResumableOutput.write(folder, manifest, "running");
      boolean done =
          search(
              new FlipSearchRun(classifier, search, threshold, FlipSearchRun.all(groups), folder));
      ResumableOutput.write(folder, manifest, done ? "done" : "stopped");
      if (done) {
        summarise(folder);
      }
      environment.out().println((done ? "written to " : "stopped; go on with --resume ") + folder);
    }
    return failures == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }

  private List<PictureGroup> read(Classifier classifier) {
    PictureReader reader =
        new PictureReader("IMAGES", classifier.canvas(), perGroup.get(), output.seed());
    List<PictureGroup> groups = new ArrayList<>();
    for (String name : images) {
      try {
        groups.addAll(reader.read(name));
      } catch (IOException e) {
        failures++;
        environment.err().println("whisker: " + Errors.of(e).line());
      }
    }
    return groups;
  }

  private boolean search(FlipSearchRun turning) throws IOException {
    BooleanSupplier stopped = environment.interrupts().listen();
    int rows = turning.subjects().size();
    Path table = turning.folder().resolve("counterfactual.csv");
    try (Progress progress = ConsoleProgress.start(environment, common, "images", rows)) {
      return new RowRecorder(table, CounterfactualFiles.HEADER, output.resumed())
          .fill(
              rows,
              (csv, row) -> turning.append(csv, row, progress, stopped),
              stopped,
              progress::stepTo);
    }
  }

  private void summarise(Path folder) throws IOException {
    List<CounterfactualRow> rows = CounterfactualFiles.read(folder.resolve("counterfactual.csv"));
    for (CounterfactualRow row : rows) {
      if (row.status() == CounterfactualRow.Status.NO_CAT_BINARISED && !common.quiet()) {
        environment
            .err()
            .println("whisker: " + row.image() + " is no cat any more in black and white");
      }
    }
    List<CounterfactualSummary> groups = CounterfactualSummary.write(folder, rows, output.seed());
    environment.out().print(CounterfactualText.of(rows, groups));
  }

  private Map<String, Object> manifest(
      StoredModel stored, TorchClassifier.Settings settings, List<PictureGroup> groups) {
    Map<String, Object> manifest =
        Provenance.manifest(
            "boundary counterfactual", environment.context(common), stored.card(), settings);
    manifest.put("images", PictureGroup.describe(groups));
    options.describe(manifest);
    manifest.put("seed", output.seed());
    return manifest;
  }
}
