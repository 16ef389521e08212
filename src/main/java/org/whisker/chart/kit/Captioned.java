package org.whisker.chart.kit;

import java.awt.Graphics2D;
import java.util.List;
import org.whisker.chart.kit.Ink.Words;

/**
 * A drawing with lines of small text below it, for images that are viewed outside the page.
 *
 * @param lines below the drawing, from the left
 */
public record Captioned(Drawing drawing, List<String> lines) implements Drawing {
  private static final int LINE = 15;
  private static final int INDENT = 12;
  private static final int BELOW = 8;

  public Captioned {
    lines = List.copyOf(lines);
  }

  @Override
  public Drawing within(int width) {
    double most = width - 2.0 * INDENT;
    return new Captioned(drawing.within(width), Words.wrapped(lines, Ink.TICK, most));
  }

  @Override
  public int width() {
    double widest = drawing.width();
    for (String line : lines) {
      widest = Math.max(widest, INDENT + Ink.width(line, Ink.TICK) + INDENT);
    }
    return (int) Math.ceil(widest);
  }

  @Override
  public int height() {
    return drawing.height() + LINE * lines.size() + BELOW;
  }

  @Override
  public void paint(Graphics2D g) {
    drawing.paint(g);
    for (int i = 0; i < lines.size(); i++) {
      double baseline = drawing.height() + LINE * i + 11.0;
      Ink.text(g, lines.get(i), Ink.TICK, Ink.MUTED, INDENT, baseline, 0);
    }
  }
}
