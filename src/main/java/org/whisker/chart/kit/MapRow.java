package org.whisker.chart.kit;

import java.util.ArrayList;
import java.util.List;
import org.whisker.chart.kit.Drawing.Composed;
import org.whisker.chart.kit.Ink.Words;

/**
 * Maps side by side with the colour bar of their common scale.
 *
 * @param maps of the same height; at least one
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
