package org.whisker.chart.kit;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.whisker.chart.kit.Framed.Overlay;
import org.whisker.chart.kit.Ink.Words;
import org.whisker.chart.kit.Ticks.Tick;

/**
 * A framed map with a title above and axes along two of its sides.
 *
 * @param across the axis below the map, with ticks measured from the left
 * @param down the axis at the left of the map, with ticks measured from the top
 */
public record MapPanel(String title, Framed map, Side across, Side down) implements Drawing {
  public static final int TOP = 30;
  static final int LEFT = 36;
  static final int BOTTOM = 34;
  private static final int LABEL = 22;
  private static final int RIGHT = 8;
  private static final double WIDEST_TICK = 26;
  private static final double HIGHEST_TICK = 15;
  private static final String SHORT = "pixels";
  private static final String PIXELS = "x, y in pixels from the top left";

  /**
   * An axis.
   *
   * @param label may be empty
   */
  public record Side(List<Tick> ticks, String label) {
    public Side {
      ticks = List.copyOf(ticks);
    }

    /**
     * Scales the side, and leaves out ticks closer than {@code apart} and a label longer than
     * {@code length}.
     */
    private Side scaled(double factor, double apart, double length) {
      double step = ticks.size() < 2 ? apart : Math.abs(ticks.get(1).at() - ticks.get(0).at());
      int every = 1;
      while (every * step * factor < apart && every < ticks.size()) {
        every *= 2;
      }
      List<Tick> some = new ArrayList<>();
      for (int i = 0; i < ticks.size(); i += every) {
        some.add(new Tick(ticks.get(i).at() * factor, ticks.get(i).label()));
      }
      boolean shorter = label.equals(PIXELS) && Ink.width(label, Ink.TICK) > length;
      return new Side(some, shorter ? SHORT : label);
    }
  }

  /** A map of pixels, with axes that count pixels from the top left. */
  public static MapPanel ofPixels(
      String title, BufferedImage cells, int zoom, List<Overlay> overlays) {
    return new MapPanel(
        title,
        new Framed(cells, zoom, overlays),
        new Side(pixels(cells.getWidth(), zoom), PIXELS),
        new Side(pixels(cells.getHeight(), zoom), ""));
  }

  /** Ticks are at the centres of the pixels that they label. */
  private static List<Tick> pixels(int count, int zoom) {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < count; i += Ticks.pixelStep(count)) {
      ticks.add(new Tick((i + 0.5) * zoom, Integer.toString(i)));
    }
    return ticks;
  }

  /** Shrinks the map until the panel is at most {@code width} units wide. */
  MapPanel narrowed(int width) {
    double factor = Math.min(1, (width - left() - RIGHT) / (double) map.innerWidth());
    return new MapPanel(
        Words.wrapped(title, Ink.TITLE, width - left() - (double) RIGHT),
        new Framed(map.cells(), map.zoom() * factor, map.overlays()),
        across.scaled(factor, WIDEST_TICK, map.innerWidth() * factor + LEFT),
        down.scaled(factor, HIGHEST_TICK, map.innerHeight() * factor));
  }

  /** Titles that are wider than their map take several lines, so that no panel is wider for one. */
  public static List<MapPanel> equallyWide(List<MapPanel> panels) {
    List<MapPanel> wrapped =
        panels.stream()
            .map(
                panel -> {
                  String title = Words.wrapped(panel.title, Ink.TITLE, panel.map.innerWidth());
                  return new MapPanel(title, panel.map, panel.across, panel.down);
                })
            .toList();
    int high = wrapped.stream().mapToInt(panel -> Words.extraHeight(panel.title)).max().orElse(0);
    return wrapped.stream().map(panel -> panel.withTitleHeight(high)).toList();
  }

  /**
   * Adds empty title lines, so that the titles take {@code extra} units more than one line does.
   */
  MapPanel withTitleHeight(int extra) {
    int lines = (extra - Words.extraHeight(title)) / Words.LINE;
    return new MapPanel(title + "\n".repeat(lines), map, across, down);
  }

  @Override
  public Drawing within(int width) {
    return width() <= width ? this : narrowed(width);
  }

  private int top() {
    return TOP + Words.extraHeight(title);
  }

  private int left() {
    return LEFT + (down.label.isEmpty() ? 0 : LABEL);
  }

  @Override
  public int width() {
    int titled = (int) Math.ceil(Words.width(title, Ink.TITLE));
    return left() + Math.max(map.innerWidth(), titled) + RIGHT;
  }

  @Override
  public int height() {
    return top() + map.innerHeight() + BOTTOM;
  }

  @Override
  public void paint(Graphics2D g) {
    Words.paint(g, title, Ink.TITLE, Ink.TEXT, left(), TOP - 11);
    AffineTransform home = g.getTransform();
    g.translate(left() - Framed.FRAME, top() - Framed.FRAME);
    map.paint(g);
    g.setTransform(home);
    int bottom = top() + map.innerHeight();
    for (Tick tick : across.ticks) {
      tick.below(g, left() + tick.at(), bottom);
    }
    for (Tick tick : down.ticks) {
      tick.left(g, left(), top() + tick.at());
    }
    double middle = left() + map.innerWidth() / 2.0;
    Ink.text(g, across.label, Ink.TICK, Ink.MUTED, middle, bottom + 30, 0.5);
    Ink.upwards(g, down.label, Ink.TICK, Ink.MUTED, 9, top() + map.innerHeight() / 2.0);
  }

  /**
   * Maps side by side with the colour bar of their common scale.
   *
   * @param maps the maps of the same height; at least one
   * @param gap between them, in units
   */
  public record MapRow(List<MapPanel> maps, Scale scale, ColorMap colors, int gap)
      implements Composed {
    /** Narrower maps are not put beside each other. */
    private static final int NARROWEST = 130;

    public MapRow {
      maps = List.copyOf(maps);
    }

    @Override
    public Drawing drawing() {
      MapPanel first = maps.get(0);
      List<Drawing> parts = new ArrayList<>(maps);
      parts.add(
          ColorBar.beside(
              scale, colors, first.map().innerHeight(), Words.extraHeight(first.title())));
      return Row.across(gap, parts);
    }

    @Override
    public Drawing within(int width) {
      if (drawing().width() <= width) {
        return this;
      }
      int bar = new ColorBar(scale, colors, 1).width() + gap;
      int most = Math.max(1, (width - bar) / (NARROWEST + gap));
      int lines = (maps.size() + most - 1) / most;
      int across = (maps.size() + lines - 1) / lines;
      int share = (width - bar) / across - gap;
      List<MapPanel> narrow = maps.stream().map(map -> map.narrowed(share)).toList();
      int high = narrow.stream().mapToInt(map -> Words.extraHeight(map.title())).max().orElse(0);
      List<MapPanel> aligned = narrow.stream().map(map -> map.withTitleHeight(high)).toList();
      List<Drawing> rows = new ArrayList<>();
      for (int from = 0; from < maps.size(); from += across) {
        int to = Math.min(maps.size(), from + across);
        rows.add(new MapRow(aligned.subList(from, to), scale, colors, gap));
      }
      return rows.size() == 1 ? rows.get(0) : new Row(rows, gap, true);
    }
  }
}
