package org.whisker.chart.kit;

import java.util.List;
import org.whisker.chart.kit.Drawing.Composed;
import org.whisker.chart.kit.Framed.Overlay;
import org.whisker.chart.kit.MapPanel.MapRow;
import org.whisker.chart.kit.Panel.HoverGrid;
import org.whisker.image.Canvas;
import org.whisker.value.Checks;

/** A map over the canvas: one colour per pixel, with title, pixel axes and colour bar. */
public final class HeatmapFigure implements Composed {
  private static final int SIDE = 384;
  private static final int GAP = 10;

  private final String title;
  private final Canvas canvas;
  private final float[] values;
  private final Scale scale;
  private final ColorMap colors;
  private final int zoom;
  private final List<Overlay> overlays;

  private HeatmapFigure(
      String title,
      Canvas canvas,
      float[] values,
      Scale scale,
      ColorMap colors,
      int zoom,
      List<Overlay> overlays) {
    this.title = title;
    this.canvas = canvas;
    this.values = values;
    this.scale = scale;
    this.colors = colors;
    this.zoom = zoom;
    this.overlays = List.copyOf(overlays);
  }

  /**
   * A map of {@code values} in row-major order; NaN ("not measured") is drawn as a gray hatching.
   *
   * @throws IllegalArgumentException when the size differs from the canvas, or the scale of a
   *     diverging map is not centred on 0
   */
  public static HeatmapFigure of(
      String title, Canvas canvas, float[] values, Scale scale, ColorMap colors) {
    if (values.length != canvas.pixels()) {
      throw new IllegalArgumentException(values.length + " values on a " + canvas + " canvas");
    }
    if (colors.hasMiddle() && scale.min() != -scale.max()) {
      throw new IllegalArgumentException("a diverging scale needs 0 in its middle, was " + scale);
    }
    int zoom = Framed.wholeZoom(canvas.width(), canvas.height(), SIDE);
    return new HeatmapFigure(title, canvas, values.clone(), scale, colors, zoom, List.of());
  }

  /** Returns this figure with overlays drawn on top. */
  public HeatmapFigure withOverlays(List<? extends Overlay> more) {
    return new HeatmapFigure(title, canvas, values, scale, colors, zoom, List.copyOf(more));
  }

  /**
   * Returns this figure with each cell {@code zoom} units wide; by default a map is about 384 units
   * wide.
   */
  public HeatmapFigure withZoom(int zoom) {
    Checks.refuse(zoom < 1, "zoom must be at least 1, was %s", zoom);
    return new HeatmapFigure(title, canvas, values, scale, colors, zoom, overlays);
  }

  Scale scale() {
    return scale;
  }

  @Override
  public Drawing drawing() {
    return new MapRow(List.of(map()), scale, colors, GAP);
  }

  /** The panel of a page: the SVG, with the values to show under the pointer. */
  public Panel panel() {
    int left = MapPanel.LEFT - Framed.FRAME;
    int top = MapPanel.TOP - Framed.FRAME;
    HoverGrid hover = new HoverGrid(this, map().map(), left, top, canvas, values, scale.unit(), 1);
    return new Panel(svg(), hover);
  }

  MapPanel map() {
    return MapPanel.ofPixels(title, CellImage.of(canvas, values, scale, colors), zoom, overlays);
  }

  ColorMap colors() {
    return colors;
  }

  boolean sharesBarWith(HeatmapFigure other) {
    return scale.equals(other.scale)
        && colors == other.colors
        && canvas.height() * zoom == other.canvas.height() * other.zoom;
  }

  /** Maps side by side on a common scale, with one colour bar. */
  public record HeatmapRow(List<HeatmapFigure> maps) implements Composed {
    private static final int GAP = 14;

    /**
     * @throws IllegalArgumentException when scales, colour maps or heights differ, since maps on
     *     different scales are not comparable
     */
    public HeatmapRow {
      maps = List.copyOf(maps);
      Checks.refuse(maps.isEmpty(), "no map to draw");
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
}
