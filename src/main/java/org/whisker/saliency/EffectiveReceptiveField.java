package org.whisker.saliency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.classifier.FeatureClassifier.UnitGradients;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.network.Network.FeatureShape;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.table.Column;
import org.whisker.value.Checks;

/**
 * The effective receptive field of a unit: the mean over images of |d(unit)/d(pixel)| (Luo, Li,
 * Urtasun and Zemel, 2016, arXiv:1701.04128).
 *
 * <p>Shape: one value per pixel, at least 0. The energy of a region is the sum of these values over
 * it; distances are in pixels from the centre of the theoretical field.
 */
public final class EffectiveReceptiveField {
  /** Share of a Gaussian within two standard deviations, which defines the effective field. */
  public static final double TWO_SIGMA = 0.9545;

  private static final String METHOD = "effective-receptive-field";
  private static final String UNIT = "mean |d(unit)/d(gray)|";

  private final SaliencyMap map;
  private final Theory theory;
  private final double[] mean;
  private final double energy;
  private final Integer[] outwards;

  /**
   * The theoretical receptive field of the unit; it may extend beyond the image.
   *
   * @param x its centre, where 0 is the centre of the leftmost pixels
   * @param y its centre, where 0 is the centre of the topmost pixels
   * @param width in pixels, at least 1
   * @param height in pixels, at least 1
   */
  public record Theory(double x, double y, int width, int height) {
    public Theory {
      if (!Double.isFinite(x) || !Double.isFinite(y) || width < 1 || height < 1) {
        throw new IllegalArgumentException(
            "no field of " + width + "x" + height + " around (" + x + ", " + y + ")");
      }
    }

    /** The side of the square of the same area. */
    double side() {
      return Math.sqrt((double) width * height);
    }
  }

  /** The pixels at one distance from the centre, at least one. */
  public record Ring(
      @Column(unit = "px", meaning = "distance from the centre in pixels, rounded") int radius,
      @Column(meaning = "number of pixels at that distance") int pixels,
      @Column(
              unit = "1/gray",
              meaning = "mean over these pixels and over images of |d(unit)/d(gray)|")
          double meanAbsGradient,
      @Column(
              unit = "share",
              meaning =
                  "cumulative share of the sum of |gradient| up to and including this "
                      + "distance")
          double within) {}

  private EffectiveReceptiveField(Canvas canvas, Theory theory, double[] mean) {
    this.theory = theory;
    this.mean = mean;
    this.energy = Arrays.stream(mean).sum();
    Checks.require(energy > 0, "the unit depends on no pixel of any picture");
    float[] values = new float[mean.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) mean[i];
    }
    this.map = new SaliencyMap(canvas, values, UNIT, METHOD, SignConvention.MAGNITUDE);
    this.outwards =
        IntStream.range(0, mean.length)
            .boxed()
            .sorted((a, b) -> Double.compare(distance(a), distance(b)))
            .toArray(Integer[]::new);
  }

  /**
   * Estimates the field from these images.
   *
   * @param pictures at least one; noise shows the effect of the architecture, photos that of
   *     training
   * @param batchSize images per forward pass, at least 1
   * @throws IllegalArgumentException if a picture has another size, or the unit depends on no pixel
   */
  public static EffectiveReceptiveField of(
      UnitGradient gradient, Theory theory, List<? extends Raster> pictures, int batchSize) {
    if (pictures.isEmpty() || batchSize < 1) {
      throw new IllegalArgumentException(
          "needs a picture and a batch, has " + pictures.size() + " and " + batchSize);
    }
    Canvas canvas = gradient.canvas();
    double[] sum = new double[canvas.pixels()];
    for (int from = 0; from < pictures.size(); from += batchSize) {
      int to = (int) Math.min(pictures.size(), (long) from + batchSize);
      List<? extends Raster> batch = pictures.subList(from, to);
      batch.forEach(picture -> check(picture, canvas));
      gradient.ofCentre(batch).forEach(each -> add(each, sum));
    }
    double[] mean = Arrays.stream(sum).map(s -> s / pictures.size()).toArray();
    return new EffectiveReceptiveField(canvas, theory, mean);
  }

  private static void check(Raster picture, Canvas canvas) {
    if (!picture.canvas().equals(canvas)) {
      throw new IllegalArgumentException(
          "the unit takes " + canvas + " pictures, not " + picture.canvas());
    }
  }

  private static void add(float[] gradient, double[] sum) {
    if (gradient.length != sum.length) {
      throw new IllegalArgumentException(
          "a gradient of " + gradient.length + " values for " + sum.length + " pixels");
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] += Math.abs(gradient[i]);
    }
  }

  /** Images of independent uniform gray values. */
  public static List<GrayImage> noise(Canvas canvas, int pictures, RandomGenerator random) {
    List<GrayImage> noise = new ArrayList<>();
    for (int i = 0; i < pictures; i++) {
      float[] values = new float[canvas.pixels()];
      for (int p = 0; p < values.length; p++) {
        values[p] = random.nextFloat();
      }
      noise.add(new GrayImage(canvas, values));
    }
    return noise;
  }

  /** The mean absolute gradient at each pixel. */
  public SaliencyMap map() {
    return map;
  }

  /** Ring by ring from the centre outwards; empty rings are omitted. */
  public List<Ring> profile() {
    List<Ring> rings = new ArrayList<>();
    double within = 0;
    for (int at = 0; at < outwards.length; ) {
      long radius = Math.round(distance(outwards[at]));
      int begin = at;
      double sum = 0;
      for (; at < outwards.length && Math.round(distance(outwards[at])) == radius; at++) {
        sum += mean[outwards[at]];
      }
      within += sum;
      double share = Math.min(1, within / energy);
      rings.add(new Ring((int) radius, at - begin, sum / (at - begin), share));
    }
    return rings;
  }

  /**
   * The radius that contains {@code share} of the energy, in pixels.
   *
   * @param share above 0, at most 1
   */
  public double radius(double share) {
    Checks.require(share > 0 && share <= 1, "share must be above 0 and at most 1, was %s", share);
    double within = 0;
    for (int pixel : outwards) {
      within += mean[pixel];
      // summation in another order may fall short of the total by rounding
      if (within >= share * energy * (1 - 1e-12)) {
        return distance(pixel);
      }
    }
    return distance(outwards[outwards.length - 1]);
  }

  /**
   * The diameter that contains 95.45 % of the energy, relative to the side of the theoretical
   * field; about 1.1 for a uniform field that fills it.
   */
  public double shareOfTheory() {
    return 2 * radius(TWO_SIGMA) / theory.side();
  }

  private double distance(int pixel) {
    Canvas canvas = map.canvas();
    return Math.hypot(canvas.x(pixel) - theory.x, canvas.y(pixel) - theory.y);
  }

  /**
   * Source of the derivative of one unit inside a network, usually at the centre of a feature map.
   */
  public interface UnitGradient {
    /** The size of its input images. */
    Canvas canvas();

    /**
     * The derivative of the unit (summed over the channels at its position) with respect to the
     * gray values of each image.
     *
     * @return one array per image, row-major over {@link #canvas()}
     */
    List<float[]> ofCentre(List<? extends Raster> pictures);
  }

  /**
   * The unit in the middle of a layer's grid ({@code row = height / 2}, {@code column = width /
   * 2}), with weights for its channels.
   */
  public static final class CentreUnit implements UnitGradient {
    private final UnitGradients classifier;
    private final String layer;
    private final FeatureShape shape;
    private final float[] weights;

    private CentreUnit(UnitGradients classifier, String layer) {
      this.classifier = classifier;
      this.layer = layer;
      this.shape = classifier.shape(layer);
      this.weights = new float[shape.channels()];
    }

    /**
     * The sum over channels with seeded random signs, so that correlated channels do not dominate.
     *
     * @throws IllegalArgumentException for an unknown layer
     */
    public static CentreUnit randomSigns(UnitGradients classifier, String layer, long seed) {
      CentreUnit unit = new CentreUnit(classifier, layer);
      SplitMix64 random = SplitMix64.stream(seed, "channel signs", 0);
      for (int c = 0; c < unit.weights.length; c++) {
        unit.weights[c] = random.nextBoolean() ? 1 : -1;
      }
      return unit;
    }

    @Override
    public Canvas canvas() {
      return classifier.canvas();
    }

    @Override
    public List<float[]> ofCentre(List<? extends Raster> pictures) {
      return classifier.unitGradients(
          layer, shape.height() / 2, shape.width() / 2, weights, pictures);
    }
  }
}
