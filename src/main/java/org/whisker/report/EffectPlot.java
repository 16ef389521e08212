package org.whisker.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.ArmEffect;
import org.whisker.ablation.Measure;
import org.whisker.stats.Estimate;
import org.whisker.stats.Verdict;

/** Effects on E as bars of their intervals, a row each, experiment by experiment. */
final class EffectPlot implements Drawing {
  private static final int ROW = 22;
  private static final int HEADING = 26;
  private static final int TOP = 44;
  private static final int BOTTOM = 66;
  private static final int PLOT = 420;
  private static final int RIGHT = 90;
  private static final String TITLE = "What each intervention does to the edge index";
  private static final String AXIS = "difference of E (above 0: pixels lie nearer the centre)";
  private static final String LEGEND =
      "bar: mean, 95 % interval; shaded: counts as no effect; filled: significant";

  private final List<Row> rows;
  private final List<String> models;
  private final double limit;
  private final int left;

  /** A heading, or an effect. */
  private record Row(String text, int model, @Nullable ArmEffect effect) {}

  private EffectPlot(List<Row> rows, List<String> models) {
    this.rows = rows;
    this.models = models;
    double widest = 0;
    double most = 2 * Measure.MARGIN;
    for (Row row : rows) {
      widest = Math.max(widest, Ink.width(row.text(), Ink.LABEL) + 24);
      ArmEffect effect = row.effect();
      Estimate delta = effect == null ? null : effect.delta();
      if (delta != null) {
        most = Math.max(most, Math.abs(delta.interval().low()));
        most = Math.max(most, Math.abs(delta.interval().high()));
      }
    }
    this.limit = Math.min(1, 1.05 * most);
    this.left = (int) Math.ceil(widest) + 24;
  }

  /** Of all comparisons of E; empty when there is none. */
  static Optional<EffectPlot> of(List<AblationResult> results) {
    List<String> models = results.stream().map(AblationResult::model).distinct().toList();
    List<Row> rows = new ArrayList<>();
    for (String id : results.stream().map(r -> r.ablation().id()).distinct().toList()) {
      List<Row> own = new ArrayList<>();
      for (AblationResult result : results) {
        if (result.ablation().id().equals(id)) {
          add(own, result, models.indexOf(result.model()));
        }
      }
      if (!own.isEmpty()) {
        rows.add(new Row(id, -1, null));
        rows.addAll(own);
      }
    }
    return rows.isEmpty() ? Optional.empty() : Optional.of(new EffectPlot(rows, models));
  }

  private static void add(List<Row> rows, AblationResult result, int model) {
    for (ArmEffect effect : result.effects()) {
      if (effect.measure() == Measure.EDGE_INDEX && effect.delta() != null) {
        String text = effect.contrast().label();
        rows.add(new Row(text, model, effect));
      }
    }
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
    return TOP + rows.stream().mapToInt(row -> row.effect() == null ? HEADING : ROW).sum();
  }

  @Override
  public void paint(Graphics2D g) {
    Ink.text(g, TITLE, Ink.TITLE, Ink.TEXT, 12, 20, 0);
    paintModels(g);
    paintAxis(g);
    int y = TOP;
    for (Row row : rows) {
      ArmEffect effect = row.effect();
      if (effect == null) {
        Ink.text(g, row.text(), Ink.TITLE, Ink.TEXT, 12, y + 18.0, 0);
        y += HEADING;
      } else {
        paintEffect(g, row, effect, y);
        y += ROW;
      }
    }
  }

  private void paintModels(Graphics2D g) {
    double x = 12;
    for (int i = 0; i < models.size(); i++) {
      g.setColor(Ink.series(i));
      g.fill(new Ellipse2D.Double(x, 30, 8, 8));
      Ink.text(g, models.get(i), Ink.LABEL, Ink.TEXT, x + 13, 38, 0);
      x += 13 + Ink.width(models.get(i), Ink.LABEL) + 22;
    }
  }

  private void paintAxis(Graphics2D g) {
    int bottom = bottom();
    g.setColor(Ink.GRID);
    double low = x(-Measure.MARGIN);
    g.fill(new Rectangle2D.Double(low, TOP, x(Measure.MARGIN) - low, bottom - TOP));
    g.setStroke(Ink.HAIR);
    for (BigDecimal tick : Ticks.between(-limit, limit, 6)) {
      double at = x(tick.doubleValue());
      g.setColor(Ink.GRID);
      g.draw(new Line2D.Double(at, TOP, at, bottom));
      Ink.text(g, Ticks.label(tick), Ink.TICK, Ink.MUTED, at, bottom + 15, 0.5);
    }
    g.setColor(Ink.MUTED);
    g.setStroke(Ink.DASHED);
    g.draw(new Line2D.Double(x(0), TOP, x(0), bottom));
    Ink.text(g, AXIS, Ink.LABEL, Ink.TEXT, left + PLOT / 2.0, bottom + 34, 0.5);
    Ink.text(g, LEGEND, Ink.TICK, Ink.MUTED, width() / 2.0, bottom + 54, 0.5);
  }

  private void paintEffect(Graphics2D g, Row row, ArmEffect effect, int top) {
    Estimate delta = effect.delta();
    if (delta == null) {
      return;
    }
    Color color = Ink.series(row.model());
    double y = top + ROW / 2.0;
    Ink.text(g, row.text(), Ink.LABEL, Ink.TEXT, left - 12, y + 4, 1);
    g.setColor(color);
    g.setStroke(new BasicStroke(3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND));
    g.draw(
        new Line2D.Double(
            x(clipped(delta.interval().low())), y, x(clipped(delta.interval().high())), y));
    Ellipse2D dot = new Ellipse2D.Double(x(clipped(delta.value())) - 5, y - 5, 10, 10);
    g.setColor(effect.pHolm() <= 0.05 ? color : Color.WHITE);
    g.fill(dot);
    g.setColor(color);
    g.setStroke(Ink.LINE);
    g.draw(dot);
    Verdict verdict = effect.decisive() ? effect.verdict() : null;
    if (verdict != null) {
      String text = AblationTables.verdict(effect);
      Ink.text(g, text, Ink.TICK, Ink.MUTED, left + PLOT + 8, y + 4, 0);
    }
  }

  private double clipped(double value) {
    return Math.max(-limit, Math.min(limit, value));
  }

  private double x(double value) {
    return left + PLOT * (value + limit) / (2 * limit);
  }
}
