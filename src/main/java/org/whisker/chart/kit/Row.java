package org.whisker.chart.kit;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import org.whisker.value.Checks;

/**
 * Drawings side by side, aligned at the top, or stacked vertically, aligned at the left.
 *
 * @param parts at least one
 * @param gap gap in units between adjacent parts
 * @param down whether the parts are stacked vertically
 */
public record Row(List<Drawing> parts, int gap, boolean down) implements Drawing {
  /** Narrower plots are not put beside each other. */
  private static final int NARROWEST = 250;

  public Row {
    parts = List.copyOf(parts);
    Checks.refuse(parts.isEmpty() || gap < 0, "%s drawings with a gap of %s", parts.size(), gap);
  }

  public static Row across(int gap, List<? extends Drawing> parts) {
    return new Row(List.copyOf(parts), gap, false);
  }

  /**
   * Drawings in a grid, filled line by line.
   *
   * @param across number of drawings per line
   * @param gap horizontal gap, in units
   * @param below vertical gap, in units
   */
  public static Row lines(int across, int gap, int below, List<? extends Drawing> parts) {
    List<Drawing> lines = new ArrayList<>();
    for (int from = 0; from < parts.size(); from += across) {
      lines.add(across(gap, parts.subList(from, Math.min(from + across, parts.size()))));
    }
    return new Row(lines, below, true);
  }

  /**
   * Parts that don't fit beside each other are made narrower, as many of them to a line as remain
   * legible.
   */
  @Override
  public Drawing within(int width) {
    if (width() <= width) {
      return this;
    }
    if (down) {
      return new Row(parts.stream().map(part -> part.within(width)).toList(), gap, true);
    }
    int bars = parts.stream().mapToInt(part -> part instanceof ColorBar ? part.width() : 0).sum();
    for (int across = parts.size(); across > 1; across--) {
      int share = (width - bars - gap * (across - 1)) / across;
      List<Drawing> narrow = parts.stream().map(part -> part.within(share)).toList();
      if (share >= NARROWEST && narrow.stream().allMatch(part -> part.width() <= share)) {
        return flowing(narrow, width);
      }
    }
    int most = bars == 0 ? width : width - bars - gap;
    return flowing(parts.stream().map(part -> part.within(most)).toList(), width);
  }

  private Row flowing(List<Drawing> all, int width) {
    List<Drawing> lines = new ArrayList<>();
    List<Drawing> line = new ArrayList<>();
    int used = 0;
    for (Drawing part : all) {
      if (!line.isEmpty() && used + gap + part.width() > width) {
        lines.add(across(gap, line));
        line.clear();
        used = 0;
      }
      used += (line.isEmpty() ? 0 : gap) + part.width();
      line.add(part);
    }
    lines.add(across(gap, line));
    return new Row(lines, gap, true);
  }

  @Override
  public int width() {
    return down ? widest() : parts.stream().mapToInt(Drawing::width).sum() + gaps();
  }

  @Override
  public int height() {
    return down ? parts.stream().mapToInt(Drawing::height).sum() + gaps() : highest();
  }

  @Override
  public void paint(Graphics2D g) {
    AffineTransform home = g.getTransform();
    for (Drawing part : parts) {
      part.paint(g);
      if (down) {
        g.translate(0, part.height() + gap);
      } else {
        g.translate(part.width() + gap, 0);
      }
    }
    g.setTransform(home);
  }

  private int gaps() {
    return gap * (parts.size() - 1);
  }

  private int widest() {
    return parts.stream().mapToInt(Drawing::width).max().orElseThrow();
  }

  private int highest() {
    return parts.stream().mapToInt(Drawing::height).max().orElseThrow();
  }
}
