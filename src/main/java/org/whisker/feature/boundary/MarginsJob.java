package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.boundary.Margin;
import org.whisker.boundary.MarginSearch;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.PictureGroup;
import org.whisker.table.PictureId;

/**
 * Measures how far images lie from the decision boundary. Its folder gets {@code margins.csv}, a
 * row an image, {@code summary.csv}, and {@code success.csv}, the share that a number of flips
 * turns.
 */
public final class MarginsJob implements ResumableJob<MarginsConfig, MarginsJob.Result> {
  /** Name of the command in manifests. */
  public static final String COMMAND = "boundary margins";

  private static final List<String> DECISIVE =
      List.of(
          "command", "model", "precision", "device", "images", "max_flips", "candidates", "seed");

  private final JobContext context;

  public MarginsJob(JobContext context) {
    this.context = context;
  }

  /**
   * The result.
   *
   * @param done whether all images are measured; otherwise the job was stopped
   * @param summary a row a group and side; empty until done
   */
  public record Result(Path folder, boolean done, List<Margin.Summary> summary) {
    public Result {
      summary = List.copyOf(summary);
    }
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public Class<MarginsConfig> type() {
    return MarginsConfig.class;
  }

  @Override
  public Result run(MarginsConfig config, JobFolder.Place place) throws IOException {
    try (OpenedModel model = OpenedModel.open(config.model(), context)) {
      List<PictureGroup> groups = config.images().read(model.classifier(), config.seed());
      PictureGroup.noteResized(groups, context);
      Map<String, Object> content = model.manifest(COMMAND);
      content.put("images", PictureGroup.describe(groups));
      config.describe(content);
      List<PictureGroup.Member> images = PictureGroup.members(groups);
      return JobFolder.hold(
          context,
          place,
          model.job("margins", content, config, DECISIVE),
          folder -> measure(model.classifier(), config.search(), images, folder));
    }
  }

  private Result measure(
      DifferentiableClassifier classifier,
      MarginSearch search,
      List<PictureGroup.Member> images,
      JobFolder folder)
      throws IOException {
    boolean done =
        folder.fill(
            "images",
            Margin.OfImage.TABLE,
            Margin.OfImage.FILE,
            images.size(),
            (number, progress, stopped) ->
                Optional.of(row(classifier, search, images.get(number))));
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
    Margin.Summary.TABLE.write(folder.resolve(Margin.Summary.FILE), summary);
    SuccessCurve.Step.TABLE.write(
        folder.resolve(SuccessCurve.Step.FILE), SuccessCurve.Step.ofMargins(rows));
    context.listener().tablesWritten(folder);
    job.done();
    return summary;
  }
}
