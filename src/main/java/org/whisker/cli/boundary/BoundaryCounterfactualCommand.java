package org.whisker.cli.boundary;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.whisker.cli.shared.ChartOptions;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.DeviceOption;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.JobOutput;
import org.whisker.cli.shared.MissingArguments;
import org.whisker.cli.shared.PerGroup;
import org.whisker.cli.shared.ResizeOption;
import org.whisker.cli.shared.ResumableCommand;
import org.whisker.cli.shared.ResumedModelOption;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.ModelConfig;
import org.whisker.study.boundary.CounterfactualConfig;
import org.whisker.study.boundary.CounterfactualJob;
import org.whisker.study.boundary.ImageChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whisker boundary counterfactual}: the fewest flips that make no cat of a cat. */
@Command(
    name = "counterfactual",
    description = {
      "Looks for the smallest set of pixels to flip, black to white or white to black, so that a"
          + " cat is no longer classified as one, and proves that no single flip can be left out."
          + " Gray pictures are binarised first.",
      "Writes counterfactual.csv (one row per image), images/N/ (flips.csv, before.png, after.png,"
          + " change.png), summary.csv. Ctrl-C keeps finished results; --resume continues."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Pixels are flipped one at a time, as in margins. Then flips that are not needed are",
      "undone, and others are tried that make more of them redundant (floating search).",
      "All scoring is in float32; the proof uses full passes. The number is an upper bound.",
      "summary.csv compares the edge index of the flips with that of random toroidal shifts",
      "of them, which have no preferred position.",
      "",
      "Examples:",
      "  whisker boundary counterfactual --model vgg16-mini my-run",
      "  whisker boundary counterfactual --model vgg16-mini cat.jpg --threshold 0.4",
      "  whisker boundary counterfactual --model vgg16-mini photos/test/cat \\",
      "      --per-group 50 --out turned",
      "  whisker boundary counterfactual --resume turned"
    })
final class BoundaryCounterfactualCommand implements Callable<Integer> {
  private final Environment environment;
  private CommandSpec spec = CommandSpec.create();
  @Mixin private final ResumedModelOption model = new ResumedModelOption();

  @Parameters(
      arity = "0..*",
      paramLabel = "IMAGES",
      description = "Output folders of evolve, folders of images or photos, image files.")
  private List<String> images = List.of();

  @Mixin private final CounterfactualOptions options = new CounterfactualOptions();
  @Mixin private final PerGroup perGroup = new PerGroup();
  @Mixin private final JobOutput output = new JobOutput();
  @Mixin private final DeviceOption device = new DeviceOption();
  @Mixin private final ResizeOption resize = new ResizeOption();
  @Mixin private final ChartOptions charts = new ChartOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  BoundaryCounterfactualCommand(Environment environment) {
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
            new CounterfactualJob(environment.context(common, charts)),
            spec.commandLine().getParseResult(),
            this::config,
            this::say));
  }

  private CounterfactualConfig config() {
    MissingArguments missing = new MissingArguments();
    String name = model.name(missing);
    List<String> names = missing.parameter("IMAGES", images);
    missing.refuse(spec.commandLine());
    ImageChoice choice =
        InvalidRequestException.check(() -> new ImageChoice(names, perGroup.get(), resize.get()));
    return options.config(new ModelConfig(name, device.float32()), choice, output.seed());
  }

  private int say(Optional<CounterfactualJob.Result> result) {
    if (result.isEmpty()) {
      return ExitCode.FAILURE;
    }
    if (result.get().done()) {
      environment.out().print(CounterfactualText.of(result.get().rows(), result.get().summary()));
    }
    ResumableCommand.end(environment, result.get().folder(), result.get().done());
    return result.get().unread() == 0 ? ExitCode.OK : ExitCode.FAILURE;
  }
}
