package org.whisker.chart.kit;

/** Björn Ottosson's OKLab, a colour space in which equal distances look equal. */
final class OkLab {
  private OkLab() {}

  /** The sRGB colour 0xRRGGBB of (lightness, a, b), clipped to the sRGB gamut. */
  static int toRgb(double[] lab) {
    double l = cube(lab[0] + 0.3963377774 * lab[1] + 0.2158037573 * lab[2]);
    double m = cube(lab[0] - 0.1055613458 * lab[1] - 0.0638541728 * lab[2]);
    double s = cube(lab[0] - 0.0894841775 * lab[1] - 1.2914855480 * lab[2]);
    int r = gamma(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
    int g = gamma(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
    int b = gamma(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    return r << 16 | g << 8 | b;
  }

  private static double cube(double v) {
    return v * v * v;
  }

  private static int gamma(double linear) {
    double v = linear <= 0.0031308 ? 12.92 * linear : 1.055 * Math.pow(linear, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * Math.min(1, Math.max(0, v)));
  }
}
