package org.whisker.cli.ablate;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.ExitCode;
import org.whisker.cli.shared.ResumableCommand;
import org.whisker.cli.shared.ResumeOption;
import org.whisker.cli.shared.RunOptions;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.population.PopulationConfig;
import org.whisker.study.population.PopulationJob;
import org.whisker.study.population.PopulationResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code whisker population}: networks as the unit. */
@Command(
    name = "population",
    description = {
      "Trains many small networks from scratch, whose recipes differ in padding, head and training"
          + " position, runs the question's search on each, and tests what of a network goes with"
          + " where its evolved pixels lie. The network is the unit.",
      "Writes networks.csv (one row per network: recipe, accuracy, p(cat) of white, slope of the"
          + " single-pixel profile, E), runs.csv, profiles.csv, climb.csv and climb_mean.csv (E at"
          + " equal p(cat)), levels.csv, associations.csv, charts as PNG and SVG, and networks/,"
          + " runs/ and probes/, from which --resume continues."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "E is the edge index: 0.5 is chance; below it, pixels lie nearer the edge. E of",
      "cats is that of the first image of each run that reaches --target; where fewer",
      "than half of the networks have cats, associations.csv says so and tests none.",
      "p is by permutation of networks, corrected (Holm) over all that is tested of one",
      "outcome. With 24 networks, a correlation of some 0.6 survives it.",
      "",
      "Ctrl-C keeps finished epochs, networks and runs, and writes the tables of the",
      "networks that are done.",
      "",
      "Examples:",
      "  whisker population --data photos",
      "  whisker population --data photos --arch vgg16 --networks 32 --runs 3 --out vgg",
      "  whisker population --data photos --paddings zero,circular --epochs 10",
      "  whisker population --resume vgg"
    })
public final class PopulationCommand implements Callable<Integer> {
  private final Environment environment;
  private CommandSpec spec = CommandSpec.create();

  @Mixin private final PopulationOptions options = new PopulationOptions();
  @Mixin private final RunOptions run = new RunOptions();
  @Mixin private final ResumeOption resume = new ResumeOption();
  @Mixin private final RunningOptions running = new RunningOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  public PopulationCommand(Environment environment) {
    this.environment = environment;
  }

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
  }

  @Override
  public Integer call() throws IOException {
    ResumableCommand<PopulationConfig, PopulationResult> command =
        new ResumableCommand<>(
            environment,
            new PopulationJob(environment.context(common)),
            spec.commandLine().getParseResult(),
            () -> options.config(run, running.config()),
            this::say);
    if (resume.folder().isEmpty()) {
      return command.begin(run.out());
    }
    InvalidRequestException.refuse(
        run.out().isPresent(), "--out and --resume exclude each other; give one");
    return command.resume(resume.folder().get());
  }

  private int say(PopulationResult result) {
    environment.out().print(PopulationText.of(result));
    ResumableCommand.end(environment, result.folder(), result.done());
    return ExitCode.OK;
  }
}
