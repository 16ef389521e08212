package org.whisker.cli.position;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.cli.shared.CommonOptions;
import org.whisker.cli.shared.Environment;
import org.whisker.cli.shared.TextTable;
import org.whisker.position.BiasDecision;
import org.whisker.position.ConditionMaps;
import org.whisker.position.EdgeBias;
import org.whisker.study.input.ImageSet;

/** What heatmap prints: a row a condition, and what a reader should know. */
final class HeatmapReport {
  private final Environment environment;
  private final CommonOptions common;

  HeatmapReport(Environment environment, CommonOptions common) {
    this.environment = environment;
    this.common = common;
  }

  /** Prints the table to standard output, notes to standard error. */
  void print(
      List<ImageSet> sets,
      List<ConditionMaps> conditions,
      List<Optional<BiasDecision>> decisions,
      List<String> leftOut,
      List<String> folders,
      Path out) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "CONDITION", "RUNS", "WHITE", "E", "95 % INTERVAL", "CORRECTED P", "VERDICT", "FILES"));
    for (int i = 0; i < conditions.size(); i++) {
      rows.add(row(conditions.get(i), decisions.get(i), folders.get(i) + "/"));
    }
    environment.out().print(TextTable.of(rows));
    environment
        .out()
        .printf(
            Locale.ROOT,
            "E 0.5 is chance, less is nearer the edge; written to %s%s%n",
            out,
            leftOut.isEmpty() ? "" : "; " + leftOut.size() + " bad inputs left out");
    if (!common.quiet()) {
      notes(sets, conditions, leftOut);
    }
  }

  private static List<String> row(
      ConditionMaps condition, Optional<BiasDecision> decision, String files) {
    String label = condition.label();
    if (decision.isEmpty()) {
      String white = Integer.toString(condition.heatmap().whiteRuns());
      return List.of(label, "0", white, "-", "-", "-", "all white", files);
    }
    EdgeBias bias = condition.placement().orElseThrow().bias();
    return List.of(
        label,
        Integer.toString(bias.runs()),
        Integer.toString(bias.whiteRuns()),
        number(bias.edgeIndex()),
        interval(bias.ciLow(), bias.ciHigh()),
        p(decision.get().pHolm()),
        verdict(decision.get(), bias),
        files);
  }

  private static String p(double p) {
    return p < 0.001 ? "below 0.001" : String.format(Locale.ROOT, "%.3f", p);
  }

  private static String verdict(BiasDecision decision, EdgeBias bias) {
    return decision.runsNeeded().isPresent()
        ? decision.inWords(bias) + " (needs " + decision.runsNeeded().getAsLong() + " runs)"
        : decision.inWords(bias);
  }

  private static String interval(OptionalDouble low, OptionalDouble high) {
    return low.isPresent() && high.isPresent()
        ? number(low.getAsDouble()) + " to " + number(high.getAsDouble())
        : "-";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  private void notes(List<ImageSet> sets, List<ConditionMaps> conditions, List<String> leftOut) {
    for (int i = 0; i < sets.size(); i++) {
      for (String note : sets.get(i).notes()) {
        environment.err().println(conditions.get(i).label() + ": " + note);
      }
    }
    leftOut.forEach(line -> environment.err().println("left out: " + line));
  }
}
