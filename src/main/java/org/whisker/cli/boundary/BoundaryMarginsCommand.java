package org.whisker.cli.boundary;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.whisker.cli.shared.ChartOptions;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.JobOutput;
import org.whisker.cli.shared.MissingArguments;
import org.whisker.cli.shared.PerGroup;
import org.whisker.cli.shared.ResizeOption;
import org.whisker.cli.shared.ResumableCommand;
import org.whisker.cli.shared.ResumedModelOption;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.ModelConfig;
import org.whisker.study.boundary.ImageChoice;
import org.whisker.study.boundary.MarginsConfig;
import org.whisker.study.boundary.MarginsJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whisker boundary margins}: how far images lie from the decision boundary. */
@Command(
    name = "margins",
    description = {
      "Counts the pixels of an image that must be flipped until p(cat) crosses ½, and gives a"
          + " linear estimate beside it: |logit| / gradient, and the number of flips that it"
          + " implies.",
      "Writes margins.csv (one row per image), summary.csv, margins.png. Ctrl-C keeps finished"
          + " results; --resume continues."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "A flip makes a pixel black or white. The search is greedy: each step scores the",
      "flips that the gradient finds most promising and takes the best, so its number",
      "is an upper bound. An image that it gives up on counts as not reached.",
      "linear_distance is in gray levels: one pixel from black to white is 1.",
      "",
      "Examples:",
      "  whisker boundary margins --model vgg16-mini my-run white",
      "  whisker boundary margins --model vgg16-mini photos/test --per-group 50",
      "  whisker boundary margins --model vgg16-mini photos/test --max-flips 1000 \\",
      "      --out far",
      "  whisker boundary margins --resume far"
    })
final class BoundaryMarginsCommand implements Callable<Integer> {
  private final Environment environment;
  private CommandSpec spec = CommandSpec.create();
  @Mixin private final ResumedModelOption model = new ResumedModelOption();

  @Parameters(
      arity = "0..*",
      paramLabel = "IMAGES",
      description = "Output folders of evolve, folders of images or photos, image files, white.")
  private List<String> images = List.of();

  @Option(
      names = "--max-flips",
      paramLabel = "N",
      defaultValue = "200",
      description = "Number of flips at which the search gives up. Default: 200.")
  private int maxFlips = 200;

  @Option(
      names = "--candidates",
      paramLabel = "N",
      defaultValue = "16",
      description = "Maximum number of flips scored per step. Default: 16.")
  private int candidates = 16;

  @Mixin private final PerGroup perGroup = new PerGroup();
  @Mixin private final JobOutput output = new JobOutput();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final ResizeOption resize = new ResizeOption();
  @Mixin private final ChartOptions charts = new ChartOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  BoundaryMarginsCommand(Environment environment) {
    this.environment = environment;
  }

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
  }

  @Override
  public Integer call() throws IOException {
    return output.run(
        new ResumableCommand<>(
            environment,
            new MarginsJob(environment.context(common, charts)),
            spec.commandLine().getParseResult(),
            this::config,
            this::say));
  }

  private MarginsConfig config() {
    MissingArguments missing = new MissingArguments();
    String name = model.name(missing);
    List<String> names = missing.parameter("IMAGES", images);
    missing.refuse(spec.commandLine());
    return InvalidRequestException.check(
        () ->
            new MarginsConfig(
                new ModelConfig(name, running.config()),
                new ImageChoice(names, perGroup.get(), resize.get()),
                maxFlips,
                candidates,
                output.seed()));
  }

  private int say(MarginsJob.Result result) {
    if (result.done()) {
      environment.out().print(MarginsSummary.text(result.summary()));
    }
    ResumableCommand.end(environment, result.folder(), result.done());
    return ExitCode.OK;
  }
}
