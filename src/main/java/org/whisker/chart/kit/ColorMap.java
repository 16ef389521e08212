package org.whisker.chart.kit;

import org.whisker.value.Checks;

/**
 * Colour maps for values, one for each kind of quantity, so that a colour means one thing in all
 * charts. All are uniform in lightness, so that equal steps look equal, and are readable with any
 * kind of colour vision; those of {@link #SEQUENTIAL} and {@link #MAGNITUDE} in grayscale, too.
 */
public enum ColorMap {
  /**
   * Dark violet over green to yellow, for densities and shares from 0: viridis, by Matt Zucker's
   * polynomial of degree 6 (CC0, shadertoy.com/view/WlfXRN).
   */
  SEQUENTIAL {
    @Override
    int compute(double t) {
      int rgb = 0;
      for (int channel = 0; channel < 3; channel++) {
        double v = 0;
        for (int power = 6; power >= 0; power--) {
          v = v * t + VIRIDIS[power][channel];
        }
        rgb = rgb << 8 | (int) Math.round(255 * Math.min(1, Math.max(0, v)));
      }
      return rgb;
    }
  },

  /**
   * Red below the middle, almost white on it, blue above, for the logit against the target and what
   * changes it, and for nothing else: red is for cat, as readers of saliency maps expect. Straight
   * lines in OKLab.
   */
  LOGIT {
    @Override
    int compute(double t) {
      return between(PALE, t < 0.5 ? RED : BLUE, Math.abs(2 * t - 1));
    }
  },

  /** {@link #LOGIT} reversed, for p(target) and evidence for cat: red is at the top. */
  P_TARGET {
    @Override
    int compute(double t) {
      return LOGIT.compute(1 - t);
    }
  },

  /**
   * Purple below the middle, almost white on it, green above, for what is more or less than
   * expected: logarithms of ratios, correlations.
   */
  RATIO {
    @Override
    int compute(double t) {
      return between(PALE, t < 0.5 ? PURPLE : GREEN, Math.abs(2 * t - 1));
    }
  },

  /** Almost white over orange to dark brown, for strengths without a sign. */
  MAGNITUDE {
    @Override
    int compute(double t) {
      return t < 0.5 ? between(PALE, ORANGE, 2 * t) : between(ORANGE, BROWN, 2 * t - 1);
    }
  };

  private static final double[][] VIRIDIS = {
    {0.2777273272234177, 0.005407344544966578, 0.3340998053353061},
    {0.1050930431085774, 1.404613529898575, 1.384590162594685},
    {-0.3308618287255563, 0.214847559468213, 0.09509516302823659},
    {-4.634230498983486, -5.799100973351585, -19.33244095627987},
    {6.228269936347081, 14.17993336680509, 56.69055260068105},
    {4.776384997670288, -13.74514537774601, -65.35303263337234},
    {-5.435455855934631, 4.645852612178535, 26.3124352495832}
  };
  // lightness, green-red, blue-yellow; the two ends of a map with a middle are equally dark
  private static final double[] PALE = {0.97, 0, 0};
  private static final double[] BLUE = {0.42, -0.03, -0.145};
  private static final double[] RED = {0.42, 0.155, 0.07};
  private static final double[] PURPLE = {0.42, 0.11, -0.13};
  private static final double[] GREEN = {0.42, -0.1, 0.085};
  private static final double[] ORANGE = {0.64, 0.08, 0.125};
  private static final double[] BROWN = {0.31, 0.035, 0.06};

  /**
   * The colour as 0xRRGGBB.
   *
   * @param t the position on the scale, 0 to 1; values outside are clamped
   * @throws IllegalArgumentException for NaN
   */
  public int rgb(double t) {
    Checks.refuse(Double.isNaN(t), "NaN has no colour");
    return compute(Math.min(1, Math.max(0, t)));
  }

  boolean hasMiddle() {
    return this == LOGIT || this == RATIO;
  }

  abstract int compute(double t);

  private static int between(double[] from, double[] to, double share) {
    double[] lab = new double[3];
    for (int i = 0; i < 3; i++) {
      lab[i] = from[i] + share * (to[i] - from[i]);
    }
    return okLabToRgb(lab);
  }

  /**
   * Björn Ottosson's OKLab, a colour space in which equal distances look equal.
   *
   * <p>The sRGB colour 0xRRGGBB of (lightness, a, b), clipped to the sRGB gamut.
   */
  static int okLabToRgb(double[] lab) {
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
