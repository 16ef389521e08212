package org.whisker.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.ArmEffect;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.Measure;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.EffectMarks;
import org.whisker.chart.kit.Ink;
import org.whisker.stats.Estimate;
import org.whisker.table.AblationTables;

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
  private static final String TITLE = "What each intervention does to the edge index";
  private static final String AXIS = "difference of E (above 0: pixels lie nearer the centre)";
  private static final String LEGEND =
      "bar: mean, 95 % interval; shaded: counts as none; filled: p \u2264 0.05, corrected";

  private final List<Group> groups;
  private final List<String> models;
  private final double limit;
  private final int left;

  /** An experiment: its comparisons by name. */
  private record Group(String id, Map<String, List<Bar>> rows) {
    int height() {
      return HEADING + rows.values().stream().mapToInt(bars -> GAP + BAR * bars.size()).sum();
    }
  }

  /** An effect on a model, or (below 0) on none. */
  private record Bar(int model, ArmEffect effect, @Nullable Estimate delta) {
    double most() {
      return delta == null
          ? 0
          : Math.max(Math.abs(delta.interval().low()), Math.abs(delta.interval().high()));
    }
  }

  private EffectPlot(List<Group> groups, List<String> models) {
    this.groups = groups;
    this.models = models;
    double widest = 0;
    double most = 2 * Measure.MARGIN;
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

  /** Of all comparisons that were made for E; empty when there is none. */
  static Optional<EffectPlot> of(List<AblationResult> results) {
    List<String> models = results.stream().map(AblationResult::model).distinct().toList();
    Map<String, Map<String, List<Bar>>> byId = new LinkedHashMap<>();
    for (AblationResult result : results) {
      for (ArmEffect effect : result.first()) {
        if (effect.measure() == Measure.EDGE_INDEX) {
          int model = isFlat(result, effect) ? -1 : models.indexOf(result.model());
          List<Bar> bars =
              byId.computeIfAbsent(result.ablation().id(), id -> new LinkedHashMap<>())
                  .computeIfAbsent(effect.contrast().label(), label -> new ArrayList<>());
          if (model >= 0 || bars.isEmpty()) {
            bars.add(new Bar(model, effect, effect.delta()));
          }
        }
      }
    }
    List<Group> groups = new ArrayList<>();
    byId.forEach((id, rows) -> groups.add(new Group(id, rows)));
    return groups.isEmpty() ? Optional.empty() : Optional.of(new EffectPlot(groups, models));
  }

  private static boolean isFlat(AblationResult result, ArmEffect effect) {
    return result
        .arm(effect.contrast().name())
        .map(ArmRuns::arm)
        .filter(a -> a.isFlat())
        .isPresent();
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
    axis().paint(g, TOP, bottom(), Measure.MARGIN);
    Ink.text(g, AXIS, Ink.LABEL, Ink.TEXT, left + PLOT / 2.0, bottom() + 34, 0.5);
    Ink.text(g, LEGEND, Ink.TICK, Ink.MUTED, width() / 2.0, bottom() + 54, 0.5);
  }

  private void paintBar(Graphics2D g, Bar bar, double y) {
    Color color = EffectMarks.color(bar.model());
    Estimate delta = bar.delta();
    if (delta == null) {
      String none = "too few images with a pixel";
      Ink.text(g, none, Ink.TICK, color, left + PLOT + 8.0, y + 4, 0);
      return;
    }
    double low = delta.interval().low();
    double high = delta.interval().high();
    axis().bar(g, low, delta.value(), high, bar.effect().pHolm(), color, y);
    String verdict = bar.effect().decisive() ? AblationTables.verdict(bar.effect()) : "";
    Ink.text(g, verdict, Ink.TICK, color, left + PLOT + 8.0, y + 4, 0);
  }
}
