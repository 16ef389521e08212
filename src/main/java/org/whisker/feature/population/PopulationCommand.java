package org.whisker.feature.population;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.command.Command;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.RecordCommand;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.command.ResumableCommand;
import org.whisker.command.TextTable;
import org.whisker.feature.population.PopulationJob.PopulationResult;
import org.whisker.feature.population.PopulationTables.AssociationRow;
import org.whisker.option.OptionValue;

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

  /** A population as text. */
  private static final class PopulationText {
    private PopulationText() {}

    /** The networks, then what goes with the outcomes. */
    static String of(PopulationResult result) {
      return result.networks().isEmpty()
          ? ""
          : networks(result.networks()) + "\n" + associations(result.associations());
    }

    private static String networks(List<PopulationRow> networks) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(
          List.of(
              "NETWORK", "ACCURACY", "P(WHITE)", "SLOPE", "CATS", "E OF CATS", "E AT ½", "E", "P"));
      for (PopulationRow row : networks) {
        rows.add(
            List.of(
                row.network(),
                format("%.1f %%", 100 * row.testAccuracy()),
                format("%.2f", row.whiteCatProbability()),
                format("%+.2f", row.profileSlope()),
                format("%d of %d", row.cats(), row.runs()),
                number("%.2f", row.edgeIndexOfCats()),
                number("%.2f", row.edgeIndexAtHalf()),
                number("%.2f", row.edgeIndex()),
                number("%.2f", row.catProbability())));
      }
      return TextTable.of(rows);
    }

    private static String associations(List<AssociationRow> associations) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(
          List.of(
              "ARCHITECTURE",
              "OUTCOME",
              "PREDICTOR",
              "STATISTIC",
              "NETWORKS",
              "VALUE (95 %)",
              "P",
              "CORRECTED",
              "VERDICT"));
      for (AssociationRow row : associations) {
        rows.add(
            List.of(
                row.architecture(),
                row.outcome(),
                row.predictor(),
                row.statistic(),
                format("%d of %d", row.values(), row.networks()),
                value(row),
                number("%.4f", row.p()),
                number("%.4f", row.pCorrected()),
                row.verdict()));
      }
      return TextTable.of(rows);
    }

    private static String value(AssociationRow row) {
      String value = number("%+.2f", row.value());
      return row.ciLow().isEmpty()
          ? value
          : value
              + format(" (%+.2f to %+.2f)", row.ciLow().getAsDouble(), row.ciHigh().orElseThrow());
    }

    private static String number(String pattern, OptionalDouble value) {
      return value.isEmpty() ? "–" : format(pattern, value.getAsDouble());
    }

    private static String format(String pattern, Object... values) {
      return String.format(Locale.ROOT, pattern, values);
    }
  }
}
