package org.whisker.cli.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.whisker.boundary.MarginSearch;
import org.whisker.chart.MarginPlot;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.ConsoleProgress;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.ModelOption;
import org.whisker.cli.shared.PerGroup;
import org.whisker.cli.shared.ResumableOutput;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.Progress;
import org.whisker.study.Provenance;
import org.whisker.study.TableRecorder;
import org.whisker.study.input.PictureGroup;
import org.whisker.study.input.PictureReader;
import org.whisker.table.MarginRow;
import org.whisker.table.MarginSummaryRow;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whisker boundary margins}: how far images lie from the decision boundary. */
@Command(
    name = "margins",
    description = {
      "Counts the pixels of an image that must be flipped until p(cat) crosses ½, and gives a"
          + " linear estimate beside it: |logit| / gradient, and the number of flips that it"
          + " implies.",
      "Writes margins.csv (one row per image), summary.csv, margins.png. Ctrl-C keeps finished"
          + " results; --resume continues."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "A flip makes a pixel black or white. The search is greedy: each step scores the",
      "flips that the gradient finds most promising and takes the best, so its number",
      "is an upper bound. An image that it gives up on counts as not reached.",
      "linear_distance is in gray levels: one pixel from black to white is 1.",
      "",
      "Examples:",
      "  whisker boundary margins --model vgg16-mini my-run white",
      "  whisker boundary margins --model vgg16-mini photos/test --per-group 50",
      "  whisker boundary margins --model vgg16-mini photos/test --max-flips 1000 \\",
      "      --out far",
      "  whisker boundary margins --model vgg16-mini photos/test --max-flips 1000 \\",
      "      --resume far"
    })
final class BoundaryMarginsCommand implements Callable<Integer> {
  private static final int BATCH = 100;
  private static final List<String> SAME =
      List.of(
          "command", "model", "precision", "device", "images", "max_flips", "candidates", "seed");

  private final Environment environment;
  @Mixin private final ModelOption model = new ModelOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGES",
      description = "Output folders of evolve, folders of images or photos, image files, white.")
  private List<String> images = List.of();

  @Option(
      names = "--max-flips",
      paramLabel = "N",
      defaultValue = "200",
      description = "Number of flips at which the search gives up. Default: 200.")
  private int maxFlips = 200;

  @Option(
      names = "--candidates",
      paramLabel = "N",
      defaultValue = "16",
      description = "Maximum number of flips scored per step. Default: 16.")
  private int candidates = 16;

  @Mixin private final PerGroup perGroup = new PerGroup();
  @Mixin private final ResumableOutput output = new ResumableOutput();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  BoundaryMarginsCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    output.check();
    MarginSearch search =
        InvalidRequestException.check(() -> new MarginSearch(maxFlips, candidates, BATCH));
    TorchClassifier.Settings settings = running.settings(BATCH);
    StoredModel stored = model.open(environment.home());
    try (DifferentiableClassifier classifier = Classifiers.openAny(stored, settings)) {
      List<PictureGroup> groups =
          new PictureReader("IMAGES", classifier.canvas(), perGroup.get(), output.seed())
              .read(images);
      PictureGroup.noteResized(groups, environment.context(common));
      Map<String, Object> manifest = manifest(stored, settings, groups);
      String stem = "margins-" + stored.card().name();
      Path folder = output.folder(environment, stem, manifest, SAME);
      ResumableOutput.write(folder, manifest, "running");
      boolean done = measure(classifier, search, groups, folder);
      ResumableOutput.write(folder, manifest, done ? "done" : "stopped");
      if (done) {
        summarise(folder, stored);
      }
      environment.out().println((done ? "written to " : "stopped; go on with --resume ") + folder);
    }
    return ExitCode.OK;
  }

  private boolean measure(
      DifferentiableClassifier classifier,
      MarginSearch search,
      List<PictureGroup> groups,
      Path folder)
      throws IOException {
    BooleanSupplier stopped = environment.interrupts().listen();
    List<PictureGroup.Member> members = PictureGroup.members(groups);
    int total = members.size();
    try (Progress progress = ConsoleProgress.start(environment, common, "images", total)) {
      return new TableRecorder<>(MarginRow.TABLE, folder.resolve("margins.csv"), output.resumed())
          .fill(
              total,
              row -> Optional.of(margin(classifier, search, members.get(row))),
              stopped,
              progress::stepTo);
    }
  }

  private static MarginRow margin(
      DifferentiableClassifier classifier, MarginSearch search, PictureGroup.Member image) {
    return MarginRow.of(
        image.group().name(),
        image.picture().file(),
        search.of(classifier, image.picture().raster()));
  }

  private void summarise(Path folder, StoredModel stored) throws IOException {
    List<MarginRow> rows = MarginRow.TABLE.read(folder.resolve("margins.csv"));
    List<MarginSummaryRow> summary = MarginSummaryRow.of(rows);
    MarginSummaryRow.TABLE.write(folder.resolve("summary.csv"), summary);
    new MarginPlot("Margins of " + stored.card().name(), rows, summary, maxFlips)
        .writePng(folder.resolve("margins.png"));
    environment.out().print(MarginsSummary.text(summary));
  }

  private Map<String, Object> manifest(
      StoredModel stored, TorchClassifier.Settings settings, List<PictureGroup> groups) {
    Map<String, Object> manifest =
        Provenance.manifest(
            "boundary margins", environment.context(common), stored.card(), settings);
    manifest.put("images", PictureGroup.describe(groups));
    manifest.put("max_flips", maxFlips);
    manifest.put("candidates", candidates);
    manifest.put("seed", output.seed());
    return manifest;
  }
}
