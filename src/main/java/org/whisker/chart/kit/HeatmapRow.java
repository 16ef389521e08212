package org.whisker.chart.kit;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;

/** Maps side by side on one scale, with one colour bar for all. */
public final class HeatmapRow implements Drawing {
  private static final int GAP = 14;
  private final List<HeatmapFigure> maps;
  private final Row row;

  /**
   * @throws IllegalArgumentException when scales, colours or heights differ: maps that are not on
   *     one scale are not to be compared by eye
   */
  public HeatmapRow(List<HeatmapFigure> maps) {
    this.maps = List.copyOf(maps);
    if (maps.isEmpty()) {
      throw new IllegalArgumentException("no map to draw");
    }
    HeatmapFigure first = maps.get(0);
    List<Drawing> parts = new ArrayList<>();
    for (HeatmapFigure map : maps) {
      if (!map.sharesBarWith(first)) {
        throw new IllegalArgumentException(
            "maps side by side need one scale, were " + first.scale() + " and " + map.scale());
      }
      parts.add(map.map());
    }
    parts.add(first.bar());
    row = Row.across(GAP, parts);
  }

  @Override
  public int width() {
    return row.width();
  }

  @Override
  public int height() {
    return row.height();
  }

  @Override
  public void paint(Graphics2D g) {
    row.paint(g);
  }

  /** For a page: each map by itself with its colour bar, so that they can wrap on a phone. */
  public List<Panel> panels() {
    return maps.stream().map(HeatmapFigure::panel).toList();
  }
}
