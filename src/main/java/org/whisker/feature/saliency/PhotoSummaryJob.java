package org.whisker.feature.saliency;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.io.JsonFile;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobManifest;
import org.whisker.job.OutputFolder;
import org.whisker.job.Provenance;
import org.whisker.job.ResumableJob;
import org.whisker.saliency.result.PhotoMapRow;

/**
 * Explains many photos and keeps no map: only where maps are strong, from the border to the centre,
 * as means over the photos with intervals, by group of photos (such as cats and others) and by
 * model. Its folder gets {@code photos.csv}, a row a map, {@code mean_profiles.csv}, {@code
 * edge_index.csv}, {@code contrasts.csv} and {@code manifest.json}. With one seed, all models see
 * the same photos. However it is cut short, it can be gone on with; maps that have a row are not
 * made again.
 *
 * <p>A configuration may name several models, separated by commas.
 */
public final class PhotoSummaryJob implements ResumableJob<SaliencyConfig, PhotoSummaryJob.Result> {
  /** As manifests name it. */
  private static final String COMMAND = "saliency --summary";

  private static final List<String> DECISIVE =
      List.of(
          "command",
          "models",
          "precision",
          "device",
          "images",
          "per_group",
          "pixels_crc32",
          "methods",
          "settings",
          "seed");

  private final JobContext context;

  /** A job that tells the context's listener how it goes. */
  public PhotoSummaryJob(JobContext context) {
    this.context = context;
  }

  /**
   * What came of it.
   *
   * @param done whether all maps are made; otherwise the job was stopped
   * @param edges a row a model, group and method; empty until done
   * @param contrasts between groups, and between models; empty until done
   */
  public record Result(
      Path folder,
      boolean done,
      List<PhotoMapRow.EdgeIndexRow> edges,
      List<PhotoMapRow.ContrastRow> contrasts) {
    public Result {
      edges = List.copyOf(edges);
      contrasts = List.copyOf(contrasts);
    }
  }

  /** Whether a folder is of such a job. */
  public static boolean began(Path folder) throws IOException {
    Path manifest = folder.resolve(JobManifest.NAME);
    return Files.isRegularFile(manifest)
        && JsonFile.read(manifest).path("command").asText().equals(COMMAND);
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public Class<SaliencyConfig> type() {
    return SaliencyConfig.class;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IOException when a model or all images can't be read
   */
  @Override
  public Result run(SaliencyConfig config, JobFolder.Place place) throws IOException {
    if (place instanceof JobFolder.Place.New fresh && fresh.out().isPresent()) {
      OutputFolder.check(fresh.out().get());
    }
    PhotoPlan plan = PhotoPlan.of(config, List.of(config.model().split(",")), context);
    return JobFolder.hold(context, place, job(config, plan), folder -> make(folder, config, plan));
  }

  private Result make(JobFolder folder, SaliencyConfig config, PhotoPlan plan) throws IOException {
    List<PhotoPlan.Task> tasks = plan.tasks();
    boolean done;
    try (PhotoMapsMaker maker = new PhotoMapsMaker(tasks, config.running())) {
      done = folder.fill("maps", PhotoMapRow.TABLE, PhotoMapRow.FILE, tasks.size(), maker);
    }
    return done
        ? summarise(folder, plan, config.seed())
        : new Result(folder.folder(), false, List.of(), List.of());
  }

  private Result summarise(JobFolder job, PhotoPlan plan, long seed) throws IOException {
    Path folder = job.folder();
    List<PhotoMapRow> rows = PhotoMapRow.TABLE.read(folder.resolve(PhotoMapRow.FILE));
    PhotoSummaryTables tables = PhotoSummaryTables.of(plan, rows, seed);
    tables.write(folder);
    context.listener().tablesWritten(folder);
    job.done();
    return new Result(folder, true, tables.edges(), tables.contrasts());
  }

  private JobFolder.Job job(SaliencyConfig config, PhotoPlan plan) {
    List<Map<String, Object>> begun = new ArrayList<>();
    for (PhotoPlan.OfModel model : plan.models()) {
      begun.add(Provenance.manifest(COMMAND, context, model.stored().card(), config.running()));
    }
    Map<String, Object> content = new LinkedHashMap<>(begun.get(0));
    content.put("models", begun.stream().map(each -> each.get("model")).toList());
    content.remove("model");
    plan.describe(config, content);
    content.put("seed", config.seed());
    return new JobFolder.Job(
        context.home().analyses(), "saliency-summary", content, config, DECISIVE);
  }
}
