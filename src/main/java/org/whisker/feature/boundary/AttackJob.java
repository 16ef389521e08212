package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.boundary.attack.SearchOutcome;
import org.whisker.boundary.attack.Searches.Search;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.ResumableJob;
import org.whisker.job.input.PictureGroup;
import org.whisker.table.PictureId;

/**
 * Looks for the smallest changes that turn images, by gradient attacks and by searches among flips.
 * Its folder gets {@code attacks.csv}, a row an image and search, and {@code success.csv}, the
 * share turned within each budget.
 */
public final class AttackJob implements ResumableJob<AttackConfig, AttackJob.Result> {
  /** Name of the command in manifests. */
  public static final String COMMAND = "boundary attack";

  private static final List<String> DECISIVE =
      List.of(
          "command",
          "model",
          "precision",
          "device",
          "images",
          "searches",
          "max_flips",
          "candidates",
          "evaluations",
          "seed");

  private final JobContext context;

  public AttackJob(JobContext context) {
    this.context = context;
  }

  /**
   * The result.
   *
   * @param done whether all searches have ended; otherwise the job was stopped
   * @param success a row a set, search and budget; empty until done
   */
  public record Result(Path folder, boolean done, List<SuccessCurve.Step> success) {
    public Result {
      success = List.copyOf(success);
    }
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public Class<AttackConfig> type() {
    return AttackConfig.class;
  }

  @Override
  public Result run(AttackConfig config, JobFolder.Place place) throws IOException {
    try (OpenedModel model = OpenedModel.open(config.model(), context)) {
      List<PictureGroup> groups = config.images().read(model.classifier(), config.seed());
      PictureGroup.noteResized(groups, context);
      Map<String, Object> content = model.manifest(COMMAND);
      content.put("images", PictureGroup.describe(groups));
      config.describe(content);
      return JobFolder.hold(
          context,
          place,
          model.job("attack", content, config, DECISIVE),
          folder -> search(folder, model, config, PictureGroup.members(groups)));
    }
  }

  private Result search(
      JobFolder folder, OpenedModel model, AttackConfig config, List<PictureGroup.Member> images)
      throws IOException {
    boolean done =
        folder.fill(
            "searches",
            SearchOutcome.OfImage.TABLE,
            SearchOutcome.OfImage.FILE,
            images.size() * config.searches().size(),
            (number, progress, stopped) -> row(model, config, images, number, stopped));
    return new Result(folder.folder(), done, done ? curves(folder) : List.of());
  }

  private static Optional<SearchOutcome.OfImage> row(
      OpenedModel model,
      AttackConfig config,
      List<PictureGroup.Member> images,
      int number,
      BooleanSupplier stopped) {
    int each = config.searches().size();
    PictureGroup.Member image = images.get(number / each);
    Search search = config.searches().get(number % each);
    Optional<SearchOutcome> outcome =
        config
            .limits()
            .of(
                search,
                model.classifier(),
                image.picture().raster(),
                image.group().tones(),
                stopped);
    return outcome.map(
        found ->
            new SearchOutcome.OfImage(
                new PictureId(image.group().name(), image.picture().file()), search, found));
  }

  private List<SuccessCurve.Step> curves(JobFolder job) throws IOException {
    Path folder = job.folder();
    List<SuccessCurve.Step> curves =
        SuccessCurve.Step.ofAttacks(
            SearchOutcome.OfImage.TABLE.read(folder.resolve(SearchOutcome.OfImage.FILE)));
    SuccessCurve.Step.TABLE.write(folder.resolve(SuccessCurve.Step.FILE), curves);
    context.listener().tablesWritten(folder);
    job.done();
    return curves;
  }
}
