package org.whisker.page;

import java.util.Locale;
import org.whisker.chart.kit.Svg;
import org.whisker.io.Decimals;

/** An effect as a small bar: axis, null, margin of no effect, interval, estimate. */
final class EffectBar {
  private static final double WIDTH = 190;
  private static final double PAD = 14;
  private static final double MIDDLE = 12;

  private final Effect effect;
  private final StringBuilder out = new StringBuilder();

  private EffectBar(Effect effect) {
    this.effect = effect;
  }

  static Svg svg(Effect effect) {
    return new EffectBar(effect).draw();
  }

  private Svg draw() {
    out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"190\" height=\"36\"")
        .append(" viewBox=\"0 0 190 36\">");
    effect.margin().ifPresent(this::margin);
    line(PAD, WIDTH - PAD, "var(--fig-frame,#9aa4af)", 1);
    double zero = x(effect.nullValue());
    add(
        "<line x1=\"%.2f\" x2=\"%.2f\" y1=\"2\" y2=\"22\" style=\"stroke:%s;stroke-width:1.3;"
            + "stroke-dasharray:3 2\"/>",
        zero, zero, "var(--fig-muted,#59636e)");
    String ink = "var(--fig-s0,#0072b2)";
    line(x(effect.low()), x(effect.high()), ink, 4);
    add(
        "<circle cx=\"%.2f\" cy=\"%.2f\" r=\"5\" style=\"fill:%s\"/>",
        x(effect.value()), MIDDLE, ink);
    arrow(effect.low() < effect.axisLow(), PAD - 2, -1, ink);
    arrow(effect.high() > effect.axisHigh(), WIDTH - PAD + 2, 1, ink);
    label(effect.axisLow(), "start", 1);
    label(effect.axisHigh(), "end", WIDTH - 1);
    if (zero > 50 && zero < WIDTH - 50) {
      label(effect.nullValue(), "middle", zero);
    }
    return new Svg(out.append("</svg>").toString());
  }

  private void margin(double margin) {
    double left = x(effect.nullValue() - margin);
    double right = x(effect.nullValue() + margin);
    add(
        "<rect x=\"%.2f\" y=\"2\" width=\"%.2f\" height=\"20\" style=\"fill:%s\"/>",
        left, right - left, "var(--fig-grid,#e1e4e8)");
  }

  private void line(double from, double to, String ink, int width) {
    add(
        "<line x1=\"%.2f\" x2=\"%.2f\" y1=\"%.2f\" y2=\"%.2f\" style=\"stroke:%s;stroke-width:%d\"/>",
        from, to, MIDDLE, MIDDLE, ink, width);
  }

  /** The interval goes on beyond the axis. */
  private void arrow(boolean beyond, double at, int way, String ink) {
    if (beyond) {
      add(
          "<path d=\"M%.2f %.2f l%d 5 l0 -10 z\" style=\"fill:%s\"/>",
          at + 8 * way, MIDDLE, -8 * way, ink);
    }
  }

  private void label(double value, String anchor, double at) {
    add(
        "<text x=\"%.2f\" y=\"34\" style=\"font-size:10px;font-family:sans-serif;"
            + "text-anchor:%s;fill:%s\">%s</text>",
        at, anchor, "var(--fig-muted,#59636e)", Decimals.rounded(value, 2));
  }

  private double x(double value) {
    double part = (value - effect.axisLow()) / (effect.axisHigh() - effect.axisLow());
    return PAD + (WIDTH - 2 * PAD) * Math.min(1, Math.max(0, part));
  }

  private void add(String format, Object... arguments) {
    out.append(String.format(Locale.ROOT, format, arguments));
  }
}
