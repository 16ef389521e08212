package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.boundary.BoundaryPaths;
import org.whisker.boundary.BoundaryPaths.PathOptions;
import org.whisker.boundary.ImagePath.PixelPath;
import org.whisker.boundary.PathBand;
import org.whisker.boundary.PathProfile;
import org.whisker.boundary.PathProfile.Crossing;
import org.whisker.boundary.PixelOrders;
import org.whisker.boundary.StoredPictures;
import org.whisker.classifier.Classifier;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.StepProgress;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.PictureGroup.Picture;
import org.whisker.job.input.SinglePicture;

/**
 * Follows paths from one picture to another. Its folder gets {@code path.csv} (every scanned
 * picture), {@code crossings.csv}, {@code pixels.csv} (the orders), and, where there are random
 * orders, {@code band.csv} and {@code logit-band.csv}.
 */
public final class PathsJob implements ResumableJob<PathsConfig, PathsJob.Result> {
  /** Name of the command in manifests. */
  public static final String COMMAND = "boundary";

  private static final List<String> DECISIVE =
      List.of("command", "model", "device", "precision", "from", "to");

  private final JobContext context;

  public PathsJob(JobContext context) {
    this.context = context;
  }

  /** The result. */
  public record Result(Path folder, BoundaryPaths paths) {}

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public Class<PathsConfig> type() {
    return PathsConfig.class;
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidRequestException when both pictures are the same, or one is not there
   */
  @Override
  public Result run(PathsConfig config, JobFolder.Place place) throws IOException {
    try (OpenedModel model = OpenedModel.open(config.model(), context)) {
      Classifier classifier = model.classifier();
      Picture from = SinglePicture.read("--from", config.from(), classifier, config.resize());
      Picture to = SinglePicture.read("--to", config.to(), classifier, config.resize());
      SinglePicture.noteResized(from, context);
      SinglePicture.noteResized(to, context);
      checkDifferent(from, to);
      Map<String, Object> content = model.manifest(COMMAND);
      content.put("from", SinglePicture.describe(from));
      content.put("to", SinglePicture.describe(to));
      return JobFolder.hold(
          context,
          place,
          model.job(COMMAND, content, config, DECISIVE),
          folder -> follow(folder, classifier, from, to, config));
    }
  }

  private Result follow(
      JobFolder job, Classifier classifier, Picture from, Picture to, PathsConfig config)
      throws IOException {
    job.begin();
    Path folder = job.folder();
    BoundaryPaths found = find(classifier, from, to, config.options());
    write(folder, found);
    StoredPictures.write(folder.resolve(StoredPictures.ENDS), List.of(from.raster(), to.raster()));
    Map<String, Object> more = new LinkedHashMap<>();
    config.describe(more, found);
    job.finish(more);
    return new Result(folder, found);
  }

  private static void checkDifferent(Picture from, Picture to) {
    InvalidRequestException.refuse(
        PixelOrders.differing(from.raster(), to.raster()) == 0,
        "--from %s and --to %s are the same picture; no path lies between them"
            .formatted(from.file(), to.file()));
  }

  private BoundaryPaths find(Classifier classifier, Picture from, Picture to, PathOptions options) {
    try (StepProgress progress = new StepProgress(context)) {
      return BoundaryPaths.of(
          classifier,
          from.raster(),
          to.raster(),
          options,
          OpenedModel.BATCH,
          (kind, done, total) -> progress.step(kind.label(), done, total));
    }
  }

  private static void write(Path folder, BoundaryPaths paths) throws IOException {
    PathProfile.Scored.TABLE.write(
        folder.resolve(PathProfile.Scored.FILE), PathProfile.Scored.of(paths));
    Crossing.OnPath.TABLE.write(folder.resolve(Crossing.OnPath.FILE), Crossing.OnPath.of(paths));
    PixelPath.Step.TABLE.write(folder.resolve(PixelPath.Step.FILE), PixelPath.Step.of(paths));
    Optional<PathBand> probability = paths.band(true);
    Optional<PathBand> logit = paths.band(false);
    if (probability.isPresent() && logit.isPresent()) {
      PathBand.ProbabilityRow.TABLE.write(
          folder.resolve(PathBand.ProbabilityRow.FILE),
          PathBand.ProbabilityRow.of(probability.get()));
      PathBand.LogitRow.TABLE.write(
          folder.resolve(PathBand.LogitRow.FILE), PathBand.LogitRow.of(logit.get()));
    }
  }
}
