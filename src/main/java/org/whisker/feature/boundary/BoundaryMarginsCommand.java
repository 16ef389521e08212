package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.boundary.Margin;
import org.whisker.boundary.Margin.MarginSearch;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.ResumableCommand;
import org.whisker.command.TextTable;
import org.whisker.feature.boundary.BoundaryMarginsCommand.MarginsConfig;
import org.whisker.feature.boundary.BoundaryMarginsCommand.MarginsJob;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.ModelConfig;
import org.whisker.job.input.PictureGroup;
import org.whisker.option.Option;
import org.whisker.option.Seed;
import org.whisker.table.PictureId;

/** {@code whisker boundary margins}: how far images lie from the decision boundary. */
@Command(
    name = "margins",
    description = {
      "Counts the pixels of an image that must be flipped until p(target) crosses ½, and gives a"
          + " linear estimate beside it: |logit| / gradient, and the number of flips that it"
          + " implies.",
      "Writes margins.csv (one row per image), summary.csv, margins.png. Ctrl-C keeps finished"
          + " results; --resume continues."
    },
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
      "  whisker boundary margins --resume far"
    })
final class BoundaryMarginsCommand extends JobCommand<MarginsConfig, MarginsJob.Result> {
  BoundaryMarginsCommand(Environment environment) {
    super(environment, MarginsConfig.class, MarginsJob::new, Optional::of, Extra.CHARTS);
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(folder, Margin.Summary.TABLE);
  }

  @Override
  protected int say(MarginsJob.Result result) {
    if (result.done()) {
      environment().out().print(marginsSummary(result.summary()));
    }
    ResumableCommand.end(environment(), result.folder(), result.done());
    return ExitCode.OK;
  }

  private static final String BOUND =
      "flips: of the picture as it is (a gray pixel becomes black or white), found greedily and"
          + " none taken back, so at most so many are needed"
          + System.lineSeparator();

  /**
   * What the command line says of margins.
   *
   * <p>A table with a row a group and side; a dash where more than half are not reached.
   */
  private static String marginsSummary(List<Margin.Summary> summary) {
    return TextTable.of(Margin.Summary.TABLE, summary) + BOUND;
  }

  /**
   * Measures how far images lie from the decision boundary. Its folder gets {@code margins.csv}, a
   * row an image, {@code summary.csv}, and {@code success.csv}, the share that a number of flips
   * turns.
   */
  static final class MarginsJob extends OpenedModel.ImagesJob<MarginsConfig, MarginsJob.Result> {
    public static final String COMMAND = "boundary margins";

    private static final List<String> DECISIVE =
        List.of(
            "command", "model", "precision", "device", "images", "max_flips", "candidates", "seed");

    public MarginsJob(JobContext context) {
      super(context, COMMAND, MarginsConfig.class, DECISIVE);
    }

    /**
     * The result.
     *
     * @param done whether all images are measured; otherwise the job was stopped
     * @param summary a row a group and side; empty until done
     */
    public record Result(Path folder, boolean done, List<Margin.Summary> summary)
        implements Outcome {
      public Result {
        summary = List.copyOf(summary);
      }
    }

    @Override
    Result work(
        JobFolder folder, OpenedModel model, MarginsConfig config, List<PictureGroup> groups)
        throws IOException {
      List<PictureGroup.Member> images = PictureGroup.members(groups);
      MarginSearch search = config.search();
      boolean done =
          folder.fill(
              "images",
              Margin.OfImage.TABLE,
              Margin.OfImage.FILE,
              images.size(),
              (number, progress, stopped) ->
                  Optional.of(row(model.classifier(), search, images.get(number))));
      return new Result(folder.folder(), done, done ? summarise(folder) : List.of());
    }

    private static Margin.OfImage row(
        DifferentiableClassifier classifier, MarginSearch search, PictureGroup.Member image) {
      return new Margin.OfImage(
          new PictureId(image.group().name(), image.picture().file()),
          search.of(classifier, image.picture().raster()));
    }

    private List<Margin.Summary> summarise(JobFolder job) throws IOException {
      Path folder = job.folder();
      List<Margin.OfImage> rows = Margin.OfImage.TABLE.read(folder.resolve(Margin.OfImage.FILE));
      List<Margin.Summary> summary = Margin.Summary.of(rows);
      Margin.Summary.TABLE.writeIn(folder, summary);
      SuccessCurve.Step.TABLE.writeIn(folder, SuccessCurve.Step.ofMargins(rows));
      job.finish(Map.of());
      return summary;
    }
  }

  /**
   * What decides the margins of images.
   *
   * @param seed the seed of the images that are drawn
   */
  record MarginsConfig(
      ModelConfig model,
      ImageChoice images,
      @Option(
              names = "--max-flips",
              label = "N",
              defaultValue = "200",
              help = "Number of flips at which the search gives up.")
          int maxFlips,
      @Option(
              names = "--candidates",
              label = "N",
              defaultValue = "16",
              help = "Maximum number of flips scored per step.")
          int candidates,
      @Seed long seed)
      implements OpenedModel.ImagesConfig {

    public MarginsConfig {
      new MarginSearch(maxFlips, candidates, OpenedModel.BATCH); // checks them
    }

    MarginSearch search() {
      return new MarginSearch(maxFlips, candidates, OpenedModel.BATCH);
    }

    @Override
    public void describe(Map<String, Object> manifest) {
      manifest.put("max_flips", maxFlips);
      manifest.put("candidates", candidates);
      manifest.put("seed", seed);
    }
  }
}
