package org.whisker.cli.position;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.whisker.cli.shared.ChartOptions;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.ModelNames;
import org.whisker.cli.shared.ResumableCommand;
import org.whisker.cli.shared.ResumeOption;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.position.ProbeConfig;
import org.whisker.study.position.ProbeJob;
import org.whisker.study.position.ProbeResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code whisker probe}: what one pixel, or one block, does at every place. */
@Command(
    name = "probe",
    description = {
      "Changes one pixel (or a block) at every position and maps the effect on the logit of"
          + " not-cat (below 0 is towards cat), next to what the gradient predicts.",
      "Ctrl-C keeps finished results; --resume continues."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  whisker probe --model vgg16-mini",
      "  whisker probe --model vgg16-mini --image runs/1/best.png --pairs 100",
      "  whisker probe --model vgg16-mini --block 4 --out probe-4",
      "  whisker probe --resume probe-4"
    })
public final class ProbeCommand implements Callable<Integer> {
  private final Environment environment;
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--model",
      completionCandidates = ModelNames.class,
      paramLabel = "NAME",
      description = "The classifier: the name of a folder in models/, or the path of one.")
  private @Nullable String model;

  @Mixin private final ProbeOptions what = new ProbeOptions();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final ChartOptions charts = new ChartOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The seed that pairs are drawn from. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Output folder, new or empty. Default: a new one, named after the time.")
  private @Nullable Path out;

  @Mixin private final ResumeOption resume = new ResumeOption();

  public ProbeCommand(Environment environment) {
    this.environment = environment;
  }

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
  }

  @Override
  public Integer call() throws IOException {
    ResumableCommand<ProbeConfig, ProbeResult> command =
        new ResumableCommand<>(
            environment,
            new ProbeJob(environment.context(common, charts)),
            spec.commandLine().getParseResult(),
            this::config,
            this::say);
    Optional<Path> folder = resume.folder();
    if (folder.isEmpty()) {
      return command.begin(Optional.ofNullable(out));
    }
    InvalidRequestException.refuse(
        out != null, "--out and --resume exclude each other; " + folder.get() + " is kept");
    return command.resume(folder.get());
  }

  private ProbeConfig config() {
    if (model == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '--model=NAME' (or --resume=DIR)");
    }
    return what.config(model, seed, running);
  }

  private int say(ProbeResult result) {
    if (!result.modes().isEmpty()) {
      environment.out().print(new ProbeSummary(result.modes(), ProbeJob.RINGS).text());
    }
    result.interactions().ifPresent(all -> environment.out().print(ProbeSummary.text(all)));
    ResumableCommand.end(environment, result.folder(), result.done());
    return ExitCode.OK;
  }
}
