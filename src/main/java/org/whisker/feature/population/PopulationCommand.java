package org.whisker.feature.population;

import java.io.IOException;
import java.util.List;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.RecordCommand;
import org.whisker.command.ResumableCommand;
import org.whisker.option.OptionValue;
import picocli.CommandLine.Command;

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
public final class PopulationCommand extends RecordCommand<PopulationOptions> {
  public PopulationCommand(Environment environment) {
    super(environment, PopulationOptions.class, Extra.OUT, Extra.RESUME);
  }

  @Override
  protected List<String> helpOrder() {
    return List.of("--data", "--research-only", "--arch", "--networks", "--paddings", "--width");
  }

  @Override
  protected String missing(List<OptionValue> missing) {
    return "name photos by --data DIR";
  }

  @Override
  public Integer call() throws IOException {
    return run(new PopulationJob(context()), () -> config().config(), this::say);
  }

  private int say(PopulationResult result) {
    environment().out().print(PopulationText.of(result));
    ResumableCommand.end(environment(), result.folder(), result.done());
    return ExitCode.OK;
  }
}
