package org.whisker.feature.ablate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.ablation.result.RingRow;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.Line.RankPoint;
import org.whisker.chart.kit.Row;
import org.whisker.feature.position.DosePlot;
import org.whisker.position.result.DoseTables.DoseRow;

/** The effect of black pixels from the border inwards: alone on white, and in evolved images. */
public final class RingPlots {
  private static final int GAP = 8;
  private static final int FEWEST_FOR_BAND = 4;

  private RingPlots() {}

  /**
   * The effect of one black pixel on white.
   *
   * @param models the bins of each model
   * @param penalty whether the amount that the surrogate subtracts is also drawn
   */
  public static Optional<Drawing> alone(Map<String, List<RingRow>> models, boolean penalty) {
    List<Line> lines = new ArrayList<>();
    models.forEach((model, rows) -> add(model, rows, RingRow::aloneDeltaLogit, lines));
    if (penalty) {
      models.forEach(
          (model, rows) ->
              add("subtracted by the surrogate", rows, RingRow::penaltyTakenOff, lines));
    }
    return profile("One black pixel on white", "Δlogit (above 0: away from the target)", lines);
  }

  private static void add(
      String name, List<RingRow> rows, ToDoubleFunction<RingRow> value, List<Line> lines) {
    List<RankPoint> points =
        rows.stream()
            .map(r -> RankPoint.of(r.uFrom(), r.uTo(), OptionalDouble.of(value.applyAsDouble(r))))
            .toList();
    RankPoint.line(name, points, false, false).ifPresent(lines::add);
  }

  /**
   * The contribution of black pixels of evolved images, in bins in which enough images have one: an
   * interval over two or three runs would dominate the plot.
   */
  public static Optional<Drawing> contribution(Map<String, List<RingRow>> models) {
    List<Line> lines = new ArrayList<>();
    models.forEach(
        (model, rows) -> {
          List<RankPoint> points =
              rows.stream()
                  .filter(r -> r.runs() >= FEWEST_FOR_BAND)
                  .map(
                      r ->
                          new RankPoint(
                              r.uFrom(), r.uTo(), r.evolvedDeltaLogit(), r.ciLow(), r.ciHigh()))
                  .toList();
          RankPoint.line(model, points, true, false).ifPresent(lines::add);
        });
    return profile(
        "Black pixels of the evolved images, each left out",
        "Δlogit (below 0: towards the target)",
        lines);
  }

  private static Optional<Drawing> profile(String title, String label, List<Line> lines) {
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(Charts.profile(title, RankPoint.AXIS, label, lines, 0, "no effect"));
  }

  /** {@code rings} of an experiment that measures the effect of black pixels by edge rank. */
  public static void draw(Path folder, ChartFiles files) throws IOException {
    List<RingRow> rows = RingRow.TABLE.readIn(folder);
    Map<String, List<RingRow>> model = Map.of(ExperimentTitle.of(folder).model(), rows);
    List<Drawing> drawings = new ArrayList<>();
    alone(model, true).ifPresent(drawings::add);
    contribution(model).ifPresent(drawings::add);
    if (!drawings.isEmpty()) {
      String caption =
          ExperimentTitle.of(folder)
              + "; band: 95 % interval over runs, where at least four runs have a pixel";
      files.write(folder, "rings", new Captioned(Row.across(GAP, drawings), List.of(caption)));
    }
  }

  /** {@code dose} of an experiment that adds pixels zone by zone. */
  public static void drawDose(Path folder, ChartFiles files) throws IOException {
    if (!Files.exists(folder.resolve(ObservationRow.FILE))) {
      return; // a probe, which has its own chart
    }
    List<DoseRow> rows = DoseRow.TABLE.readIn(folder);
    if (!rows.isEmpty()) {
      files.write(folder, "dose", DosePlot.all(rows, ExperimentTitle.of(folder).toString()));
    }
  }
}
