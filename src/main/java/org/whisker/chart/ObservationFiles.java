package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observed;
import org.whisker.chart.kit.Drawing;
import org.whisker.io.CsvWriter;
import org.whisker.stats.Interval;
import org.whisker.stats.Verdict;
import org.whisker.table.PositionTables;

/** What was observed of evolved images, as files. */
final class ObservationFiles {
  private static final List<String> HEADER =
      List.of(
          "observed",
          "against",
          "statistic",
          "effect",
          "ci_low",
          "ci_high",
          "p_value",
          "p_holm",
          "p_equivalence",
          "margin",
          "verdict",
          "runs_needed",
          "runs",
          "dropped");

  private ObservationFiles() {}

  /** Writes {@code observations.csv}, if there are any, and what belongs to each. */
  static void write(Path folder, AblationResult result) throws IOException {
    if (result.observed().isEmpty()) {
      return;
    }
    table(folder.resolve("observations.csv"), result.observations());
    String title = result.ablation().id() + " on " + result.model();
    for (Observed observed : result.observed()) {
      if (observed instanceof Observed.Moves moves) {
        MoveFiles.write(folder, title, moves);
      } else if (observed instanceof Observed.ByResidue by && !by.residues().isEmpty()) {
        PositionTables.residues(folder.resolve("residues.csv"), by.residues());
        PositionTables.residueTests(folder.resolve("residue_tests.csv"), by.residues());
        Drawing drawing = PositionFigures.residues(title, by.residues());
        drawing.writePng(folder.resolve("residues.png"));
        drawing.writeSvg(folder.resolve("residues.svg"));
      }
    }
  }

  private static void table(Path file, List<Observation> observations) throws IOException {
    try (CsvWriter csv = CsvWriter.create(file, HEADER)) {
      for (Observation o : observations) {
        Interval interval = o.interval();
        csv.row(
            o.name(),
            o.against(),
            o.statistic(),
            o.effect(),
            interval == null ? null : interval.low(),
            interval == null ? null : interval.high(),
            o.runs() < 2 ? null : o.p(),
            o.runs() < 2 ? null : o.pHolm(),
            o.pEquivalence(),
            o.margin(),
            verdict(o.verdict()),
            o.runsNeeded(),
            o.runs(),
            o.dropped());
      }
      csv.finish();
    }
  }

  /** In small letters; empty where there is none. */
  static String verdict(@Nullable Verdict verdict) {
    return verdict == null ? "" : verdict.name().toLowerCase(Locale.ROOT);
  }
}
