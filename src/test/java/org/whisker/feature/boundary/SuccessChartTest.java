package org.whisker.feature.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.boundary.attack.GradientAttack.Norm;
import org.whisker.boundary.attack.SuccessCurve;
import org.whisker.chart.file.ChartFiles;

class SuccessChartTest {
  @TempDir Path folder = Path.of("");

  private static List<SuccessCurve.Step> curve(String search, Norm norm, double... budgets) {
    List<SuccessCurve.Step> rows = new ArrayList<>();
    for (int i = 0; i < budgets.length; i++) {
      double share = i / 5.0;
      rows.add(
          new SuccessCurve.Step(
              "photos, seen as target",
              search,
              norm,
              budgets[i],
              5,
              i,
              share,
              share / 2,
              (1 + share) / 2));
    }
    return rows;
  }

  @Test
  void aPanelPerNormAsPngAndSvg() throws IOException {
    List<SuccessCurve.Step> rows = new ArrayList<>();
    rows.addAll(curve("greedy-flips", Norm.L0, 0, 3, 8, 90));
    rows.addAll(curve("sigma-zero", Norm.L0, 0, 2, 5, 20, 70, 71));
    rows.addAll(curve("ddn", Norm.L2, 0)); // found nothing
    rows.addAll(curve("fmn", Norm.LINF, 0, 0.01, 0.02));
    SuccessCurve.Step.TABLE.writeIn(folder, rows);
    new SuccessChart().draw(folder, ChartFiles.of(folder));
    assertTrue(Files.size(folder.resolve("success.png")) > 1000);
    String svg = Files.readString(folder.resolve("success.svg"));
    assertTrue(svg.startsWith("<svg"), svg.substring(0, 80));
    assertEquals(3 * 400 + 2 * 20, new SuccessChart.Figure("model", rows).width());
  }

  @Test
  void withoutCurvesThereIsNone() throws IOException {
    SuccessCurve.Step.TABLE.writeIn(folder, List.of());
    new SuccessChart().draw(folder, ChartFiles.of(folder));
    assertFalse(Files.exists(folder.resolve("success.png")));
  }
}
