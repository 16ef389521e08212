package org.whisker.feature.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Charts;
import org.whisker.chart.kit.Line;
import org.whisker.chart.kit.matrix.ConfusionPlot;
import org.whisker.feature.train.EvaluationTables.CalibrationRow;
import org.whisker.feature.train.EvaluationTables.ConfusionRow;
import org.whisker.feature.train.EvaluationTables.EvaluationRow;
import org.whisker.feature.train.EvaluationTables.RocRow;
import org.whisker.io.Manifest;
import org.whisker.value.Text;

/** Charts of an evaluation: calibration, ROC curve and confusion matrix. */
public final class EvaluationCharts implements FolderChart {
  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    calibration(folder, files);
    roc(folder, files);
    confusion(folder, files);
  }

  private static String model(Path folder) throws IOException {
    return Manifest.text(folder, "/model/name");
  }

  private static void calibration(Path folder, ChartFiles files) throws IOException {
    Path table = folder.resolve(CalibrationRow.FILE);
    if (!Files.exists(table)) {
      return;
    }
    List<CalibrationRow> filled =
        CalibrationRow.TABLE.read(table).stream().filter(bin -> bin.photos() > 0).toList();
    Line line =
        new Line(
            model(folder),
            filled.stream().mapToDouble(bin -> bin.meanPTarget().orElseThrow()).toArray(),
            filled.stream().mapToDouble(bin -> bin.targetFraction().orElseThrow()).toArray());
    files.write(
        folder,
        "calibration",
        Charts.calibration("Calibration of " + model(folder), List.of(line)));
  }

  private static void roc(Path folder, ChartFiles files) throws IOException {
    Path table = folder.resolve(RocRow.FILE);
    if (!Files.exists(table)) {
      return;
    }
    List<RocRow> points = RocRow.TABLE.read(table);
    double area = EvaluationRow.TABLE.read(folder.resolve(EvaluationRow.FILE)).get(0).rocAuc();
    Line line =
        new Line(
            Text.of("%s (area %.3f)", model(folder), area),
            points.stream().mapToDouble(RocRow::falsePositiveRate).toArray(),
            points.stream().mapToDouble(RocRow::truePositiveRate).toArray());
    files.write(folder, "roc", Charts.roc("ROC of " + model(folder), List.of(line)));
  }

  private static void confusion(Path folder, ChartFiles files) throws IOException {
    Path table = folder.resolve(ConfusionRow.FILE);
    if (!Files.exists(table)) {
      return;
    }
    List<ConfusionRow> rows = ConfusionRow.TABLE.read(table);
    List<List<Long>> counts =
        rows.stream().map(row -> List.of((long) row.asTarget(), (long) row.asNotTarget())).toList();
    List<String> classes = rows.stream().map(row -> row.label().label().replace('_', ' ')).toList();
    files.write(
        folder, "confusion", new ConfusionPlot("Confusion of " + model(folder), classes, counts));
  }
}
