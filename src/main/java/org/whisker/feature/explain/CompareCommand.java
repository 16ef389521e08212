package org.whisker.feature.explain;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.whisker.command.ChartOptions;
import org.whisker.command.CommonOptions;
import org.whisker.command.Environment;
import org.whisker.command.ModelNames;
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
  private final Environment environment;

  @Parameters(
      completionCandidates = ModelNames.class,
      paramLabel = "MODEL",
      arity = "0..*",
      description = "At least two models. Default: vgg16-mini and inception-resnet-v2-mini.")
  private List<String> models = List.of();

  @Mixin private final ReportOptions report = new ReportOptions();
  @Mixin private final ChartOptions charts = new ChartOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  public CompareCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException {
    ExplainConfig config =
        report.config(
            ExplainJob.COMPARE,
            models.isEmpty() ? ExplainConfig.SMALL : models,
            OptionalInt.empty(),
            Optional.empty());
    return ReportOptions.say(
        new ExplainStudy(environment.context(common, charts)).run(config, report.out()),
        config.budget(),
        environment);
  }
}
