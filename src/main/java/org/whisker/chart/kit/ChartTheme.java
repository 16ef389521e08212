package org.whisker.chart.kit;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;

/** The theme of XChart with the figures' colours: faint grid, no boxes, legible type. */
final class ChartTheme {
  private static final Color NONE = new Color(0, 0, 0, 0);

  private ChartTheme() {}

  static void apply(AxesChartStyler styler) {
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(NONE);
    styler.setPlotBackgroundColor(NONE);
    styler.setPlotBorderVisible(false);
    styler.setChartPadding(6);
    styler.setChartFontColor(Ink.TEXT);
    styler.setChartTitleVisible(false);
    axes(styler);
    styler.setLegendVisible(false);
  }

  private static void axes(AxesChartStyler styler) {
    styler.setAxisTitleFont(Ink.LABEL);
    styler.setAxisTickLabelsFont(Ink.TICK);
    styler.setAxisTickLabelsColor(Ink.MUTED);
    styler.setAxisTickMarksColor(Ink.FRAME);
    styler.setAxisTickMarkLength(4);
    styler.setAxisTickPadding(4);
    styler.setAxisTitlePadding(6);
    styler.setXAxisTitleColor(Ink.TEXT);
    styler.setYAxisTitleVisible(false);
    styler.setPlotGridLinesColor(Ink.GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setPlotContentSize(0.98);
    styler.setPlotMargin(2);
    styler.setPlotTicksMarksVisible(false);
    styler.setXAxisTickMarkSpacingHint(70);
    styler.setYAxisTickMarkSpacingHint(40);
    styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
  }
}
