package org.whisker.feature.evolve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.ModelStore;
import org.whisker.classifier.StoredModel;
import org.whisker.command.ChartOptions;
import org.whisker.command.CommonOptions;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.HelpSections;
import org.whisker.command.ModelNames;
import org.whisker.command.RecordedArguments;
import org.whisker.command.ResumeOption;
import org.whisker.command.RunOptions;
import org.whisker.command.SearchScoringOptions;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.Models;
import org.whisker.job.ScoringConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code whisker evolve}: black-pixel cats by a genetic algorithm, or by one of its baselines. */
@Command(
    name = "evolve",
    description = {
      "Evolves images of black pixels on white that a classifier takes for a cat.",
      "Writes runs/N/ (generations.csv, best-history.csv, best.png, best.csv, filmstrip.png,"
          + " best.gif), summary.csv, manifest.json, and index.html, a page to look at them and to"
          + " replay how they grew; with --minimize also minimal.png and minimal.csv, with --trace"
          + " trace.csv."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker evolve --model vgg16-mini --runs 5 --crossover columns",
      "The original experiment, pixels confined to the centre at first, then released:",
      "  whisker evolve --model vgg16-mini --preset question --generations 6000 \\",
      "      --region center:0.5@0..3000 --out released",
      "The genetic algorithm and a baseline at equal budget, 10,000 images:",
      "  whisker evolve --model vgg16-mini --target 0 --max-evaluations 10000",
      "  whisker evolve --model vgg16-mini --target 0 --search annealing",
      "The same weights with a border that no pixel is near to:",
      "  whisker evolve --model vgg16-mini --padding circular",
      "A dense cat, reduced to the pixels that it needs:",
      "  whisker evolve --model vgg16-mini --preset dense --minimize",
      "Continue an interrupted experiment:",
      "  whisker evolve --resume released"
    })
public final class EvolveCommand implements Callable<Integer> {
  private static final Map<String, String> HEADINGS =
      Map.of(
          "--model", "What to do:",
          "--preset", "Search (defaults come from the preset):",
          "--elites", "Only the genetic algorithm:",
          "--mutation-probability", "Mutation (genetic and annealing):",
          "--target-class", "Fitness and stopping criteria:",
          "--region", "Region, starting images and gray levels:",
          "--minimize", "Additional steps and output:",
          "--device", "Execution, checkpoints and display:");

  private final Environment environment;
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--model",
      completionCandidates = ModelNames.class,
      paramLabel = "NAME",
      description = "The classifier: the name of a folder in models/, or the path of one.")
  private @Nullable String model;

  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final TimeLimit time = new TimeLimit();
  @Mixin private final SearchOptions search = new SearchOptions();
  @Mixin private final ExtraOptions extras = new ExtraOptions();
  @Mixin private final SearchScoringOptions scoring = new SearchScoringOptions();
  @Mixin private final CheckpointOptions checkpoints = new CheckpointOptions();
  @Mixin private final ChartOptions charts = new ChartOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  public EvolveCommand(Environment environment) {
    this.environment = environment;
  }

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
    HelpSections.put(spec, HEADINGS);
  }

  @Override
  public Integer call() throws IOException {
    RunDisplays displays =
        new RunDisplays(environment, common, checkpoints.preview(), System::nanoTime);
    EvolveJob job =
        new EvolveJob(environment.context(common, charts), checkpoints.timing(), displays);
    ParseResult parsed = spec.commandLine().getParseResult();
    if (checkpoints.resume().isPresent()) {
      Path folder = checkpoints.resume().get();
      ResumeOption.open(folder, "evolve", parsed);
      return report(job.resume(folder));
    }
    Request request = request();
    return report(
        job.run(request.config(), request.model(), RecordedArguments.of(parsed), run.out()));
  }

  /**
   * What options ask for.
   *
   * @throws InvalidRequestException for options that there are not
   */
  public static EvolveConfig config(List<String> options, Environment environment)
      throws IOException {
    EvolveCommand command = new EvolveCommand(environment);
    RecordedArguments.parseAsked(command, "evolve", options);
    return command.request().config();
  }

  /** What is asked for, and the model, which is open. */
  private record Request(EvolveConfig config, StoredModel model) {}

  private Request request() throws IOException {
    if (model == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '--model=NAME' (or --resume=DIR)");
    }
    EvolutionOptions anywhere = search.options(run);
    ScoringConfig how = scoring.config();
    StoredModel stored = Models.open(new ModelStore(environment.home().models()), model);
    EvolutionOptions options = search.on(stored.card(), anywhere);
    int runs = run.runs(EvolveConfig.RUNS);
    EvolvePlan plan =
        InvalidRequestException.check(
            () -> new EvolvePlan(options, run.seed(), runs, time.get(), extras.of(options)));
    return new Request(new EvolveConfig(model, Optional.of(search.preset()), plan, how), stored);
  }

  private int report(EvolveResult result) throws IOException {
    if (EvolvePage.isFor(result.folder())) {
      EvolvePage.write(result.folder());
    }
    EvolveTable table = new EvolveTable(result.plan());
    environment.out().print(table.of(result.runs()));
    environment.out().println(table.summary(result.runs()) + "; written to " + result.folder());
    if (result.status().equals("stopped")) {
      environment
          .err()
          .println("whisker: stopped; go on with: whisker evolve --resume " + result.folder());
    }
    return result.status().equals("failed") ? ExitCode.FAILURE : ExitCode.OK;
  }
}
