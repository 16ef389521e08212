package org.whisker.cli.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.experiment.Ablations;
import org.whisker.cli.ablate.RetrainOptions;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.RecordedArguments;
import org.whisker.explain.Budget;
import org.whisker.io.FolderLock;
import org.whisker.io.JsonFile;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.ResumedManifest;
import org.whisker.study.WhiskerHome;
import org.whisker.study.evolve.ExperimentManifest;
import org.whisker.study.explain.ExplainJob;
import org.whisker.study.train.RetrainingPhotos;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whisker explain}: the protocol and its report. */
@Command(
    name = "explain",
    description = {
      "Evolves black-pixel cats, measures where their pixels sit and why, and writes a report.",
      "Without a model: both embedded classifiers, in less than ten minutes on two cores."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Budgets, for both embedded classifiers on two cores:",
      "  quick     10 runs per arm; nine hypotheses; less than ten minutes",
      "  standard  12 runs per arm; all that need no training; about an hour",
      "  full      30 runs per arm with twice as many images; overnight",
      "",
      "With photos (--data), networks are also trained: with each padding, on cats in",
      "any position, with another head. This takes hours; see whisker ablate list.",
      "",
      "Runs are kept in cache/, keyed by the model's weights and the whole",
      "configuration, so another report computes only what is new. Ctrl-C keeps",
      "finished runs.",
      "",
      "Examples:",
      "  whisker explain",
      "  whisker explain --budget standard --dry-run",
      "  whisker explain vgg16-mini --runs 20 --out my-report",
      "  whisker explain --data photos --train-from model --train-epochs 2",
      "  whisker explain --resume my-report"
    })
public final class ExplainCommand implements Callable<Integer> {
  static final List<String> EMBEDDED = List.of("vgg16-mini", "inception-resnet-v2-mini");
  private static final List<String> SAME =
      List.of(
          "command",
          "models",
          "device",
          "precision",
          "batch",
          "seed",
          "runs",
          "budget",
          "evaluations",
          "training");

  private final Environment environment;
  private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "MODEL",
      arity = "0..*",
      description = "Models to explain. Default: both embedded ones.")
  private List<String> models = new ArrayList<>();

  @Option(
      names = "--budget",
      paramLabel = "B",
      defaultValue = "quick",
      description = "quick, standard or full; see below. Default: quick.")
  private String budget = "quick";

  @Mixin private final ReportOptions report = new ReportOptions();

  @Option(
      names = "--dry-run",
      description = "Print what would be done, and how long it would take on this machine.")
  private boolean dryRun;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Continue an interrupted run in DIR; all else comes from its manifest.")
  private @Nullable Path resume;

  @Mixin private final RetrainOptions retrain = new RetrainOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  public ExplainCommand(Environment environment) {
    this.environment = environment;
  }

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
  }

  @Override
  public Integer call() throws IOException {
    if (resume != null) {
      return resume(resume);
    }
    List<String> arguments = new ArrayList<>(models);
    arguments.addAll(RecordedArguments.of(spec.commandLine().getParseResult()));
    ExplainJob job = job();
    if (dryRun) {
      WhiskerHome home = environment.home();
      environment.out().print(new ExplainPlan(job, report.known(job, home), home.cache()).text());
      return ExitCode.OK;
    }
    Path folder = report.folder("explain", environment);
    Map<String, Object> manifest = manifest(job, arguments);
    return FolderLock.holding(folder, () -> run(folder, job, manifest));
  }

  private int resume(Path folder) throws IOException {
    List<String> recorded =
        RecordedArguments.resumed(folder, spec.commandLine().getParseResult(), models, "models");
    ExplainCommand begun = new ExplainCommand(environment);
    RecordedArguments.parse(new CommandLine(begun), recorded, folder);
    ExplainJob job = begun.job();
    Map<String, Object> manifest = begun.manifest(job, recorded);
    ResumedManifest.check(folder, manifest, SAME);
    job.experiments().checkSame(JsonFile.read(folder.resolve(ExperimentManifest.NAME)), folder);
    return FolderLock.holding(folder, () -> begun.run(folder, job, manifest));
  }

  private ExplainJob job() throws IOException {
    Budget wanted = InvalidRequestException.check(() -> Budget.parse(budget));
    List<String> names = models.isEmpty() ? EMBEDDED : models;
    List<Ablation> experiments = new ArrayList<>(wanted.experiments());
    Optional<RetrainingPhotos> photos = retrain.photos();
    if (photos.isPresent()) {
      experiments.addAll(Ablations.trained());
    }
    return report.job(
        wanted.label(), wanted, experiments, names, environment.home(), retrain, photos);
  }

  private Map<String, Object> manifest(ExplainJob job, List<String> arguments) {
    Map<String, Object> manifest =
        ReportOptions.manifest("explain", environment.context(common), job);
    manifest.put("arguments", arguments);
    return manifest;
  }

  private int run(Path folder, ExplainJob job, Map<String, Object> manifest) throws IOException {
    return report.run(job, folder, manifest, environment, common);
  }
}
