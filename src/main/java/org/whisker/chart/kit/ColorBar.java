package org.whisker.chart.kit;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.whisker.chart.kit.Ink.Words;
import org.whisker.chart.kit.Ticks.Tick;

/** The scale as a colour bar with round numbers and its unit. */
public final class ColorBar implements Drawing {
  static final int BAR = 14;
  private static final int STEPS = 256;
  private static final int UNIT = 15;
  private static final double BEYOND = 30;

  private final Scale scale;
  private final ColorMap colors;
  private final int mapHeight;
  private final int above;
  private final int below;

  /** A colour bar beside a {@link MapPanel} whose map has this height. */
  public ColorBar(Scale scale, ColorMap colors, int mapHeight) {
    this(scale, colors, mapHeight, MapPanel.TOP, MapPanel.BOTTOM);
  }

  /**
   * A colour bar beside a {@link MapPanel} whose title takes {@code more} units above the map than
   * one line does.
   */
  static ColorBar beside(Scale scale, ColorMap colors, int mapHeight, int more) {
    return new ColorBar(scale, colors, mapHeight, MapPanel.TOP + more, MapPanel.BOTTOM);
  }

  private ColorBar(Scale scale, ColorMap colors, int mapHeight, int above, int below) {
    this.scale = scale;
    this.colors = colors;
    this.mapHeight = mapHeight;
    this.above = above;
    this.below = below;
  }

  /** A stand-alone colour bar of this height, without its unit. */
  public static ColorBar bare(Scale scale, ColorMap colors, int height) {
    Scale named = new Scale(scale.min(), scale.max(), "", scale.shape());
    return new ColorBar(named, colors, height, 1, 1);
  }

  /** Round numbers, or the one value that there is. */
  private List<Tick> ticks() {
    double middle = (scale.min() + scale.max()) / 2;
    return switch (scale.shape()) {
      case SINGLE -> List.of(Ticks.at(middle));
      case LINEAR -> Ticks.of(scale.min(), scale.max(), 5);
      case SQUARE_ROOT ->
          Stream.concat(
                  Ticks.of(scale.min(), scale.min() + (scale.max() - scale.min()) / 6, 2).stream(),
                  Ticks.of(scale.min(), scale.max(), 5).stream())
              .distinct()
              .toList();
      case SYMMETRIC_LOG -> logarithmic();
    };
  }

  /** 0, and powers of ten on both sides of it. */
  private List<Tick> logarithmic() {
    List<Tick> ticks = new ArrayList<>(List.of(Ticks.at(0)));
    double finest = scale.max() / Scale.FINEST;
    for (double at = Math.pow(10, Math.floor(Math.log10(scale.max()))); at > finest; at /= 10) {
      ticks.add(0, Ticks.at(-at));
      ticks.add(Ticks.at(at));
    }
    return ticks;
  }

  /** The unit in lines that are hardly longer than the bar. */
  private List<String> unit() {
    return Words.lines(scale.label(), Ink.LABEL, mapHeight + BEYOND);
  }

  /** The colour at a height of the bar, 0 to 1. */
  private int rgb(double height) {
    return colors.rgb(scale.shape() == Scale.Shape.SINGLE ? 0.5 : height);
  }

  @Override
  public int width() {
    double widest = 0;
    for (Tick tick : ticks()) {
      widest = Math.max(widest, Ink.width(tick.label(), Ink.TICK));
    }
    return BAR
        + 8
        + (int) Math.ceil(widest)
        + (scale.unit().isEmpty() ? 4 : 22 + UNIT * (unit().size() - 1));
  }

  @Override
  public int height() {
    return above + mapHeight + below;
  }

  @Override
  public void paint(Graphics2D g) {
    BufferedImage bar = new BufferedImage(1, STEPS, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < STEPS; i++) {
      bar.setRGB(0, STEPS - 1 - i, rgb(i / (STEPS - 1.0)));
    }
    g.drawImage(bar, 0, above, BAR, mapHeight, null);
    g.setStroke(Ink.HAIR);
    g.setColor(Ink.FRAME);
    g.draw(new Rectangle2D.Double(-0.5, above - 0.5, BAR + 1, mapHeight + 1));
    for (Tick tick : ticks()) {
      tick.right(g, BAR, above + mapHeight * (1 - scale.position(tick.at())));
    }
    List<String> unit = unit();
    for (int i = 0; i < unit.size(); i++) {
      double x = width() - 9.0 - UNIT * (unit.size() - 1 - i);
      Ink.upwards(g, unit.get(i), Ink.LABEL, Ink.TEXT, x, above + mapHeight / 2.0);
    }
  }
}
