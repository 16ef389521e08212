package org.whisker.feature.sweep;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RecordCommand;
import org.whisker.option.Option;
import picocli.CommandLine.Command;

/** {@code whisker sweep collect}: tables of what is done. */
@Command(
    name = "collect",
    description = {
      "Makes the tables of a sweep in DIR/collected, at any time, also while workers"
          + " are busy.",
      "evolve.csv has a run of a search a row; settings.csv a setting a row, with"
          + " options.csv and option_effects.csv; networks.csv a network that was trained"
          + " a row. Each ablate of the spec has a folder as ablate makes it, with"
          + " verdicts and a report. experiments.csv says how many runs those tables have,"
          + " and unfinished.csv what is missing, failed, or has two results. index.html"
          + " is a page of it all."
    },
    footer = {
      "",
      "Tables of an experiment that is not whole are those of fewer runs: as many as all",
      "arms have from the first seed on. All are the bytes that ablate and evolve write.",
      "",
      "Examples:",
      "  whisker sweep collect question",
      "  whisker sweep collect question --folders"
    })
final class SweepCollectCommand extends RecordCommand<SweepCollectCommand.Asked> {
  /** What is collected. */
  record Asked(
      @Option(label = "DIR", help = "The folder that sweep plan wrote.") Path folder,
      @Option(
              names = "--folders",
              help =
                  "Also a folder for each configuration of evolve, as evolve makes it, for heatmap and"
                      + " others to read; with generations.csv where the spec says keep_generations:"
                      + " true.")
          boolean folders) {}

  SweepCollectCommand(Environment environment) {
    super(environment, Asked.class, Extra.CHARTS);
  }

  @Override
  protected List<String> helpOrder() {
    return List.of("--folders", "--format", "--width", "--own-scales", "--quiet", "--verbose");
  }

  @Override
  public Integer call() throws IOException {
    Asked asked = config();
    SweepManifest manifest = SweepManifest.open(asked.folder());
    OptionalInt elsewhere = NumericsProcess.of(manifest.numerics(), environment()).instead(spec());
    if (elsewhere.isPresent()) {
      return elsewhere.getAsInt(); // what is observed of images is scored here
    }
    SweepCollector.Result result =
        new SweepCollector(new SweepFolder(asked.folder()), context()).collect(asked.folders());
    SweepPage.write(result.folder());
    environment().out().print(SweepText.of(result));
    environment().out().println("written to " + result.folder() + "; open index.html");
    return ExitCode.OK;
  }
}
