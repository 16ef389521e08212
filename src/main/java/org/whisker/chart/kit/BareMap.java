package org.whisker.chart.kit;

import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import org.whisker.image.Canvas;

/** A map without frame, title and scale, one unit per pixel of the canvas. */
public final class BareMap implements Drawing {
  private final Canvas canvas;
  private final float[] values;
  private final Scale scale;
  private final ColorMap colors;

  /**
   * @param values row-major; NaN is drawn as a gray hatching
   */
  public BareMap(Canvas canvas, float[] values, Scale scale, ColorMap colors) {
    if (values.length != canvas.pixels()) {
      throw new IllegalArgumentException(values.length + " values on a " + canvas + " canvas");
    }
    this.canvas = canvas;
    this.values = values.clone();
    this.scale = scale;
    this.colors = colors;
  }

  @Override
  public int width() {
    return canvas.width();
  }

  @Override
  public int height() {
    return canvas.height();
  }

  @Override
  public void paint(Graphics2D g) {
    g.drawImage(CellImage.of(canvas, values, scale, colors), 0, 0, null);
  }

  /** The colours from the low end of a map's scale to its high end, as #rrggbb. */
  public static List<String> ramp(ColorMap colors, int steps) {
    List<String> ramp = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      ramp.add("#%06x".formatted(colors.rgb((i + 0.5) / steps)));
    }
    return ramp;
  }
}
