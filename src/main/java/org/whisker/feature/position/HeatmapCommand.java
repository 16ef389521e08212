package org.whisker.feature.position;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.command.Command;
import org.whisker.command.CommonOptions;
import org.whisker.command.Environment;
import org.whisker.command.ExitCode;
import org.whisker.command.JobCommand;
import org.whisker.command.JsonOption.Document;
import org.whisker.command.RecordCommand.HelpOrder;
import org.whisker.command.TextTable;
import org.whisker.feature.position.HeatmapJob.HeatmapConfig;
import org.whisker.feature.position.HeatmapJob.HeatmapResult;
import org.whisker.position.ConditionMaps;
import org.whisker.position.EdgeBias;
import org.whisker.position.EdgeBias.BiasDecision;
import org.whisker.position.result.ConditionRow;
import org.whisker.value.Text;

/** {@code whisker heatmap}: where the black pixels of evolved images lie. */
@Command(
    name = "heatmap",
    description = {
      "Maps where black pixels lie in sets of evolved images, and tests whether"
          + " chance would put them there. The edge index E (1/2 is chance, below it is"
          + " nearer the edge) has an interval, p and a verdict. There are maps of"
          + " frequency, density and contribution, and the density by edge rank, side,"
          + " corner and residue. Several conditions are compared pairwise.",
      "",
      "The null distributions are simulated: 399 maps of random sets of the same"
          + " sizes (199 above 40,000 pixels), and toroidal shifts of each run (9,999,"
          + " fewer where there are many pixels).",
      "",
      "A table run,x,y cannot represent a run without black pixels: such runs are"
          + " missing from it, and from the count of white runs. If there may be any, give"
          + " the images instead.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  whisker heatmap analyses/evolve-vgg16-mini-20261125-101500",
      "  whisker heatmap run-zero run-reflect --out padding --bandwidth 4",
      "  whisker heatmap pixels.csv --canvas 128x128 pictures/ --skip-bad",
      "  whisker heatmap my-run --model vgg16-mini"
    })
@HelpOrder("--canvas --bandwidth --model --skip-bad")
public final class HeatmapCommand extends JobCommand<HeatmapConfig, Optional<HeatmapResult>> {
  public HeatmapCommand(Environment environment) {
    super(environment, HeatmapConfig.class, HeatmapJob::new, some -> some, Extra.CHARTS);
  }

  @Override
  protected Document document(Path folder) throws IOException {
    return Document.of(folder, ConditionRow.TABLE);
  }

  @Override
  protected int say(Optional<HeatmapResult> result) {
    result.ifPresent(new HeatmapReport(environment(), common())::print);
    return ExitCode.OK;
  }

  /** What heatmap prints: a row a condition, and what a reader should know. */
  private record HeatmapReport(Environment environment, CommonOptions common) {
    /** Prints the table to standard output, notes to standard error. */
    void print(HeatmapResult result) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(
          List.of(
              "CONDITION",
              "RUNS",
              "WHITE",
              "E",
              "95 % INTERVAL",
              "CORRECTED P",
              "VERDICT",
              "FILES"));
      result.conditions().forEach(condition -> rows.add(row(condition)));
      environment.out().print(TextTable.of(rows));
      int leftOut = result.leftOut().size();
      environment
          .out()
          .printf(
              Locale.ROOT,
              "E 0.5 is chance, less is nearer the edge; written to %s%s%n",
              result.folder(),
              leftOut == 0 ? "" : "; " + leftOut + " bad inputs left out");
      if (!common.quiet()) {
        notes(result);
      }
    }

    private static List<String> row(HeatmapResult.Condition condition) {
      ConditionMaps maps = condition.maps();
      String label = maps.label();
      String files = condition.folder() + "/";
      if (condition.decision().isEmpty()) {
        String white = Integer.toString(maps.heatmap().whiteRuns());
        return List.of(label, "0", white, "-", "-", "-", "all white", files);
      }
      BiasDecision decision = condition.decision().get();
      EdgeBias bias = maps.placement().orElseThrow().bias();
      return List.of(
          label,
          Integer.toString(bias.runs()),
          Integer.toString(bias.whiteRuns()),
          number(bias.edgeIndex()),
          interval(bias.ciLow(), bias.ciHigh()),
          p(decision.pHolm()),
          verdict(decision, bias),
          files);
    }

    private static String p(double p) {
      return p < 0.001 ? "below 0.001" : Text.of("%.3f", p);
    }

    private static String verdict(BiasDecision decision, EdgeBias bias) {
      String said = decision.inWords(bias);
      if (decision.tooFew()) {
        said +=
            Text.of(
                ": %d run%s can't reach p %s",
                bias.runs(), bias.runs() == 1 ? "" : "s", BiasDecision.ALPHA);
      }
      return decision.runsNeeded().isPresent()
          ? said + " (needs " + decision.runsNeeded().getAsLong() + " runs)"
          : said;
    }

    private static String interval(OptionalDouble low, OptionalDouble high) {
      return low.isPresent() && high.isPresent()
          ? number(low.getAsDouble()) + " to " + number(high.getAsDouble())
          : "-";
    }

    private static String number(double value) {
      return Text.of("%.3f", value);
    }

    private void notes(HeatmapResult result) {
      for (HeatmapResult.Condition condition : result.conditions()) {
        for (String note : condition.notes()) {
          environment.err().println(condition.maps().label() + ": " + note);
        }
      }
      result.leftOut().forEach(line -> environment.err().println("left out: " + line));
    }
  }
}
