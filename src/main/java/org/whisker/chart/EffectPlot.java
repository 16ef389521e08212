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
import org.whisker.table.SummaryRow;

/**
 * Effects on E as bars of their intervals, experiment by experiment: a row a comparison, a bar a
 * model. What needs no network is drawn once.
 */
final class EffectPlot implements Drawing {
  private static final int BAR = EffectMarks.BAR;
  private static final int GAP = EffectMarks.GAP;
  private static final int HEADING = 26;
  private static final int TOP = 44;
  private static final int BOTTOM = 66;
  private static final int PLOT = 420;
  private static final int RIGHT = 170;
  private static final String EDGE_INDEX = "edge_index";
  private static final String TITLE = "What each intervention does to the edge index";
  private static final String AXIS = "difference of E (above 0: pixels lie nearer the centre)";
  private static final String LEGEND =
      "bar: mean, 95 % interval; shaded: counts as none; filled: p \u2264 0.05, corrected";

  private final List<Group> groups;
  private final List<String> models;
  private final double margin;
  private final double limit;
  private final int left;

  /** An experiment: its comparisons by name. */
  private record Group(String id, Map<String, List<Bar>> rows) {
    int height() {
      return HEADING + rows.values().stream().mapToInt(bars -> GAP + BAR * bars.size()).sum();
    }
  }

  /** An effect on a model, or (below 0) on none. */
  private record Bar(int model, SummaryRow effect) {
    double most() {
      return Math.max(Math.abs(effect.ciLow().orElse(0)), Math.abs(effect.ciHigh().orElse(0)));
    }
  }

  private EffectPlot(List<Group> groups, List<String> models, double margin) {
    this.groups = groups;
    this.models = models;
    this.margin = margin;
    double widest = 0;
    double most = 2 * margin;
    for (Group group : groups) {
      for (Map.Entry<String, List<Bar>> row : group.rows().entrySet()) {
        widest = Math.max(widest, Ink.width(row.getKey(), Ink.LABEL));
        for (Bar bar : row.getValue()) {
          most = Math.max(most, bar.most());
        }
      }
    }
    this.limit = Math.min(1, 1.05 * most);
    this.left = (int) Math.ceil(widest) + 40;
  }

  /**
   * Of all comparisons that were made for E; empty when there is none.
   *
   * @param rows of the summary
   * @param margin within which a difference of E counts as none
   */
  static Optional<EffectPlot> of(List<SummaryRow> rows, double margin) {
    List<String> models = rows.stream().map(SummaryRow::model).distinct().toList();
    Map<String, Map<String, List<Bar>>> byExperiment = new LinkedHashMap<>();
    for (SummaryRow row : rows) {
      if (row.measure().equals(EDGE_INDEX)) {
        int model = row.isFlat() ? -1 : models.indexOf(row.model());
        List<Bar> bars =
            byExperiment
                .computeIfAbsent(row.experiment(), id -> new LinkedHashMap<>())
                .computeIfAbsent(row.label(), label -> new ArrayList<>());
        if (model >= 0 || bars.isEmpty()) {
          bars.add(new Bar(model, row));
        }
      }
    }
    List<Group> groups = new ArrayList<>();
    byExperiment.forEach((id, comparisons) -> groups.add(new Group(id, comparisons)));
    return groups.isEmpty()
        ? Optional.empty()
        : Optional.of(new EffectPlot(groups, models, margin));
  }

  @Override
  public int width() {
    int texts = (int) Math.ceil(Ink.width(LEGEND, Ink.TICK)) + 24;
    return Math.max(left + PLOT + RIGHT, texts);
  }

  @Override
  public int height() {
    return bottom() + BOTTOM;
  }

  private int bottom() {
    return TOP + groups.stream().mapToInt(Group::height).sum();
  }

  @Override
  public void paint(Graphics2D g) {
    Ink.text(g, TITLE, Ink.TITLE, Ink.TEXT, 12, 20, 0);
    EffectMarks.models(g, models, 12, 38);
    paintAxis(g);
    double y = TOP;
    for (Group group : groups) {
      Ink.text(g, group.id(), Ink.TITLE, Ink.TEXT, 12, y + 18, 0);
      y += HEADING;
      for (Map.Entry<String, List<Bar>> row : group.rows().entrySet()) {
        double middle = y + GAP / 2.0 + BAR * row.getValue().size() / 2.0;
        Ink.text(g, row.getKey(), Ink.LABEL, Ink.TEXT, left - 12, middle + 4, 1);
        y += GAP / 2.0;
        for (Bar bar : row.getValue()) {
          paintBar(g, bar, y + BAR / 2.0);
          y += BAR;
        }
        y += GAP / 2.0;
      }
    }
  }

  private EffectMarks.Axis axis() {
    return new EffectMarks.Axis(-limit, limit, left, PLOT);
  }

  private void paintAxis(Graphics2D g) {
    axis().paint(g, TOP, bottom(), margin);
    Ink.text(g, AXIS, Ink.LABEL, Ink.TEXT, left + PLOT / 2.0, bottom() + 34, 0.5);
    Ink.text(g, LEGEND, Ink.TICK, Ink.MUTED, width() / 2.0, bottom() + 54, 0.5);
  }

  private void paintBar(Graphics2D g, Bar bar, double y) {
    Color color = EffectMarks.color(bar.model());
    SummaryRow effect = bar.effect();
    if (effect.effect().isEmpty()) {
      String none = "too few images with a pixel";
      Ink.text(g, none, Ink.TICK, color, left + PLOT + 8.0, y + 4, 0);
      return;
    }
    double value = effect.effect().getAsDouble();
    double low = effect.ciLow().orElse(value);
    double high = effect.ciHigh().orElse(value);
    axis().bar(g, low, value, high, effect.pHolm().orElse(1), color, y);
    Ink.text(g, effect.verdict(), Ink.TICK, color, left + PLOT + 8.0, y + 4, 0);
  }
}
