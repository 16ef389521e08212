package org.whisker.chart.kit;

/**
 * Colour maps for values. All maps are uniform in lightness, so that equal steps look equal, and
 * are readable with any kind of colour vision.
 */
public enum ColorMap {
  /**
   * Dark violet over green to yellow, for values from a minimum to a maximum: viridis, by Matt
   * Zucker's polynomial of degree 6 (CC0, shadertoy.com/view/WlfXRN).
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

  /** Blue below the middle, almost white on it, red above: straight lines in OKLab. */
  DIVERGING {
    @Override
    int compute(double t) {
      double[] end = t < 0.5 ? BLUE : RED;
      double away = Math.abs(2 * t - 1);
      double[] lab = new double[3];
      for (int i = 0; i < 3; i++) {
        lab[i] = PALE[i] + away * (end[i] - PALE[i]);
      }
      return OkLab.toRgb(lab);
    }
  },

  /** {@link #DIVERGING} reversed, for p(cat): blue, towards cat, is at the top. */
  TOWARDS_CAT {
    @Override
    int compute(double t) {
      return DIVERGING.compute(1 - t);
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
  // lightness, green-red, blue-yellow; the two ends are equally dark
  private static final double[] PALE = {0.97, 0, 0};
  private static final double[] BLUE = {0.42, -0.03, -0.145};
  private static final double[] RED = {0.42, 0.155, 0.07};

  /**
   * The colour as 0xRRGGBB.
   *
   * @param t the position on the scale, 0 to 1; values outside are clamped
   * @throws IllegalArgumentException for NaN
   */
  public int rgb(double t) {
    if (Double.isNaN(t)) {
      throw new IllegalArgumentException("NaN has no colour");
    }
    return compute(Math.min(1, Math.max(0, t)));
  }

  abstract int compute(double t);
}
