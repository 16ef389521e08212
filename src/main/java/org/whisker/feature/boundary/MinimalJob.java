package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.boundary.MinimalSearch;
import org.whisker.boundary.Removals;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.classifier.Classifier;
import org.whisker.feature.boundary.ImageChoice.UnreadInputs;
import org.whisker.feature.boundary.MinimalStarts.Start;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tones;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ResumableJob;

/**
 * Looks for the smallest sets of black pixels that reach a p(cat), from several starts. Its folder
 * gets {@code minimal.csv}, a row a start and target, and {@code sets/} with each set as a picture
 * and the scores without each of its pixels, and {@code success.csv}, the share of starts from
 * which a number of black pixels was enough.
 */
public final class MinimalJob implements ResumableJob<MinimalConfig, Optional<MinimalJob.Result>> {
  /** Name of the command in manifests. */
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
  public record Result(
      Path folder, boolean done, List<MinimalSearch.Outcome.OfStart> rows, int unread) {
    public Result {
      rows = List.copyOf(rows);
    }
  }

  @Override
  public String command() {
    return COMMAND;
  }

  @Override
  public Class<MinimalConfig> type() {
    return MinimalConfig.class;
  }

  /**
   * {@inheritDoc}
   *
   * @return empty when no start can be read; the listener was told why
   */
  @Override
  public Optional<Result> run(MinimalConfig config, JobFolder.Place place) throws IOException {
    try (OpenedModel model = OpenedModel.open(config.model(), context)) {
      UnreadInputs unread = new UnreadInputs(context);
      List<Start> starts = config.starts().read(model.classifier(), unread);
      return starts.isEmpty()
          ? Optional.empty()
          : Optional.of(
              JobFolder.hold(
                  context,
                  place,
                  model.job("minimal", content(model, starts, config), config, DECISIVE),
                  folder -> search(folder, model, starts, config, unread.count())));
    }
  }

  private static Map<String, Object> content(
      OpenedModel model, List<Start> starts, MinimalConfig config) {
    Map<String, Object> content = model.manifest(COMMAND);
    content.put("starts", starts.stream().map(Start::describe).toList());
    config.describe(content);
    return content;
  }

  private Result search(
      JobFolder resumable, OpenedModel model, List<Start> starts, MinimalConfig config, int unread)
      throws IOException {
    Path folder = resumable.folder();
    MinimalSearches searches =
        new MinimalSearches(model.classifier(), config.search(), starts, config.targets(), folder);
    boolean done =
        resumable.fill(
            "searches",
            MinimalSearch.Outcome.OfStart.TABLE,
            MinimalSearch.Outcome.OfStart.FILE,
            searches.count(),
            searches::row);
    return new Result(folder, done, done ? rows(resumable) : List.of(), unread);
  }

  private List<MinimalSearch.Outcome.OfStart> rows(JobFolder job) throws IOException {
    Path folder = job.folder();
    List<MinimalSearch.Outcome.OfStart> rows =
        MinimalSearch.Outcome.OfStart.TABLE.read(
            folder.resolve(MinimalSearch.Outcome.OfStart.FILE));
    SuccessCurve.Step.TABLE.write(
        folder.resolve(SuccessCurve.Step.FILE), SuccessCurve.Step.ofMinimal(rows));
    context.listener().tablesWritten(folder);
    job.done();
    return rows;
  }

  /**
   * The searches of a job: each start for each target.
   *
   * @param folder gets the files of each set
   */
  record MinimalSearches(
      Classifier classifier,
      MinimalSearch search,
      List<Start> starts,
      List<Double> targets,
      Path folder) {
    int count() {
      return starts.size() * targets.size();
    }

    /** Does the search of that number, see {@link org.whisker.job.JobFolder.Work}. */
    Optional<MinimalSearch.Outcome.OfStart> row(
        int number, Progress progress, BooleanSupplier stopped) throws IOException {
      Start start = starts.get(number / targets.size());
      double target = targets.get(number % targets.size());
      Optional<MinimalSearch.Outcome> found =
          search.from(
              classifier,
              start.image(),
              start.tones(),
              target,
              left -> {
                progress.extraMessage(start.name() + ": " + left + " pixels");
                progress.stepTo(number);
              },
              stopped);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      String file =
          String.format(Locale.ROOT, "sets/%02d-p%s", number / targets.size() + 1, target);
      if (found.get().found().isPresent()) {
        write(file, start.tones(), found.get().found().get());
      }
      return Optional.of(MinimalSearch.Outcome.OfStart.of(start.name(), file, found.get()));
    }

    private void write(String file, Tones tones, Removals set) throws IOException {
      Files.createDirectories(folder.resolve("sets"));
      ImageFiles.writePng(folder.resolve(file + ".png"), tones.painted(set.pixels()));
      Removals.Pixel.TABLE.write(folder.resolve(file + ".csv"), Removals.Pixel.of(set));
    }
  }
}
