package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.boundary.Counterfactual;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.image.Canvas;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.PictureGroup;

/**
 * Looks for the fewest flips after which an image is no longer classified as cat. Its folder gets
 * {@code counterfactual.csv}, a row an image, {@code images/N/} with the pictures before and after
 * and {@code flips.csv}, {@code summary.csv}, which tests where the flips lie, and {@code
 * success.csv}, the share of cats that a number of flips turns.
 */
public final class CounterfactualJob
    implements ResumableJob<CounterfactualConfig, Optional<CounterfactualJob.Result>> {
  /** As manifests name it. */
  public static final String COMMAND = "boundary counterfactual";

  private static final List<String> DECISIVE =
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

  private final JobContext context;

  public CounterfactualJob(JobContext context) {
    this.context = context;
  }

  /**
   * The result.
   *
   * @param done whether all searches have ended; otherwise the job was stopped
   * @param rows a row an image; empty until done
   * @param summary a row a group; empty until done
   * @param unread number of names that could not be read
   */
  public record Result(
      Path folder,
      boolean done,
      List<Counterfactual.OfImage> rows,
      List<Counterfactual.Summary> summary,
      int unread) {
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
  public Class<CounterfactualConfig> type() {
    return CounterfactualConfig.class;
  }

  /**
   * {@inheritDoc}
   *
   * @return empty when no image can be read; the listener was told why
   */
  @Override
  public Optional<Result> run(CounterfactualConfig config, JobFolder.Place place)
      throws IOException {
    try (OpenedModel model = OpenedModel.open(config.model(), context)) {
      UnreadInputs unread = new UnreadInputs(context);
      List<PictureGroup> groups = config.images().readable(model.canvas(), config.seed(), unread);
      PictureGroup.noteResized(groups, context);
      return groups.isEmpty()
          ? Optional.empty()
          : Optional.of(
              JobFolder.hold(
                  context,
                  place,
                  model.job("counterfactual", content(model, groups, config), config, DECISIVE),
                  folder -> search(folder, model, groups, config, unread.count())));
    }
  }

  private static Map<String, Object> content(
      OpenedModel model, List<PictureGroup> groups, CounterfactualConfig config)
      throws IOException {
    Map<String, Object> content = model.manifest(COMMAND);
    content.put("images", PictureGroup.describe(groups));
    config.describe(content);
    return content;
  }

  private Result search(
      JobFolder resumable,
      OpenedModel model,
      List<PictureGroup> groups,
      CounterfactualConfig config,
      int unread)
      throws IOException {
    Path folder = resumable.folder();
    FlipSearches searches =
        new FlipSearches(
            model.classifier(),
            config.search(),
            config.fixedThreshold(),
            PictureGroup.members(groups),
            folder);
    boolean done =
        resumable.fill(
            "images",
            Counterfactual.OfImage.TABLE,
            Counterfactual.OfImage.FILE,
            searches.count(),
            searches::row);
    return done
        ? summarise(resumable, model.canvas(), config.seed(), unread)
        : new Result(folder, false, List.of(), List.of(), unread);
  }

  private Result summarise(JobFolder job, Canvas canvas, long seed, int unread) throws IOException {
    Path folder = job.folder();
    List<Counterfactual.OfImage> rows =
        Counterfactual.OfImage.TABLE.read(folder.resolve(Counterfactual.OfImage.FILE));
    for (Counterfactual.OfImage row : rows) {
      if (row.status() == Counterfactual.OfImage.Status.NO_CAT_BINARISED) {
        context.note(row.image() + " is no cat any more in black and white");
      }
    }
    List<Counterfactual.Summary> summary = new FlipPositions(folder, canvas, seed).summary(rows);
    Counterfactual.Summary.TABLE.write(folder.resolve(Counterfactual.Summary.FILE), summary);
    SuccessCurve.Step.TABLE.write(
        folder.resolve(SuccessCurve.Step.FILE), SuccessCurve.Step.ofCounterfactuals(rows));
    context.listener().tablesWritten(folder);
    job.done();
    return new Result(folder, true, rows, summary, unread);
  }
}
