package org.whisker.chart.kit;

import java.util.List;

/** Maps side by side on a common scale, with one colour bar. */
public record HeatmapRow(List<HeatmapFigure> maps) implements Composed {
  private static final int GAP = 14;

  /**
   * @throws IllegalArgumentException when scales, colour maps or heights differ, since maps on
   *     different scales are not comparable
   */
  public HeatmapRow {
    maps = List.copyOf(maps);
    if (maps.isEmpty()) {
      throw new IllegalArgumentException("no map to draw");
    }
    HeatmapFigure first = maps.get(0);
    for (HeatmapFigure map : maps) {
      if (!map.sharesBarWith(first)) {
        throw new IllegalArgumentException(
            "maps side by side need one scale, were " + first.scale() + " and " + map.scale());
      }
    }
  }

  @Override
  public Drawing drawing() {
    HeatmapFigure first = maps.get(0);
    List<MapPanel> panels = MapPanel.equallyWide(maps.stream().map(HeatmapFigure::map).toList());
    return new MapRow(panels, first.scale(), first.colors(), GAP);
  }
}
