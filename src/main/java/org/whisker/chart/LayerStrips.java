package org.whisker.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.whisker.chart.kit.ColorBar;
import org.whisker.chart.kit.ColorMap;
import org.whisker.chart.kit.Drawing;
import org.whisker.chart.kit.Ink;
import org.whisker.chart.kit.MapPanel;
import org.whisker.chart.kit.Scale;
import org.whisker.saliency.LayerProfile;

/**
 * Layers below each other, the input's first; each is a strip from its border (left) to its centre
 * (right), coloured by how strong a ring is over the whole layer, a doubling each step.
 */
public record LayerStrips(String title, List<LayerProfile> layers) implements Drawing {
  private static final int SIDE = 12;
  private static final int TOP = 66;
  private static final int HIGH = 18;
  private static final int WIDE = 260;
  private static final int GAP = 24;
  private static final int BELOW = 62;
  private static final int BAR = 80;
  private static final int NONE = 0xb8bec5;
  private static final Scale SCALE = Scale.symmetric(2, "doublings over the layer's mean");

  public LayerStrips {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("no layer to draw");
    }
  }

  private int left() {
    double widest = 0;
    for (LayerProfile layer : layers) {
      widest = Math.max(widest, Ink.width(layer.layer(), Ink.TICK));
    }
    return SIDE + (int) Math.ceil(widest) + 8;
  }

  private int tall() {
    return Math.max(160, HIGH * layers.size());
  }

  @Override
  public int width() {
    int drawn = left() + 2 * WIDE + GAP + 16 + BAR;
    return Math.max(drawn, (int) Math.ceil(Ink.width(title, Ink.TITLE)) + 2 * SIDE);
  }

  @Override
  public int height() {
    return TOP + tall() + BELOW;
  }

  @Override
  public void paint(Graphics2D g) {
    Ink.text(g, title, Ink.TITLE, Ink.TEXT, SIDE, 20, 0);
    for (int i = 0; i < layers.size(); i++) {
      double base = TOP + HIGH * i + 13.0;
      Ink.text(g, layers.get(i).layer(), Ink.TICK, Ink.TEXT, left() - 6.0, base, 1);
    }
    panel(g, "mean |activation|", left(), LayerProfile.Bin::relativeActivation);
    panel(g, "gradient energy", left() + WIDE + GAP, LayerProfile.Bin::relativeEnergy);
    AffineTransform home = g.getTransform();
    g.translate(left() + 2.0 * WIDE + GAP + 16, TOP - MapPanel.TOP);
    new ColorBar(SCALE, ColorMap.DIVERGING, tall()).paint(g);
    g.setTransform(home);
    Ink.text(
        g,
        "Red: stronger than the layer's mean, blue: weaker, gray: nothing there. Gradient energy:"
            + " squared derivative of the logit.",
        Ink.TICK,
        Ink.MUTED,
        SIDE,
        TOP + tall() + BELOW - 8.0,
        0);
  }

  private void panel(
      Graphics2D g, String name, int x, Function<LayerProfile.Bin, OptionalDouble> value) {
    Ink.text(g, name, Ink.LABEL, Ink.TEXT, x + WIDE / 2.0, TOP - 12.0, 0.5);
    for (int i = 0; i < layers.size(); i++) {
      strip(g, layers.get(i), x, TOP + HIGH * i + 1.0, value);
    }
    int bottom = TOP + HIGH * layers.size();
    for (double u : new double[] {0, 0.5, 1}) {
      g.setColor(Ink.FRAME);
      g.setStroke(Ink.HAIR);
      g.draw(new Line2D.Double(x + WIDE * u, bottom + 1, x + WIDE * u, bottom + 5));
      String label = u == 0.5 ? "0.5" : Integer.toString((int) u);
      Ink.text(g, label, Ink.TICK, Ink.MUTED, x + WIDE * u, bottom + 17, 0.5);
    }
    Ink.text(g, "edge rank u in the layer", Ink.TICK, Ink.MUTED, x + WIDE / 2.0, bottom + 32, 0.5);
  }

  /** A bin is as wide as its share of the places: u is a rank. */
  private static void strip(
      Graphics2D g,
      LayerProfile layer,
      int x,
      double top,
      Function<LayerProfile.Bin, OptionalDouble> value) {
    double places = layer.bins().stream().mapToInt(bin -> bin.where().pixels()).sum();
    int before = 0;
    for (LayerProfile.Bin bin : layer.bins()) {
      int after = before + bin.where().pixels();
      g.setColor(color(value.apply(bin)));
      g.fill(
          new Rectangle2D.Double(
              x + WIDE * before / places, top, WIDE * (after - before) / places, HIGH - 2));
      before = after;
    }
  }

  private static Color color(OptionalDouble relative) {
    if (relative.isEmpty()) {
      return new Color(NONE);
    }
    double doublings = Math.log(Math.max(1e-12, relative.getAsDouble())) / Math.log(2);
    return new Color(ColorMap.DIVERGING.rgb(SCALE.position(doublings)));
  }
}
