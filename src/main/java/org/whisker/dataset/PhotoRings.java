package org.whisker.dataset;

import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeBins;
import org.whisker.image.GrayImage;
import org.whisker.image.Resample;

/**
 * How gray a photo is from its border to its centre, as a network sees it: its largest central
 * square, in {@value #ZONES} zones of equal area by edge rank.
 *
 * @param gray mean gray of each zone, 0 black to 1 white, from the border inwards
 * @param contrast standard deviation of gray within each zone
 * @param plainWhite whether it is something on plain white: nearly all of its border is white, and
 *     its centre is not
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record PhotoRings(double[] gray, double[] contrast, boolean plainWhite) {
  /** The number of zones. */
  public static final int ZONES = 5;

  private static final int SIDE = 32;
  private static final EdgeBins BINS = new EdgeBins(Canvas.square(SIDE), ZONES);
  private static final double WHITE = 0.92;
  private static final double BORDER = 0.8;
  private static final double SOMETHING = 0.85;

  /** Measures a photo of any size after it is resized and cropped to the grid of the rings. */
  public static PhotoRings of(GrayImage photo) {
    float[] values = Resample.shorterSideThenCentreCrop(photo, BINS.canvas()).values();
    double[] gray = BINS.means(i -> values[i]);
    double[] contrast =
        BINS.means(
            i -> {
              double apart = values[i] - gray[BINS.binOf(i)];
              return apart * apart;
            });
    for (int zone = 0; zone < contrast.length; zone++) {
      contrast[zone] = Math.sqrt(contrast[zone]);
    }
    boolean white = whiteBorder(values) >= BORDER && gray[gray.length - 1] < SOMETHING;
    return new PhotoRings(gray, contrast, white);
  }

  /** The share of the outermost pixels that are white. */
  private static double whiteBorder(float[] values) {
    int[] border =
        IntStream.range(0, values.length)
            .filter(i -> BINS.canvas().borderDistance(i) == 0)
            .toArray();
    return (double) IntStream.of(border).filter(i -> values[i] > WHITE).count() / border.length;
  }
}
