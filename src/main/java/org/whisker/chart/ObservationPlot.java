package org.whisker.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.EffectMarks;
import org.whisker.chart.kit.Ink;
import org.whisker.io.Decimals;
import org.whisker.table.ExperimentObservations;
import org.whisker.table.ObservationRow;

/**
 * What was observed of evolved images, as bars of the intervals: a panel with an axis of its own
 * for each statistic, since they have different units; a row an observation, a bar a model. What
 * has no interval has a null that is not 0, another one in each row: it is told in numbers.
 */
final class ObservationPlot implements Drawing {
  private static final int HEADING = 26;
  private static final int TOP = 30;
  private static final int TICKS = 24;
  private static final int BOTTOM = 30;
  private static final int PLOT = 420;
  private static final int RIGHT = 170;
  private static final double ROOM = 0.05;
  private static final String TITLE =
      "What the evolved images show (each statistic on its own axis)";
  private static final String LEGEND =
      "bar: mean, 95 % interval; shaded: counts as none; filled: p \u2264 0.05, corrected";

  private final List<Panel> panels;
  private final List<String> models;
  private final int left;

  /** A statistic: its observations by name. */
  private record Panel(String statistic, Map<String, List<Bar>> rows) {
    int rowsHeight() {
      return rows.values().stream()
          .mapToInt(bars -> EffectMarks.GAP + EffectMarks.BAR * bars.size())
          .sum();
    }

    int height() {
      return HEADING + rowsHeight() + (hasAxis() ? TICKS : EffectMarks.GAP);
    }

    boolean hasAxis() {
      return rows.values().stream().flatMap(List::stream).anyMatch(Bar::hasInterval);
    }

    double margin() {
      return rows.values().stream()
          .flatMap(List::stream)
          .mapToDouble(bar -> bar.observation().margin().orElse(0))
          .max()
          .orElse(0);
    }

    /** From the lowest to the highest value, the null and its margin in view. */
    EffectMarks.Axis axis(double left) {
      double low = -margin();
      double high = margin();
      for (List<Bar> bars : rows.values()) {
        for (Bar bar : bars) {
          low = Math.min(low, bar.observation().ciLow().orElse(low));
          high = Math.max(high, bar.observation().ciHigh().orElse(high));
        }
      }
      double room = Math.max(ROOM * (high - low), 1e-9);
      return new EffectMarks.Axis(low - room, high + room, left, PLOT);
    }
  }

  /** An observation on a model. */
  private record Bar(int model, ObservationRow observation) {
    boolean hasInterval() {
      return observation.ciLow().isPresent();
    }

    String told() {
      return "%s (p %s, corrected)"
          .formatted(
              Decimals.fixed(observation.effect(), 3),
              Decimals.fixed(observation.pHolm().orElse(1), 3));
    }
  }

  private ObservationPlot(List<Panel> panels, List<String> models) {
    this.panels = panels;
    this.models = models;
    double widest =
        panels.stream()
            .flatMap(panel -> panel.rows().keySet().stream())
            .mapToDouble(label -> Ink.width(label, Ink.LABEL))
            .max()
            .orElse(0);
    this.left = (int) Math.ceil(widest) + 40;
  }

  /** Of all observations that have runs enough; empty when there is none. */
  static Optional<ObservationPlot> of(List<ExperimentObservations> experiments) {
    List<String> models =
        experiments.stream().map(ExperimentObservations::model).distinct().toList();
    Map<String, Map<String, List<Bar>>> byStatistic = new LinkedHashMap<>();
    for (ExperimentObservations experiment : experiments) {
      for (ObservationRow o : experiment.rows()) {
        if (!o.verdict().isEmpty()) {
          byStatistic
              .computeIfAbsent(o.statistic(), statistic -> new LinkedHashMap<>())
              .computeIfAbsent(label(experiment, o), label -> new ArrayList<>())
              .add(new Bar(models.indexOf(experiment.model()), o));
        }
      }
    }
    List<Panel> panels = new ArrayList<>();
    byStatistic.forEach((statistic, rows) -> panels.add(new Panel(statistic, rows)));
    return panels.isEmpty() ? Optional.empty() : Optional.of(new ObservationPlot(panels, models));
  }

  /** The axis of each statistic that has intervals. */
  Map<String, EffectMarks.Axis> axes() {
    Map<String, EffectMarks.Axis> axes = new LinkedHashMap<>();
    panels.stream().filter(Panel::hasAxis).forEach(p -> axes.put(p.statistic(), p.axis(left)));
    return axes;
  }

  private static String label(ExperimentObservations experiment, ObservationRow o) {
    return experiment.experiment() + ": " + o.observed() + " \u2212 " + o.against();
  }

  @Override
  public int width() {
    int texts = (int) Math.ceil(Ink.width(LEGEND, Ink.TICK)) + 24;
    return Math.max(left + PLOT + RIGHT, texts);
  }

  @Override
  public int height() {
    int modelsHeight = models.size() > 1 ? EffectMarks.BAR : 0;
    return TOP + modelsHeight + panels.stream().mapToInt(Panel::height).sum() + BOTTOM;
  }

  @Override
  public void paint(Graphics2D g) {
    Ink.text(g, TITLE, Ink.TITLE, Ink.TEXT, 12, 20, 0);
    double y = TOP;
    if (models.size() > 1) {
      EffectMarks.models(g, models, 12, 38);
      y += EffectMarks.BAR;
    }
    for (Panel panel : panels) {
      paint(g, panel, y);
      y += panel.height();
    }
    Ink.text(g, LEGEND, Ink.TICK, Ink.MUTED, width() / 2.0, y + 18, 0.5);
  }

  private void paint(Graphics2D g, Panel panel, double top) {
    Ink.text(g, panel.statistic(), Ink.TITLE, Ink.TEXT, 12, top + 18, 0);
    double y = top + HEADING;
    if (panel.hasAxis()) {
      panel.axis(left).paint(g, y, y + panel.rowsHeight(), panel.margin());
    }
    for (Map.Entry<String, List<Bar>> row : panel.rows().entrySet()) {
      double height = EffectMarks.GAP + EffectMarks.BAR * row.getValue().size();
      Ink.text(g, row.getKey(), Ink.LABEL, Ink.TEXT, left - 12, y + height / 2 + 4, 1);
      double at = y + EffectMarks.GAP / 2.0 + EffectMarks.BAR / 2.0;
      for (Bar bar : row.getValue()) {
        paint(g, bar, panel, at);
        at += EffectMarks.BAR;
      }
      y += height;
    }
  }

  private void paint(Graphics2D g, Bar bar, Panel panel, double y) {
    ObservationRow o = bar.observation();
    Color color = EffectMarks.color(bar.model());
    if (bar.hasInterval()) {
      double low = o.ciLow().orElse(o.effect());
      double high = o.ciHigh().orElse(o.effect());
      panel.axis(left).bar(g, low, o.effect(), high, o.pHolm().orElse(1), color, y);
    } else {
      Ink.text(g, bar.told(), Ink.LABEL, color, left, y + 4, 0);
    }
    Ink.text(g, o.verdict(), Ink.TICK, color, left + PLOT + 8.0, y + 4, 0);
  }
}
