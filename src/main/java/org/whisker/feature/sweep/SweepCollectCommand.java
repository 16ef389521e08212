package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.whisker.command.ChartOptions;
import org.whisker.command.CommonOptions;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code whisker sweep collect}: tables of what is done. */
@Command(
    name = "collect",
    description = {
      "Makes the tables of a sweep in DIR/collected, at any time, also while workers are busy:"
          + " evolve.csv (a run of a search a row), settings.csv (a setting a row) with options.csv"
          + " and option_effects.csv, networks.csv (a network that was trained a row), for each ablate of the spec a folder as ablate makes it with"
          + " verdicts and a report, experiments.csv (how many runs its tables have) and"
          + " unfinished.csv (what is missing, failed, or has two results),"
          + " and a page of it all, index.html."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Tables of an experiment that is not whole are those of fewer runs: as many as all",
      "arms have from the first seed on. All are the bytes that ablate and evolve write.",
      "",
      "Examples:",
      "  whisker sweep collect question",
      "  whisker sweep collect question --folders"
    })
final class SweepCollectCommand implements Callable<Integer> {
  private final Environment environment;
  private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "The folder that sweep plan wrote.")
  private Path folder = Path.of("");

  @Option(
      names = "--folders",
      description =
          "Also a folder for each configuration of evolve, as evolve makes it, for heatmap and"
              + " others to read; with generations.csv where the spec says keep_generations:"
              + " true.")
  private boolean folders;

  @Mixin private final ChartOptions charts = new ChartOptions();
  @Mixin private final CommonOptions common = new CommonOptions();

  SweepCollectCommand(Environment environment) {
    this.environment = environment;
  }

  @Spec
  void setSpec(CommandSpec spec) {
    this.spec = spec;
  }

  @Override
  public Integer call() throws IOException {
    SweepManifest manifest = SweepManifest.open(folder);
    OptionalInt elsewhere = NumericsProcess.of(manifest.numerics(), environment).instead(spec);
    if (elsewhere.isPresent()) {
      return elsewhere.getAsInt(); // what is observed of images is scored here
    }
    SweepCollector.Result result =
        new SweepCollector(new SweepFolder(folder), environment.context(common, charts))
            .collect(folders);
    SweepPage.write(result.folder());
    environment.out().print(SweepText.of(result));
    environment.out().println("written to " + result.folder() + "; open index.html");
    return ExitCode.OK;
  }
}
