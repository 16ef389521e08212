package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.ArmSummary.EdgeAtConfidence;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.XyPlot;

class ClimbPlotTest {
  private static Drawing plot(int arms) {
    List<EdgeAtConfidence> rows = new ArrayList<>();
    for (int arm = 0; arm < arms; arm++) {
      for (double p : new double[] {0.3, 0.5, 0.9}) {
        rows.add(
            new EdgeAtConfidence(
                "arm-" + arm,
                p,
                4,
                4,
                4,
                OptionalDouble.of(0.5 * p),
                OptionalDouble.of(0.4 * p),
                OptionalDouble.of(0.6 * p)));
      }
    }
    return ClimbPlot.arms("title", rows).orElseThrow();
  }

  /** Text is drawn as outlines, so what can be counted is panels: each names at most six arms. */
  @Test
  void moreArmsThanThereAreNamesForAreInPanels() {
    Drawing one = plot(6);
    assertEquals(XyPlot.WIDTH, one.width());
    assertEquals(2 * XyPlot.WIDTH + 16, plot(7).width());
    assertTrue(plot(11).height() < one.height() + 40);
    assertEquals(2 * XyPlot.WIDTH + 16, plot(12).width());
    assertTrue(plot(12).height() > 2 * one.height());
  }

  /** Its colour, the first, is in each panel more often than in a plot of it alone. */
  @Test
  void theControlIsInEachPanel() {
    String first = color(Ink.series(0));
    int once = count(plot(4).svg().text(), first);
    assertTrue(once > 0);
    assertEquals(3 * once, count(plot(12).svg().text(), first));
  }

  private static String color(Color c) {
    return "rgb(%d,%d,%d)".formatted(c.getRed(), c.getGreen(), c.getBlue());
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }
}
