package org.whisker.chart.boundary;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.chart.file.ChartFiles;
import org.whisker.chart.file.FolderChart;
import org.whisker.chart.kit.Composed;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Row;
import org.whisker.io.Manifest;

/**
 * {@code success.png} and {@code success.svg} of {@code success.csv}: the share of images turned
 * within a budget, one panel per set of images and norm, one line per search.
 */
public final class SuccessChart implements FolderChart {
  @Override
  public void draw(Path folder, ChartFiles files) throws IOException {
    Path table = folder.resolve(SuccessCurve.Step.FILE);
    if (!SuccessCurve.Step.TABLE.isIn(table)) {
      return;
    }
    List<SuccessCurve.Step> rows = SuccessCurve.Step.TABLE.read(table);
    if (rows.isEmpty()) {
      return;
    }
    Drawing figure = new Figure(Manifest.text(folder, "/model/name"), rows);
    files.write(folder, "success", figure);
  }

  /** A line of panels per set of images. */
  record Figure(String model, List<SuccessCurve.Step> rows) implements Composed {
    @Override
    public Drawing drawing() {
      Map<String, Map<String, List<SuccessCurve.Step>>> sets = new LinkedHashMap<>();
      for (SuccessCurve.Step row : rows) {
        sets.computeIfAbsent(row.images(), set -> new LinkedHashMap<>())
            .computeIfAbsent(row.normLabel(), norm -> new ArrayList<>())
            .add(row);
      }
      List<Drawing> lines = new ArrayList<>();
      sets.forEach(
          (set, norms) ->
              lines.add(
                  Row.across(
                      20,
                      norms.values().stream()
                          .map(panel -> SuccessPanel.of(model + ": " + set, panel))
                          .toList())));
      return new Row(lines, 14, true);
    }
  }
}
