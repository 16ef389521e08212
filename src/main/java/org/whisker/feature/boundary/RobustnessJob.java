package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.whisker.boundary.Robustness;
import org.whisker.classifier.Classifier;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.PictureGroup;
import org.whisker.job.input.PictureGroup.Picture;
import org.whisker.random.SplitMix64;

/**
 * Scores images under small changes. Its folder gets {@code robustness.csv}, a row an image, change
 * and draw, and {@code summary.csv}, a row a group and change.
 */
public final class RobustnessJob implements ResumableJob<RobustnessConfig, RobustnessJob.Result> {
  /** Name of the command in manifests. */
  public static final String COMMAND = "boundary robustness";

  private static final List<String> DECISIVE =
      List.of("command", "model", "device", "precision", "images", "seed");

  private final JobContext context;

  public RobustnessJob(JobContext context) {
    this.context = context;
  }

  /** The result, group by group. */
  public record Result(
      Path folder, List<Robustness.Scored> rows, List<Robustness.Summary> summary) {
    public Result {
      rows = List.copyOf(rows);
      summary = List.copyOf(summary);
    }
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public Class<RobustnessConfig> type() {
    return RobustnessConfig.class;
  }

  @Override
  public Result run(RobustnessConfig config, JobFolder.Place place) throws IOException {
    try (OpenedModel model = OpenedModel.open(config.model(), context)) {
      List<PictureGroup> groups = config.images().read(model.classifier(), config.seed());
      PictureGroup.noteResized(groups, context);
      Map<String, Object> content = model.manifest(COMMAND);
      content.put("images", PictureGroup.describe(groups));
      config.describe(content);
      return JobFolder.hold(
          context,
          place,
          model.job("robustness", content, config, DECISIVE),
          folder -> change(folder, model.classifier(), groups, config));
    }
  }

  private Result change(
      JobFolder job, Classifier classifier, List<PictureGroup> groups, RobustnessConfig config)
      throws IOException {
    job.begin();
    Path folder = job.folder();
    Result result = score(classifier, groups, config, folder);
    Robustness.Scored.TABLE.write(folder.resolve(Robustness.Scored.FILE), result.rows);
    Robustness.Summary.TABLE.write(folder.resolve(Robustness.Summary.FILE), result.summary);
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
