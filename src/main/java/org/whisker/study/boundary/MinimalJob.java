package org.whisker.study.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.StoredModel;
import org.whisker.study.JobContext;
import org.whisker.study.Provenance;
import org.whisker.study.ResumableFolder;
import org.whisker.study.boundary.MinimalStarts.Start;
import org.whisker.table.boundary.MinimalRow;
import org.whisker.torch.Classifiers;
import org.whisker.torch.TorchClassifier;

/**
 * Looks for the smallest sets of black pixels that reach a p(cat), from several starts. Its folder
 * gets {@code minimal.csv}, a row a start and target, and {@code sets/} with each set as a picture
 * and the scores without each of its pixels.
 */
public final class MinimalJob {
  /** As manifests name it. */
  public static final String COMMAND = "boundary minimal";

  static final int BATCH = 100;
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
   * Does all searches, or those that are left.
   *
   * @return empty when no start can be read; the listener was told why
   * @throws IOException when the model can't be read, or a file not be written
   */
  public Optional<Result> run(MinimalConfig config, ResumableFolder.Place place)
      throws IOException {
    TorchClassifier.Settings settings = config.model().settings(BATCH);
    StoredModel model = config.model().open(context.home());
    try (DifferentiableClassifier classifier = Classifiers.openAny(model, settings)) {
      UnreadInputs unread = new UnreadInputs(context);
      List<Start> starts = config.starts().read(classifier.canvas(), unread);
      if (starts.isEmpty()) {
        return Optional.empty();
      }
      Map<String, Object> content = Provenance.manifest(COMMAND, context, model.card(), settings);
      content.put("starts", starts.stream().map(Start::describe).toList());
      config.describe(content);
      ResumableFolder folder =
          ResumableFolder.open(
              context,
              place,
              new ResumableFolder.Job("minimal-" + model.card().name(), content, config, DECISIVE));
      MinimalSearches searches =
          new MinimalSearches(
              classifier, config.search(), starts, config.targets(), folder.folder());
      boolean done =
          folder.fill(
              "searches", MinimalRow.TABLE, MinimalRow.FILE, searches.count(), searches::row);
      return Optional.of(
          new Result(
              folder.folder(), done, done ? rows(folder.folder()) : List.of(), unread.count()));
    }
  }

  private List<MinimalRow> rows(Path folder) throws IOException {
    context.listener().tablesWritten(folder);
    return MinimalRow.TABLE.read(folder.resolve(MinimalRow.FILE));
  }
}
