package org.whisker.feature.boundary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.boundary.MinimalSearch;
import org.whisker.boundary.Removals;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.classifier.Classifier;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.command.ResumableCommand;
import org.whisker.command.TextTable;
import org.whisker.feature.boundary.BoundaryMinimalCommand.MinimalConfig;
import org.whisker.feature.boundary.BoundaryMinimalCommand.MinimalJob;
import org.whisker.feature.boundary.ImageChoice.UnreadInputs;
import org.whisker.feature.boundary.MinimalStarts.Start;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tones;
import org.whisker.job.JobContext;
import org.whisker.job.JobFolder;
import org.whisker.job.JobListener.Progress;
import org.whisker.job.ModelConfig;
import org.whisker.job.ResumableJob;
import org.whisker.option.Option;
import org.whisker.option.OptionGroup;
import org.whisker.option.Options;
import org.whisker.table.Columns;
import org.whisker.value.Text;

/** {@code whisker boundary minimal}: few black pixels that a classifier takes for a cat. */
@Command(
    name = "minimal",
    description = {
      "Looks for the smallest set of black pixels on white that reaches a given p(target), from"
          + " several starts, and proves that no single pixel of it can be removed.",
      "Writes minimal.csv (one row per start and target), sets/ (each set as PNG, and the scores"
          + " without each of its pixels), minimal.png, sets.png. Ctrl-C keeps finished results;"
          + " --resume continues."
    },
    footer = {
      "",
      "A start below the target is changed pixel by pixel (greedily, by the gradient)",
      "until it reaches the target. Then pixels are removed, and others added that",
      "allow more removals. All scoring is in float32; the proof uses full passes.",
      "1-minimal does not mean smallest: each number is an upper bound.",
      "",
      "Examples:",
      "  whisker boundary minimal --model vgg16-mini",
      "  whisker boundary minimal --model vgg16-mini --starts my-run seeds --out few",
      "  whisker boundary minimal --model vgg16-mini --starts greedy --target 0.5 \\",
      "      --evaluations 1000000",
      "  whisker boundary minimal --resume few"
    })
@HelpOrder("--model --target --starts --runs --density --evaluations")
final class BoundaryMinimalCommand extends JobCommand<MinimalConfig, Optional<MinimalJob.Result>> {
  BoundaryMinimalCommand(Environment environment) {
    super(environment, MinimalConfig.class, MinimalJob::new, some -> some, Extra.CHARTS);
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(folder, MinimalSearch.Outcome.OfStart.TABLE);
  }

  @Override
  protected int say(Optional<MinimalJob.Result> result) {
    if (result.isEmpty()) {
      return ExitCode.FAILURE;
    }
    if (result.get().done()) {
      environment().out().print(minimalSummary(result.get().rows()));
    }
    ResumableCommand.end(environment(), result.get().folder(), result.get().done());
    return result.get().unread() == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }

  /**
   * What the command line says of minimal sets.
   *
   * <p>A table with a row a search, and the smallest set of each target.
   */
  private static String minimalSummary(List<MinimalSearch.Outcome.OfStart> rows) {
    StringBuilder text =
        new StringBuilder(
            TextTable.of(
                Columns.of(MinimalSearch.Outcome.OfStart.class)
                    .with("START", MinimalSearch.Outcome.OfStart::start)
                    .with("TARGET", MinimalSearch.Outcome.OfStart::target)
                    .with(
                        "PIXELS",
                        row -> row.reached() ? Integer.toString(row.pixels().orElseThrow()) : "-")
                    .with("P(TARGET)", row -> Text.number("%.4f", row.pTarget(), "-"))
                    .with("E", row -> Text.number("%.3f", row.edgeIndex(), "-"))
                    .with("SCORED", MinimalSearch.Outcome.OfStart::evaluations)
                    .with("1-MINIMAL", row -> row.reached() ? row.oneMinimal().label() : "-")
                    .with(
                        "LARGEST WITHOUT ONE",
                        row -> Text.number("%.4f", row.largestPTargetWithoutOne(), "-")),
                rows));
    MinimalSearch.Outcome.OfStart.smallestFirst(rows)
        .forEach(
            (target, sets) ->
                text.append(
                    sets.isEmpty()
                        ? Text.of(
                            "p(target) %s: no search reached it; try more --max-flips, or a start"
                                + " from evolve\n",
                            target)
                        : smallest(target, sets.get(0))));
    return text.toString();
  }

  private static String smallest(double target, MinimalSearch.Outcome.OfStart row) {
    return Text.of(
        "p(target) %s: %d pixels at most are needed, from %s (%s.png)\n",
        target, row.pixels().orElseThrow(), row.start(), row.set());
  }

  /**
   * Looks for the smallest sets of black pixels that reach a p(target), from several starts. Its
   * folder gets {@code minimal.csv}, a row a start and target, and {@code sets/} with each set as a
   * picture and the scores without each of its pixels, and {@code success.csv}, the share of starts
   * from which a number of black pixels was enough.
   */
  static final class MinimalJob extends ResumableJob<MinimalConfig, Optional<MinimalJob.Result>> {
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

    public MinimalJob(JobContext context) {
      super(context, COMMAND, MinimalConfig.class);
    }

    /**
     * The result.
     *
     * @param done whether all searches have ended; otherwise the job was stopped
     * @param rows a row a start and target; empty until done
     * @param unread number of starts that could not be read
     */
    public record Result(
        Path folder, boolean done, List<MinimalSearch.Outcome.OfStart> rows, int unread)
        implements Outcome {
      public Result {
        rows = List.copyOf(rows);
      }
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
        JobFolder resumable,
        OpenedModel model,
        List<Start> starts,
        MinimalConfig config,
        int unread)
        throws IOException {
      Path folder = resumable.folder();
      MinimalSearches searches =
          new MinimalSearches(
              model.classifier(), config.search(), starts, config.targets(), folder);
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
      SuccessCurve.Step.TABLE.writeIn(folder, SuccessCurve.Step.ofMinimal(rows));
      job.finish(Map.of());
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
        String file = Text.of("sets/%02d-p%s", number / targets.size() + 1, target);
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

  /**
   * What decides the minimal sets of a model.
   *
   * @param starts what the searches begin with
   */
  record MinimalConfig(
      @OptionGroup(without = "--precision") ModelConfig model,
      @Option(
              above = 0,
              below = 1,
              names = "--target",
              label = "P",
              split = ",",
              defaultValue = "0.5,0.96",
              help = "The p(target) to reach.")
          List<Double> targets,
      MinimalStarts starts,
      @Option(
              names = "--max-flips",
              label = "N",
              defaultValue = "3000",
              help = "Maximum number of pixels changed to bring a start to the target.")
          int maxFlips,
      @Option(
              names = "--candidates",
              label = "N",
              defaultValue = "16",
              help = "Maximum number of pixels scored per such step.")
          int candidates,
      @Option(
              names = "--evaluations",
              label = "N",
              defaultValue = "100000",
              help =
                  "Images that a search may score, beyond those that removals need, to find pixels"
                      + " whose addition allows more removals: a minute or two on a small network."
                      + " 0 only removes.")
          long evaluations) {

    public MinimalConfig {
      new MinimalSearch(maxFlips, candidates, evaluations, OpenedModel.BATCH); // checks them
      targets = targets.stream().distinct().toList();
      Options.check(MinimalConfig.class, model, targets, starts, maxFlips, candidates, evaluations);
    }

    MinimalSearch search() {
      return new MinimalSearch(maxFlips, candidates, evaluations, OpenedModel.BATCH);
    }

    void describe(Map<String, Object> manifest) {
      manifest.put("targets", targets);
      manifest.put("density", starts.density());
      manifest.put("evaluations", evaluations);
      manifest.put("max_flips", maxFlips);
      manifest.put("candidates", candidates);
      manifest.put("seed", starts.seed());
    }
  }
}
