package org.whisker.cli.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.whisker.boundary.Robustness;
import org.whisker.boundary.SmallChange;
import org.whisker.chart.RobustnessFiles;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.StoredModel;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.ConsoleProgress;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.ModelOption;
import org.whisker.cli.shared.PerGroup;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.cli.shared.SeededOutput;
import org.whisker.cli.shared.TextTable;
import org.whisker.io.JsonFile;
import org.whisker.random.SplitMix64;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.Progress;
import org.whisker.study.Provenance;
import org.whisker.study.input.PictureGroup;
import org.whisker.study.input.PictureReader;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code whisker boundary robustness}: what small changes do to evolved images. */
@Command(
    name = "robustness",
    description = {
      "Perturbs images slightly and reports what is left of p(cat): shifted by one pixel in all"
          + " eight directions, flipped, blurred, saved as JPEG, with one extra pixel at random"
          + " places.",
      "Writes robustness.csv (one row per image, change and draw), summary.csv, robustness.png."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Shifts uncover background: white, or the gray that the images were evolved on.",
      "Blur is Gaussian, mirrored at the border; JPEG uses the JDK's encoder, in gray.",
      "",
      "Examples:",
      "  whisker boundary robustness --model vgg16-mini my-run",
      "  whisker boundary robustness --model vgg16-mini my-run cat.jpg --blur 0.7 \\",
      "      --jpeg 80,20",
      "  whisker boundary robustness --model vgg16-mini photos/test --per-group 50"
    })
final class BoundaryRobustnessCommand implements Callable<Integer> {
  private static final int BATCH = 100;

  private final Environment environment;
  @Mixin private final ModelOption model = new ModelOption();

  @Parameters(
      arity = "1..*",
      paramLabel = "IMAGES",
      description = "Output folders of evolve, folders of images or photos, image files, white.")
  private List<String> images = List.of();

  @Option(
      names = "--blur",
      paramLabel = "SIGMA",
      split = ",",
      defaultValue = "0.5,1",
      description = "Standard deviations of the blur in pixels. Default: 0.5,1.")
  private List<Double> blurs = List.of();

  @Option(
      names = "--jpeg",
      paramLabel = "Q",
      split = ",",
      defaultValue = "90,50",
      description = "JPEG qualities, 1 to 100. Default: 90,50.")
  private List<Integer> qualities = List.of();

  @Option(
      names = "--draws",
      paramLabel = "N",
      defaultValue = "20",
      description = "Number of random positions of the extra pixel. Default: 20.")
  private int draws = 20;

  @Mixin private final PerGroup perGroup = new PerGroup();
  @Mixin private final SeededOutput output = new SeededOutput();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  BoundaryRobustnessCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    List<SmallChange> changes =
        InvalidRequestException.check(() -> Robustness.changes(blurs, qualities, draws));
    TorchClassifier.Settings settings = running.settings(BATCH);
    StoredModel stored = model.open(environment.home());
    try (Classifier classifier = Classifiers.openAny(stored, settings)) {
      List<PictureGroup> groups =
          new PictureReader("IMAGES", classifier.canvas(), perGroup.get(), output.seed())
              .read(images);
      PictureGroup.noteResized(groups, environment.context(common));
      Path folder = output.folder(environment, "robustness-" + stored.card().name());
      List<RobustnessFiles.Group> scored = new ArrayList<>();
      for (PictureGroup group : groups) {
        scored.add(score(classifier, group, changes));
      }
      RobustnessFiles.write(
          folder,
          stored.card().name(),
          scored,
          SplitMix64.stream(output.seed(), "robustness intervals", 0));
      JsonFile.write(folder.resolve("manifest.json"), manifest(stored, settings, groups, changes));
      environment.out().print(table(scored));
      environment.out().println("written to " + folder);
    }
    return ExitCode.OK;
  }

  private RobustnessFiles.Group score(
      Classifier classifier, PictureGroup group, List<SmallChange> changes) {
    List<String> names = group.pictures().stream().map(PictureGroup.Picture::file).toList();
    try (Progress progress =
        ConsoleProgress.start(environment, common, group.name(), names.size())) {
      Robustness robustness =
          Robustness.of(
              classifier,
              group.rasters(),
              group.tones(),
              changes,
              output.seed(),
              BATCH,
              progress::stepTo);
      return new RobustnessFiles.Group(group.name(), names, robustness);
    }
  }

  private Map<String, Object> manifest(
      StoredModel stored,
      TorchClassifier.Settings settings,
      List<PictureGroup> groups,
      List<SmallChange> changes) {
    Map<String, Object> manifest =
        Provenance.manifest(
            "boundary robustness", environment.context(common), stored.card(), settings);
    manifest.put("images", PictureGroup.describe(groups));
    manifest.put("changes", changes.stream().map(SmallChange::label).toList());
    manifest.put("extra_pixel_draws", draws);
    manifest.put("seed", output.seed());
    return manifest;
  }

  private static String table(List<RobustnessFiles.Group> groups) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("IMAGES", "CHANGE", "MEAN P(CAT)", "LOWEST", "STAY ON THEIR SIDE"));
    for (RobustnessFiles.Group group : groups) {
      Robustness all = group.robustness();
      for (int change = 0; change < all.changes().size(); change++) {
        rows.add(row(group.name(), all, change));
      }
    }
    return TextTable.of(rows);
  }

  private static List<String> row(String group, Robustness all, int change) {
    double sum = 0;
    double lowest = 1;
    for (int i = 0; i < all.pictures(); i++) {
      sum += all.meanCatProbability(i, change);
      for (float logit : all.logits(i, change)) {
        lowest = Math.min(lowest, Classifier.catProbability(logit));
      }
    }
    return List.of(
        group,
        all.changes().get(change).label(),
        String.format(Locale.ROOT, "%.4f", sum / all.pictures()),
        String.format(Locale.ROOT, "%.4f", lowest),
        String.format(Locale.ROOT, "%.0f %%", 100 * all.sameSide(change)));
  }
}
