package org.whisker.chart.kit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;

/**
 * A legend: names beside their marks, in left-aligned lines.
 *
 * @param width maximum width in units; a name that would exceed it starts a new line
 */
public record Keys(List<Key> keys, int width) implements Drawing {
  /** Height of a line of names, in units. */
  public static final int LINE = 17;

  private static final int APART = 20;

  /** The shape of a mark. */
  public enum Mark {
    DISC(13),
    /** The mark of a colour. */
    MARK(13),
    LINE(24),
    DOTTED_LINE(24),
    DASHES(28);

    private final int width;

    Mark(int width) {
      this.width = width;
    }

    private void paint(Graphics2D g, double x, double y, Color color) {
      if (this != DISC && this != MARK) {
        g.setColor(color);
        g.setStroke(this == DASHES ? Ink.DASHED : Ink.LINE);
        g.draw(new Line2D.Double(x, y, x + width - 6, y));
      }
      if (this == DISC || this == MARK || this == DOTTED_LINE) {
        double middle = this != DOTTED_LINE ? 4 : (width - 6) / 2.0;
        if (this == DISC) {
          Ink.disc(g, x + middle, y, 4, color);
        } else {
          Ink.mark(g, x + middle, y, 3, color);
        }
      }
    }
  }

  /** An entry of the legend. */
  public record Key(String name, Color color, Mark mark) {
    /** An entry with a disc. */
    public Key(String name, Color color) {
      this(name, color, Mark.DISC);
    }

    private double width() {
      return mark.width + Ink.width(name, Ink.LABEL);
    }
  }

  /** The position of an entry. */
  private record Place(Key key, double x, int line) {}

  public Keys {
    keys = List.copyOf(keys);
  }

  /** A legend in one line. */
  public static Keys inLine(List<Key> keys) {
    double all = keys.stream().mapToDouble(key -> key.width() + APART).sum();
    return new Keys(keys, (int) Math.ceil(Math.max(0, all - APART)));
  }

  /** A legend of names in the order of the series' colours. */
  public static List<Key> ofSeries(List<String> names) {
    List<Key> keys = new ArrayList<>();
    for (String name : names) {
      keys.add(new Key(name, Ink.series(keys.size())));
    }
    return keys;
  }

  private List<Place> places() {
    List<Place> places = new ArrayList<>();
    double x = 0;
    int line = 0;
    for (Key key : keys) {
      if (x > 0 && x + key.width() > width) {
        x = 0;
        line++;
      }
      places.add(new Place(key, x, line));
      x += key.width() + APART;
    }
    return places;
  }

  @Override
  public int height() {
    List<Place> places = places();
    return places.isEmpty() ? 0 : LINE * (places.get(places.size() - 1).line + 1);
  }

  @Override
  public void paint(Graphics2D g) {
    for (Place place : places()) {
      double middle = LINE * place.line + 8;
      place.key.mark.paint(g, place.x, middle, place.key.color);
      double x = place.x + place.key.mark.width;
      Ink.text(g, place.key.name, Ink.LABEL, Ink.TEXT, x, middle + 4, 0);
    }
  }
}
