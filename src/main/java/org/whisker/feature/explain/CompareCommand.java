package org.whisker.feature.explain;

import java.io.IOException;
import java.nio.file.Path;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.option.Option;
import org.whisker.option.OptionGroup;

/** {@code whisker compare}: classifiers under the same protocol. */
@Command(
    name = "compare",
    description = {
      "Evolves images against several classifiers from the same seeds, and compares"
          + " the classifiers. It compares accuracy, runs that reach a cat, pixels and"
          + " scored images until then, and the edge index; also the effect of one black"
          + " pixel, saliency by ring, foveation, and transfer of images between models.",
      "Writes compare/ (measures, differences, transfer, profiles as CSV), one folder"
          + " per model, and index.html. Runs are kept in cache/, so the same command"
          + " continues after Ctrl-C."
    },
    footer = {
      "",
      "Examples:",
      "  whisker compare vgg16-mini inception-resnet-v2-mini",
      "  whisker compare vgg16-mini my-model --runs 20 --out two-models"
    })
@HelpOrder(
    "--runs --generations --seed --out --preset --max-evaluations --fresh --device"
        + " --precision --resume")
public final class CompareCommand extends RecordCommand<CompareCommand.CompareOptions> {
  /** A comparison, as it is asked for: an explanation of its own budget. */
  record CompareOptions(
      @OptionGroup(
              without = {
                "--budget",
                "--networks",
                "--within",
                "--pace",
                "--data",
                "--train-from",
                "--train-epochs",
                "--train-seed"
              },
              change =
                  @OptionGroup.Change(
                      component = "models",
                      option =
                          @Option(
                              label = "MODEL",
                              candidates = Option.MODELS,
                              help =
                                  "At least two models. Default: vgg16-mini and"
                                      + " inception-resnet-v2-mini.")))
          ExplainConfig config) {}

  public CompareCommand(Environment environment) {
    super(environment, CompareOptions.class, Extra.OUT, Extra.RESUME, Extra.CHARTS, Extra.JSON);
  }

  @Override
  public Integer call() throws IOException {
    return run(
        ExplainStudy.comparing(context()),
        () -> config(options -> options.config().withBudget(ExplainJob.COMPARE)),
        result -> ReportText.say(result, ExplainJob.COMPARE, environment()),
        ReportText::shown,
        ReportText::document);
  }

  @Override
  protected boolean isWhole(Path folder) {
    return ReportPage.isDrawn(folder);
  }
}
