package org.whisker.chart.kit;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.Locale;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** XChart in the figures' inks: faint grid, no boxes, type that can be read. */
final class ChartTheme {
  private static final Color NONE = new Color(0, 0, 0, 0);

  private ChartTheme() {}

  static void apply(AxesChartStyler styler) {
    styler.setLocale(Locale.ROOT);
    styler.setChartBackgroundColor(NONE);
    styler.setPlotBackgroundColor(NONE);
    styler.setPlotBorderVisible(false);
    styler.setChartPadding(6);
    styler.setSeriesColors(Ink.SERIES.toArray(Color[]::new));
    styler.setChartFontColor(Ink.TEXT);
    styler.setChartTitleFont(Ink.TITLE);
    styler.setChartTitleBoxVisible(false);
    styler.setChartTitlePadding(4);
    axes(styler);
    legend(styler);
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
    styler.setYAxisTitleColor(Ink.TEXT);
    styler.setPlotGridLinesColor(Ink.GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setPlotGridVerticalLinesVisible(false);
    styler.setPlotContentSize(0.98);
    styler.setPlotMargin(2);
    styler.setPlotTicksMarksVisible(false);
    styler.setXAxisTickMarkSpacingHint(70);
    styler.setYAxisTickMarkSpacingHint(40);
  }

  private static void legend(AxesChartStyler styler) {
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendLayout(LegendLayout.Horizontal);
    styler.setLegendBackgroundColor(NONE);
    styler.setLegendBorderColor(NONE);
    styler.setLegendFont(Ink.LABEL);
    styler.setLegendPadding(6);
    styler.setLegendSeriesLineLength(18);
  }
}
