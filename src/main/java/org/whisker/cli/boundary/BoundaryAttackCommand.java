package org.whisker.cli.boundary;

import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.whisker.boundary.attack.Search;
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
import org.whisker.study.boundary.AttackConfig;
import org.whisker.study.boundary.AttackJob;
import org.whisker.study.boundary.ImageChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whisker boundary attack}: small changes that turn images, and success by budget. */
@Command(
    name = "attack",
    description = {
      "Looks for the smallest change that takes an image across p(cat) = ½, by gradient attacks"
          + " (few pixels: sigma-zero; the largest change of a pixel: fmn; Euclidean length: ddn)"
          + " and by the searches among flips (greedy-flips as in margins, fewest-flips as in"
          + " counterfactual).",
      "Writes attacks.csv (one row per image and search), success.csv (the share turned within each"
          + " budget, with its interval), success.png, success.svg. Ctrl-C keeps finished results;"
          + " --resume continues."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Attacks change gray values within black and white, each by as much as it likes;",
      "flips make pixels black or white. Every number is an upper bound. p_cat_rounded",
      "is p(cat) with grays rounded to 256 steps, as image files keep them: a change",
      "below half a step is gone. fewest-flips takes cats of two tones, such as evolved",
      "ones, and leaves other images out.",
      "",
      "Examples:",
      "  whisker boundary attack --model vgg16-mini my-run",
      "  whisker boundary attack --model vgg16-mini photos/test --per-group 50 \\",
      "      --searches sigma-zero,greedy-flips --out near",
      "  whisker boundary attack --resume near"
    })
final class BoundaryAttackCommand implements Callable<Integer> {
  private final Environment environment;
  private CommandSpec spec = CommandSpec.create();
  @Mixin private final ResumedModelOption model = new ResumedModelOption();

  @Parameters(
      arity = "0..*",
      paramLabel = "IMAGES",
      description = "Output folders of evolve, folders of images or photos, image files, white.")
  private List<String> images = List.of();

  @Option(
      names = "--searches",
      paramLabel = "LIST",
      split = ",",
      defaultValue = "greedy-flips,fewest-flips,sigma-zero,fmn,ddn",
      description =
          "Which: greedy-flips, fewest-flips, sigma-zero, fmn, ddn, separated by commas. Default:"
              + " all.")
  private List<String> searches = List.of();

  @Option(
      names = "--steps",
      paramLabel = "N",
      description =
          "Number of gradients of each attack. Default: as published, 1000 for sigma-zero and 100"
              + " for fmn and ddn.")
  private @Nullable Integer steps;

  @Option(
      names = "--max-flips",
      paramLabel = "N",
      defaultValue = "200",
      description = "Number of flips at which the searches among flips give up. Default: 200.")
  private int maxFlips = 200;

  @Option(
      names = "--candidates",
      paramLabel = "N",
      defaultValue = "16",
      description = "Maximum number of flips scored per step. Default: 16.")
  private int candidates = 16;

  @Option(
      names = "--evaluations",
      paramLabel = "N",
      defaultValue = "5000",
      description =
          "Maximum number of images that fewest-flips may score, not counting those for undoing"
              + " flips. 0: only undo flips. Default: 5000.")
  private long evaluations = 5_000;

  @Mixin private final PerGroup perGroup = new PerGroup();
  @Mixin private final JobOutput output = new JobOutput();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final ResizeOption resize = new ResizeOption();
  @Mixin private final ChartOptions charts = new ChartOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  BoundaryAttackCommand(Environment environment) {
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
            new AttackJob(environment.context(common, charts)),
            spec.commandLine().getParseResult(),
            this::config,
            this::say));
  }

  private AttackConfig config() {
    MissingArguments missing = new MissingArguments();
    String name = model.name(missing);
    List<String> names = missing.parameter("IMAGES", images);
    missing.refuse(spec.commandLine());
    return InvalidRequestException.check(
        () ->
            new AttackConfig(
                new ModelConfig(name, running.config()),
                new ImageChoice(names, perGroup.get(), resize.get()),
                searches.stream().map(Search::parse).toList(),
                steps == null ? OptionalInt.empty() : OptionalInt.of(steps),
                maxFlips,
                candidates,
                evaluations,
                output.seed()));
  }

  private int say(AttackJob.Result result) {
    if (result.done()) {
      environment.out().print(AttackText.of(result.success()));
    }
    ResumableCommand.end(environment, result.folder(), result.done());
    return ExitCode.OK;
  }
}
