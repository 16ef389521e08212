package org.whisker.chart;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.Measure;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Row;
import org.whisker.io.CsvWriter;
import org.whisker.table.ExperimentObservations;
import org.whisker.table.ObservationRow;
import org.whisker.table.SummaryRow;

/** What all experiments together come to. */
public final class AblationSummaryFiles {
  private static final int PARTS_APART = 16;

  private AblationSummaryFiles() {}

  /**
   * An experiment that a model can't take.
   *
   * @param why in one line
   */
  public record Skipped(String experiment, String model, String why) {}

  /** Writes {@code skipped.csv}. */
  public static void skipped(Path folder, List<Skipped> skipped) throws IOException {
    List<String> header = List.of("experiment", "model", "reason");
    try (CsvWriter csv = CsvWriter.create(folder.resolve("skipped.csv"), header)) {
      for (Skipped s : skipped) {
        csv.row(s.experiment(), s.model(), s.why());
      }
      csv.finish();
    }
  }

  /**
   * Writes {@code summary.csv}, a row a comparison by the measure that decides it and a row an
   * observation, and {@code overview} as PNG and SVG. {@code p_holm} is corrected within the
   * experiment, which decides the verdict; {@code p_holm_all} over all rows, which few runs can
   * hardly pass.
   */
  public static void write(Path folder, List<AblationResult> results) throws IOException {
    List<SummaryRow> rows = SummaryRow.of(results);
    SummaryRow.TABLE.write(folder.resolve(SummaryRow.FILE), rows);
    List<Drawing> parts = new ArrayList<>();
    EffectPlot.of(rows, Measure.MARGIN).ifPresent(parts::add);
    ObservationPlot.of(
            results.stream()
                .map(
                    r ->
                        new ExperimentObservations(
                            r.ablation().id(), r.model(), ObservationRow.of(r)))
                .toList())
        .ifPresent(parts::add);
    Optional<Drawing> overview =
        parts.isEmpty() ? Optional.empty() : Optional.of(new Row(parts, PARTS_APART, true));
    AblationFiles.draw(folder, "overview", overview);
  }
}
