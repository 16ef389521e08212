package org.whisker.chart.kit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.whisker.image.Canvas;
import org.whisker.io.Decimals;

/**
 * A picture of a figure.
 *
 * @param picture the picture
 * @param hover values to show under the pointer, or null
 * @param alt alternative text; null to use that of the figure with the number of the panel
 */
public record Panel(Picture picture, @Nullable HoverGrid hover, @Nullable String alt) {
  public Panel(Picture picture) {
    this(picture, null);
  }

  public Panel(Picture picture, @Nullable HoverGrid hover) {
    this(picture, hover, null);
  }

  /** Returns this panel with its own alternative text. */
  public Panel withAlt(String alt) {
    return new Panel(picture, hover, alt);
  }

  /** The values behind the cells of a picture, for a page to show under the pointer. */
  public static final class HoverGrid {
    private static final int STEPS = 65534; // 65535 stands for NaN

    private final double[] box;
    private final Canvas canvas;
    private final float[] values;
    private final String unit;
    private final int step;

    /**
     * The values of {@code map}, whose frame has its top left corner at (left, top) in {@code
     * whole}.
     *
     * @param step width and height of a cell, in pixels of the picture
     */
    HoverGrid(
        Drawing whole,
        Framed map,
        double left,
        double top,
        Canvas canvas,
        float[] values,
        String unit,
        int step) {
      double w = whole.width();
      double h = whole.height();
      this.box =
          new double[] {
            (left + Framed.FRAME) / w,
            (top + Framed.FRAME) / h,
            map.innerWidth() / w,
            map.innerHeight() / h
          };
      this.canvas = canvas;
      this.values = values.clone();
      this.unit = unit;
      this.step = step;
    }

    public int step() {
      return step;
    }

    public Canvas canvas() {
      return canvas;
    }

    public String unit() {
      return unit;
    }

    /** left,top,width,height in percent. */
    public String box() {
      StringBuilder text = new StringBuilder();
      for (double part : box) {
        text.append(text.isEmpty() ? "" : ",").append(Decimals.fixed(100 * part, 4));
      }
      return text.toString();
    }

    public double min() {
      return range()[0];
    }

    public double max() {
      return range()[1];
    }

    /** Base64 of little-endian 16-bit steps from min to max: enough for four digits. */
    public String data() {
      double[] range = range();
      double step = (range[1] - range[0]) / STEPS;
      ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
      for (float v : values) {
        long code = Float.isNaN(v) ? STEPS + 1 : step == 0 ? 0 : Math.round((v - range[0]) / step);
        bytes.putShort((short) code);
      }
      return Base64.getEncoder().encodeToString(bytes.array());
    }

    private double[] range() {
      double min = 0;
      double max = 0;
      boolean first = true;
      for (float v : values) {
        if (!Float.isNaN(v)) {
          min = first ? v : Math.min(min, v);
          max = first ? v : Math.max(max, v);
          first = false;
        }
      }
      return new double[] {min, max};
    }
  }
}
