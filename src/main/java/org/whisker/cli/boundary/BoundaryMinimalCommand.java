package org.whisker.cli.boundary;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.whisker.cli.shared.ChartOptions;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.DeviceOption;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.JobOutput;
import org.whisker.cli.shared.MissingArguments;
import org.whisker.cli.shared.ResumableCommand;
import org.whisker.cli.shared.ResumedModelOption;
import org.whisker.study.ModelConfig;
import org.whisker.study.boundary.MinimalConfig;
import org.whisker.study.boundary.MinimalJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code whisker boundary minimal}: few black pixels that a classifier takes for a cat. */
@Command(
    name = "minimal",
    description = {
      "Looks for the smallest set of black pixels on white that reaches a given p(cat), from"
          + " several starts, and proves that no single pixel of it can be removed.",
      "Writes minimal.csv (one row per start and target), sets/ (each set as PNG, and the scores"
          + " without each of its pixels), minimal.png, sets.png. Ctrl-C keeps finished results;"
          + " --resume continues."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
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
final class BoundaryMinimalCommand implements Callable<Integer> {
  private final Environment environment;
  private CommandSpec spec = CommandSpec.create();
  @Mixin private final ResumedModelOption model = new ResumedModelOption();
  @Mixin private final MinimalOptions options = new MinimalOptions();
  @Mixin private final JobOutput output = new JobOutput();
  @Mixin private final DeviceOption device = new DeviceOption();
  @Mixin private final ChartOptions charts = new ChartOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  BoundaryMinimalCommand(Environment environment) {
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
            new MinimalJob(environment.context(common, charts)),
            spec.commandLine().getParseResult(),
            this::config,
            this::say));
  }

  private MinimalConfig config() {
    MissingArguments missing = new MissingArguments();
    String name = model.name(missing);
    missing.refuse(spec.commandLine());
    return options.config(new ModelConfig(name, device.float32()), output.seed());
  }

  private int say(Optional<MinimalJob.Result> result) {
    if (result.isEmpty()) {
      return ExitCode.FAILURE;
    }
    if (result.get().done()) {
      environment.out().print(MinimalSummary.text(result.get().rows()));
    }
    ResumableCommand.end(environment, result.get().folder(), result.get().done());
    return result.get().unread() == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }
}
