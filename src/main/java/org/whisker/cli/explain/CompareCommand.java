package org.whisker.cli.explain;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.experiment.Ablations;
import org.whisker.cli.ablate.RetrainOptions;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.explain.Budget;
import org.whisker.io.FolderLock;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.explain.ExplainJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code whisker compare}: classifiers under the same protocol. */
@Command(
    name = "compare",
    description = {
      "Evolves images against several classifiers from the same seeds, and compares the"
          + " classifiers: accuracy, runs that reach a cat, pixels and scored images until then,"
          + " edge index, effect of one black pixel, saliency by ring, foveation, and transfer of"
          + " images between models.",
      "Writes compare/ (measures, differences, transfer, profiles as CSV), one folder per model,"
          + " and index.html. Runs are kept in cache/, so the same command continues after"
          + " Ctrl-C."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker compare vgg16-mini inception-resnet-v2-mini",
      "  whisker compare vgg16-mini my-model --runs 20 --out two-models"
    })
public final class CompareCommand implements Callable<Integer> {
  private static final Set<String> EXPERIMENTS = Set.of("geometry", "foveation");

  private final Environment environment;

  @Parameters(
      paramLabel = "MODEL",
      arity = "0..*",
      description = "At least two models. Default: both embedded ones.")
  private List<String> models = List.of();

  @Mixin private final ReportOptions report = new ReportOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  public CompareCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    List<String> names = models.isEmpty() ? ExplainCommand.EMBEDDED : models;
    InvalidRequestException.refuse(
        names.size() < 2, "compare needs two models, has " + names + "; name another");
    List<Ablation> experiments =
        Ablations.all().stream().filter(a -> EXPERIMENTS.contains(a.id())).toList();
    ExplainJob job =
        report.job(
            ExplainJob.COMPARE,
            Budget.STANDARD,
            experiments,
            names,
            environment.home(),
            new RetrainOptions(),
            Optional.empty());
    Path folder = report.folder("compare", environment);
    return FolderLock.holding(
        folder,
        () ->
            report.run(
                job,
                folder,
                ReportOptions.manifest("compare", environment.context(common), job),
                environment,
                common));
  }
}
