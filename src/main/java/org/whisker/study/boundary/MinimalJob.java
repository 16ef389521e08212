package org.whisker.study.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.study.JobContext;
import org.whisker.study.JobManifest;
import org.whisker.study.ResumableFolder;
import org.whisker.study.boundary.MinimalStarts.Start;
import org.whisker.table.boundary.MinimalRow;

/**
 * Looks for the smallest sets of black pixels that reach a p(cat), from several starts. Its folder
 * gets {@code minimal.csv}, a row a start and target, and {@code sets/} with each set as a picture
 * and the scores without each of its pixels.
 */
public final class MinimalJob {
  /** As manifests name it. */
  public static final String COMMAND = "boundary minimal";

  private static final List<String> DECISIVE =
      List.of(
          "command",
          "model",
          "device",
          "targets",
          "starts",
          "density",
          "evaluations",
          "max_flips",
          "candidates",
          "seed");

  private final JobContext context;

  public MinimalJob(JobContext context) {
    this.context = context;
  }

  /**
   * The result.
   *
   * @param done whether all searches have ended; otherwise the job was stopped
   * @param rows a row a start and target; empty until done
   * @param unread number of starts that could not be read
   */
  public record Result(Path folder, boolean done, List<MinimalRow> rows, int unread) {
    public Result {
      rows = List.copyOf(rows);
    }
  }

  /**
   * Does all searches in a new folder.
   *
   * @param out the folder, new or empty; by default a new one in {@code analyses/}
   * @return empty when no start can be read; the listener was told why
   * @throws IOException when an input can't be read, or a file not be written
   */
  public Optional<Result> run(MinimalConfig config, Optional<Path> out) throws IOException {
    return run(config, ResumableFolder.Place.create(out, List.of()));
  }

  /**
   * Goes on in a folder where the job was stopped.
   *
   * @return empty when no start can be read; the listener was told why
   * @throws org.whisker.study.InvalidRequestException when the folder is not of such a job, or an
   *     earlier whisker began it
   * @throws IOException when an input can't be read or is not the same, or a file not be written
   */
  public Optional<Result> resume(Path folder) throws IOException {
    JobManifest before = JobManifest.open(folder, COMMAND);
    return run(
        ResumableFolder.configuration(before, MinimalConfig.class),
        ResumableFolder.Place.resume(before));
  }

  /**
   * Does all searches, or those that are left.
   *
   * @return empty when no start can be read; the listener was told why
   * @throws IOException when the model can't be read, or a file not be written
   */
  public Optional<Result> run(MinimalConfig config, ResumableFolder.Place place)
      throws IOException {
    try (OpenedModel model = OpenedModel.open(config.model(), context)) {
      UnreadInputs unread = new UnreadInputs(context);
      List<Start> starts = config.starts().read(model.canvas(), unread);
      return starts.isEmpty()
          ? Optional.empty()
          : Optional.of(search(model, starts, config, place, unread.count()));
    }
  }

  private Result search(
      OpenedModel model,
      List<Start> starts,
      MinimalConfig config,
      ResumableFolder.Place place,
      int unread)
      throws IOException {
    Map<String, Object> content = model.manifest(COMMAND);
    content.put("starts", starts.stream().map(Start::describe).toList());
    config.describe(content);
    ResumableFolder resumable = model.folder(place, "minimal", content, config, DECISIVE);
    Path folder = resumable.folder();
    MinimalSearches searches =
        new MinimalSearches(model.classifier(), config.search(), starts, config.targets(), folder);
    boolean done =
        resumable.fill(
            "searches", MinimalRow.TABLE, MinimalRow.FILE, searches.count(), searches::row);
    return new Result(folder, done, done ? rows(folder) : List.of(), unread);
  }

  private List<MinimalRow> rows(Path folder) throws IOException {
    context.listener().tablesWritten(folder);
    return MinimalRow.TABLE.read(folder.resolve(MinimalRow.FILE));
  }
}
