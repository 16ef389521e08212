package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.boundary.Robustness;
import org.whisker.boundary.SmallChange;
import org.whisker.classifier.Classifier;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.TextTable;
import org.whisker.feature.boundary.BoundaryRobustnessCommand.RobustnessConfig;
import org.whisker.feature.boundary.BoundaryRobustnessCommand.RobustnessJob;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ModelConfig;
import org.whisker.job.input.PictureGroup;
import org.whisker.job.input.PictureGroup.Picture;
import org.whisker.option.Option;
import org.whisker.option.Seed;
import org.whisker.random.SplitMix64;
import org.whisker.value.Text;

/** {@code whisker boundary robustness}: what small changes do to evolved images. */
@Command(
    name = "robustness",
    description = {
      "Perturbs images slightly and reports what is left of p(cat): shifted by one pixel in all"
          + " eight directions, flipped, blurred, saved as JPEG, with one extra pixel at random"
          + " places.",
      "Writes robustness.csv (one row per image, change and draw), summary.csv, robustness.png."
    },
    footer = {
      "",
      "Shifts uncover background: white, or the gray that the images were evolved on.",
      "Blur is Gaussian, mirrored at the border; JPEG uses the JDK's encoder.",
      "",
      "Examples:",
      "  whisker boundary robustness --model vgg16-mini my-run",
      "  whisker boundary robustness --model vgg16-mini my-run docs/cat.png --blur 0.7 \\",
      "      --jpeg 80,20",
      "  whisker boundary robustness --model vgg16-mini photos/test --per-group 50"
    })
final class BoundaryRobustnessCommand extends JobCommand<RobustnessConfig, RobustnessJob.Result> {
  BoundaryRobustnessCommand(Environment environment) {
    super(environment, RobustnessConfig.class, RobustnessJob::new, Optional::of, Extra.CHARTS);
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(folder, Robustness.Summary.TABLE);
  }

  @Override
  protected int say(RobustnessJob.Result result) {
    environment().out().print(robustnessText(result));
    environment().out().println("written to " + result.folder());
    return ExitCode.OK;
  }

  private static final List<String> HEADER =
      List.of("IMAGES", "CHANGE", "MEAN P(CAT)", "LOWEST", "STAY ON THEIR SIDE");

  /**
   * What the command line says of small changes.
   *
   * <p>A table with a row a group and change.
   */
  private static String robustnessText(RobustnessJob.Result result) {
    List<List<String>> table = new ArrayList<>(List.of(HEADER));
    for (Robustness.Group group : Robustness.Group.of(result.summary(), result.rows())) {
      for (int change = 0; change < group.changes().size(); change++) {
        table.add(row(group.changes().get(change), group.catProbabilities(change)));
      }
    }
    return TextTable.of(table);
  }

  private static List<String> row(Robustness.Summary row, List<List<Double>> images) {
    double lowest = images.stream().flatMap(List::stream).mapToDouble(p -> p).min().orElseThrow();
    return List.of(
        row.group(),
        row.change(),
        Text.of("%.4f", row.meanPCat()),
        Text.of("%.4f", lowest),
        Text.of("%.0f %%", 100 * row.sameSide()));
  }

  /**
   * Scores images under small changes. Its folder gets {@code robustness.csv}, a row an image,
   * change and draw, and {@code summary.csv}, a row a group and change.
   */
  static final class RobustnessJob
      extends OpenedModel.ImagesJob<RobustnessConfig, RobustnessJob.Result> {
    public static final String COMMAND = "boundary robustness";

    private static final List<String> DECISIVE =
        List.of("command", "model", "device", "precision", "images", "seed");

    public RobustnessJob(JobContext context) {
      super(context, COMMAND, RobustnessConfig.class, DECISIVE);
    }

    /** The result, group by group. */
    public record Result(
        Path folder, List<Robustness.Scored> rows, List<Robustness.Summary> summary)
        implements Outcome {
      public Result {
        rows = List.copyOf(rows);
        summary = List.copyOf(summary);
      }
    }

    @Override
    Result work(
        JobFolder job, OpenedModel model, RobustnessConfig config, List<PictureGroup> groups)
        throws IOException {
      job.begin();
      Path folder = job.folder();
      Result result = score(model.classifier(), groups, config, folder);
      Robustness.Scored.TABLE.writeIn(folder, result.rows);
      Robustness.Summary.TABLE.writeIn(folder, result.summary);
      job.finish(Map.of());
      return result;
    }

    private Result score(
        Classifier classifier, List<PictureGroup> groups, RobustnessConfig config, Path folder) {
      List<Robustness.Scored> rows = new ArrayList<>();
      List<Robustness> scored = new ArrayList<>();
      for (PictureGroup group : groups) {
        Robustness robustness = score(classifier, group, config);
        List<String> files = group.pictures().stream().map(Picture::file).toList();
        rows.addAll(Robustness.Scored.of(group.name(), files, robustness));
        scored.add(robustness);
      }
      SplitMix64 random = SplitMix64.stream(config.seed(), "robustness intervals", 0);
      List<Robustness.Summary> summary = new ArrayList<>();
      for (int i = 0; i < scored.size(); i++) {
        Robustness all = scored.get(i);
        for (int change = 0; change < all.changes().size(); change++) {
          summary.add(
              Robustness.Summary.of(
                  groups.get(i).name(), all, change, all.meanInterval(change, random)));
        }
      }
      return new Result(folder, rows, summary);
    }

    private Robustness score(Classifier classifier, PictureGroup group, RobustnessConfig config) {
      try (Progress progress =
          context.progress("changing " + group.name(), group.pictures().size())) {
        return Robustness.of(
            classifier,
            group.rasters(),
            group.tones(),
            config.changes(),
            config.seed(),
            OpenedModel.BATCH,
            progress::stepTo);
      }
    }
  }

  /**
   * What decides what small changes do to images.
   *
   * @param seed the seed of these, and of the images that are drawn
   */
  record RobustnessConfig(
      ModelConfig model,
      ImageChoice images,
      @Option(
              names = "--blur",
              label = "SIGMA",
              split = ",",
              defaultValue = "0.5,1",
              help = "Standard deviations of the blur in pixels.")
          List<Double> blurs,
      @Option(
              names = "--jpeg",
              label = "Q",
              split = ",",
              defaultValue = "90,50",
              help = "JPEG qualities, 1 to 100.")
          List<Integer> qualities,
      @Option(
              names = "--draws",
              label = "N",
              defaultValue = "20",
              help = "Number of random positions of the extra pixel.")
          int draws,
      @Seed long seed)
      implements OpenedModel.ImagesConfig {
    public RobustnessConfig {
      blurs = List.copyOf(blurs);
      qualities = List.copyOf(qualities);
      Robustness.changes(blurs, qualities, draws); // checks them
    }

    @Override
    public void describe(Map<String, Object> manifest) {
      manifest.put("changes", changes().stream().map(SmallChange::label).toList());
      manifest.put("extra_pixel_draws", draws);
      manifest.put("seed", seed);
    }

    List<SmallChange> changes() {
      return Robustness.changes(blurs, qualities, draws);
    }
  }
}
