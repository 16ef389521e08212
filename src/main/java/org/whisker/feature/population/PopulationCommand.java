package org.whisker.feature.population;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.command.ResumableCommand;
import org.whisker.command.TextTable;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.population.PopulationCommand.PopulationOptions;
import org.whisker.feature.population.PopulationConfig.PopulationBase;
import org.whisker.feature.population.PopulationJob.PopulationResult;
import org.whisker.feature.population.PopulationTables.AssociationRow;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.SharedOptions;
import org.whisker.option.Option;
import org.whisker.option.OptionValue;
import org.whisker.option.Seed;
import org.whisker.table.Columns;
import org.whisker.value.Text;

/** {@code whisker population}: networks as the unit. */
@Command(
    name = "population",
    description = {
      "Trains many small networks, and tests which of their properties go with where"
          + " evolved pixels lie. They are trained from scratch, with recipes that differ"
          + " in padding, head and training position, and the question's search runs on"
          + " each. The network is the unit.",
      "Writes networks.csv (one row per network: recipe, accuracy, p(cat) of white,"
          + " slope of the single-pixel profile, E), runs.csv, profiles.csv, climb.csv and"
          + " climb_mean.csv (E at equal p(cat)), levels.csv and associations.csv. Beside"
          + " them are charts as PNG and SVG, and networks/, runs/ and probes/, from which"
          + " --resume continues."
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
@HelpOrder("--data --research-only --arch --networks --paddings --width")
public final class PopulationCommand extends RecordCommand<PopulationOptions> {
  public PopulationCommand(Environment environment) {
    super(environment, PopulationOptions.class, Extra.OUT, Extra.RESUME, Extra.JSON);
  }

  @Override
  protected boolean draws() {
    return true;
  }

  @Override
  protected String missing(List<OptionValue> missing) {
    return "name photos by --data DIR";
  }

  @Override
  public Integer call() throws IOException {
    return run(
        new PopulationJob(context()),
        () -> config(PopulationOptions::config),
        this::say,
        result -> result.done() ? Optional.of(result.folder()) : Optional.empty(),
        folder -> Document.of(folder, PopulationRow.TABLE, AssociationRow.TABLE));
  }

  private int say(PopulationResult result) {
    environment().out().print(PopulationText.of(result));
    ResumableCommand.end(environment(), result.folder(), result.done());
    return ExitCode.OK;
  }

  private static final class PopulationText {
    /** The networks, then what goes with the outcomes. */
    static String of(PopulationResult result) {
      return result.networks().isEmpty()
          ? ""
          : networks(result.networks()) + "\n" + associations(result.associations());
    }

    private static String networks(List<PopulationRow> networks) {
      return TextTable.of(
          Columns.of(PopulationRow.class)
              .with("NETWORK", PopulationRow::network)
              .with("ACCURACY", row -> Text.of("%.1f %%", 100 * row.testAccuracy()))
              .with("P(WHITE)", row -> Text.of("%.2f", row.whiteCatProbability()))
              .with("SLOPE", row -> Text.of("%+.2f", row.profileSlope()))
              .with("CATS", row -> Text.of("%d of %d", row.cats(), row.runs()))
              .with("E OF CATS", row -> Text.number("%.2f", row.edgeIndexOfCats(), "–"))
              .with("E AT ½", row -> Text.number("%.2f", row.edgeIndexAtHalf(), "–"))
              .with("E", row -> Text.number("%.2f", row.edgeIndex(), "–"))
              .with("P", row -> Text.number("%.2f", row.catProbability(), "–")),
          networks);
    }

    private static String associations(List<AssociationRow> associations) {
      return TextTable.of(
          Columns.of(AssociationRow.class)
              .with("ARCHITECTURE", AssociationRow::architecture)
              .with("OUTCOME", AssociationRow::outcome)
              .with("PREDICTOR", AssociationRow::predictor)
              .with("STATISTIC", AssociationRow::statistic)
              .with("NETWORKS", row -> Text.of("%d of %d", row.values(), row.networks()))
              .with("VALUE (95 %)", row -> value(row))
              .with("P", row -> Text.number("%.4f", row.p(), "–"))
              .with("CORRECTED", row -> Text.number("%.4f", row.pCorrected(), "–"))
              .with("VERDICT", AssociationRow::verdict),
          associations);
    }

    private static String value(AssociationRow row) {
      String value = Text.number("%+.2f", row.value(), "–");
      return row.ciLow().isEmpty()
          ? value
          : value
              + Text.of(" (%+.2f to %+.2f)", row.ciLow().getAsDouble(), row.ciHigh().orElseThrow());
    }
  }

  /**
   * A population, as it is asked for.
   *
   * @param epochs passes over the photos; four left test accuracies of 72 % on 7,800 photos
   */
  public record PopulationOptions(
      @Option(
              names = "--data",
              label = "DIR",
              help =
                  "Photos: a folder with train/, val/ and test/, each with cat/ and not_cat/, as for"
                      + " train.")
          Path data,
      @Option(names = "--research-only", help = "The photos may be used for research only.")
          boolean researchOnly,
      @Option(
              defaultValue = "vgg16,inception-resnet-v2",
              names = "--arch",
              split = ",",
              label = "ARCH",
              help = "vgg16, inception-resnet-v2, or both, separated by commas. Default: both.")
          List<String> architectures,
      @Option(
              names = "--networks",
              label = "N",
              defaultValue = "24",
              help =
                  "Networks of each architecture, each from its own seed. Any number of them is"
                      + " balanced over the recipes.")
          int networks,
      @Option(
              defaultValue = "zero,reflect,replicate,circular",
              names = "--paddings",
              split = ",",
              label = "P",
              help = "Paddings of the recipes.")
          List<String> paddings,
      @Option(
              names = "--width",
              label = "W",
              help = "Fraction of the published number of channels. Default: 0.125.")
          OptionalDouble width,
      @Option(
              names = "--size",
              label = "N",
              help =
                  "Height and width of the input in pixels. Default: 64 (vgg16), 107 (the least with"
                      + " which inception-resnet-v2 can be padded by reflection).")
          OptionalInt size,
      @Option(
              min = 1,
              names = "--epochs",
              label = "N",
              defaultValue = "8",
              help = "Passes over the training photos.")
          int epochs,
      @Option(
              names = "--target",
              label = "P",
              defaultValue = "0.96",
              help = "A run is a cat, and ends, when p(cat) reaches this.")
          double target,
      @Option(names = "--runs", label = "N", defaultValue = "5", min = 1, help = SharedOptions.RUNS)
          int runs,
      @Option(names = "--generations", label = "N", min = 1, help = SharedOptions.GENERATIONS)
          OptionalInt generations,
      @Seed long seed,
      DeviceConfig on) {
    /**
     * Turns these options into a configuration.
     *
     * @throws InvalidRequestException for impossible options
     */
    public PopulationConfig config() {
      return new PopulationConfig(
          data,
          researchOnly,
          architectures.stream().map(this::base).toList(),
          networks,
          paddings,
          PopulationConfig.bothPositions(),
          PopulationConfig.briefly(epochs),
          runs,
          generations.orElse(EvolutionOptions.question().stop().generations()),
          target,
          seed,
          on);
    }

    private PopulationBase base(String architecture) {
      PopulationBase base = PopulationBase.of(architecture);
      return InvalidRequestException.check(
          () -> base.with(width.orElse(base.architecture().width()), size.orElse(base.side())));
    }
  }
}
