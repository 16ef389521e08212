package org.whisker.chart.kit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;

/** Names beside the discs of their colours, in a line. */
public record Keys(List<Key> keys) implements Drawing {
  private static final int RADIUS = 4;
  private static final int INDENT = 13;
  private static final int APART = 20;

  /** A colour and what it stands for. */
  public record Key(String name, Color color) {}

  public Keys {
    keys = List.copyOf(keys);
  }

  /** Of names in the order of the series' colours. */
  public static List<Key> ofSeries(List<String> names) {
    List<Key> keys = new ArrayList<>();
    for (String name : names) {
      keys.add(new Key(name, Ink.series(keys.size())));
    }
    return keys;
  }

  @Override
  public int width() {
    double wide = 0;
    for (Key key : keys) {
      wide += INDENT + Ink.width(key.name, Ink.LABEL) + APART;
    }
    return (int) Math.ceil(Math.max(0, wide - APART));
  }

  @Override
  public int height() {
    return 16;
  }

  @Override
  public void paint(Graphics2D g) {
    double x = 0;
    for (Key key : keys) {
      Ink.disc(g, x + RADIUS, 8, RADIUS, key.color);
      Ink.text(g, key.name, Ink.LABEL, Ink.TEXT, x + INDENT, 12, 0);
      x += INDENT + Ink.width(key.name, Ink.LABEL) + APART;
    }
  }
}
