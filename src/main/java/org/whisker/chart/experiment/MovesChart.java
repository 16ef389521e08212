package org.whisker.chart.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Captioned;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Row;
import org.whisker.io.Decimals;
import org.whisker.table.experiment.MoveCurveRow;
import org.whisker.table.experiment.MoveRow;
import org.whisker.table.experiment.StrideCombRow;

/** {@code moves} of an experiment that moves its evolved images. */
public final class MovesChart implements FolderChart {
  private static final int GAP = 8;
  private static final double ALPHA = 0.05;

  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    List<MoveCurveRow> curves = MoveCurveRow.TABLE.readIfThere(folder.resolve(MoveCurveRow.FILE));
    List<MoveRow> images = MoveRow.TABLE.readIfThere(folder.resolve(MoveRow.FILE));
    if (!curves.isEmpty() && !images.isEmpty()) {
      List<StrideCombRow> combs =
          StrideCombRow.TABLE.readIfThere(folder.resolve(StrideCombRow.FILE));
      Drawing drawing = drawing(curves, images);
      List<String> captions = captions(ExperimentTitle.of(folder), combs);
      files.write(folder, "moves", new Captioned(drawing, captions));
    }
  }

  private static Drawing drawing(List<MoveCurveRow> curves, List<MoveRow> images) {
    OptionalDouble gain = gain(curves);
    MovePlots plots = new MovePlots(curves, gain);
    MovePlots.Range range = MovePlots.range(curves);
    if (gain.isPresent()) {
      range = range.with(new MovePlots.Range(gain.getAsDouble(), gain.getAsDouble()));
    }
    List<Drawing> beside = new ArrayList<>();
    plots.distances("Moved by a distance in pixels", range.wider()).ifPresent(beside::add);
    plots.scales(range.wider()).ifPresent(beside::add);
    List<Drawing> rows = new ArrayList<>();
    if (!beside.isEmpty()) {
      rows.add(Row.across(GAP, beside));
    }
    plots.others(images).ifPresent(rows::add);
    return new Row(rows, GAP, true);
  }

  /**
   * The images' gain over the empty canvas, which follows from the share that each row states as
   * lost.
   */
  private static OptionalDouble gain(List<MoveCurveRow> curves) {
    return curves.stream()
        .filter(row -> row.deltaLogit() != 0 && Double.isFinite(row.shareLost()))
        .mapToDouble(row -> row.deltaLogit() / row.shareLost())
        .findFirst();
  }

  private static List<String> captions(ExperimentTitle title, List<StrideCombRow> combs) {
    List<String> lines = new ArrayList<>();
    lines.add(title + ": mean over evolved images, 95 % interval");
    lines.add(
        "roll: pixels re-enter on the opposite side; translate: they are lost; 0: original"
            + " position; dashed: the empty canvas");
    told(combs).ifPresent(lines::add);
    return lines;
  }

  /**
   * The smallest stride with a significant difference: its multiples include those of the larger
   * ones.
   */
  private static Optional<String> told(List<StrideCombRow> combs) {
    return combs.stream()
        .filter(comb -> comb.difference().isPresent() && comb.pHolm().orElse(1) <= ALPHA)
        .findFirst()
        .map(comb -> told(comb, comb.difference().getAsDouble()));
  }

  private static String told(StrideCombRow comb, double difference) {
    return "rolled by multiples of %d, %s logits %s than one pixel beside (p %s)"
        .formatted(
            comb.modulus(),
            Decimals.fixed(Math.abs(difference), 3),
            difference < 0 ? "less lost" : "more lost",
            Decimals.fixed(comb.pHolm().orElse(1), 3));
  }
}
