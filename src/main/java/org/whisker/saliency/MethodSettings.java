package org.whisker.saliency;

import java.util.OptionalDouble;
import java.util.function.Function;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.CamOptions.Upsampling;
import org.whisker.value.Checks;

/**
 * The options of all methods for one image; each method uses its own.
 *
 * @param baseline for gradient × input, integrated gradients, DeepLIFT, GradientSHAP and
 *     conductance
 * @param steps the steps of integrated gradients
 * @param noise for SmoothGrad, VarGrad, GradientSHAP and means of other methods
 * @param layer for class activation maps and layer attributions
 * @param upsampling the upsampling of these maps
 * @param verified number of occlusion windows to verify by full passes; 0 for none
 */
public record MethodSettings(
    Baseline baseline,
    QuadratureSteps steps,
    NoiseOptions noise,
    String layer,
    Upsampling upsampling,
    OcclusionOptions occlusion,
    int verified,
    long seed,
    RiseOptions rise,
    ShapleyOptions shapley) {
  public MethodSettings {
    Inputs.atLeast(0, "windows to verify", verified);
  }

  /**
   * Returns these settings with the noise and the steps that {@code made} came to use, instead of
   * those that another image or network would be given: maps are compared only if they are made
   * alike.
   */
  public MethodSettings asUsedBy(Attribution made) {
    OptionalDouble sigma = made.diagnostic(Diagnostic.NOISE);
    OptionalDouble taken = made.diagnostic(Diagnostic.STEPS);
    return new MethodSettings(
        baseline,
        taken.isPresent() ? QuadratureSteps.fixed((int) taken.getAsDouble()) : steps,
        sigma.isPresent() ? noise.fixedAt(sigma.getAsDouble()) : noise,
        layer,
        upsampling,
        occlusion,
        verified,
        seed,
        rise,
        shapley);
  }

  public CamOptions cam(CamOptions.Target target) {
    return new CamOptions(layer, target, false, upsampling);
  }

  /**
   * Options of Shapley value sampling.
   *
   * @param permutations number of permutations, even, at least 4: a standard error needs two
   *     antithetic pairs
   */
  public record ShapleyOptions(int permutations, long seed) {
    public ShapleyOptions {
      Inputs.atLeast(4, "permutations", permutations);
      if (permutations % 2 != 0) {
        throw new IllegalArgumentException(
            "permutations come in pairs, so their number is even, was " + permutations);
      }
    }

    /** The number of images to score for one with this number of black pixels. */
    public int pictures(int blackPixels) {
      return Math.addExact(2, Math.multiplyExact(permutations, Math.max(0, blackPixels - 1)));
    }
  }

  /**
   * Options of RISE (Petsiuk, Das and Saenko, 2018, arXiv:1806.07421), and of LIME and Kernel SHAP,
   * which hide whole regions.
   *
   * @param masks number of masks, at least 2; 4,000 to 8,000 in the paper
   * @param cells cells per mask along either axis, at least 1; 7 in the paper
   * @param shown the probability that a cell is shown, between 0 and 1; 0.5 in the paper
   * @param fill replacement of hidden pixels
   * @param superpixels about how many regions LIME and Kernel SHAP hide; 0 for squares, which are
   *     the cells
   */
  public record RiseOptions(
      int masks, int cells, double shown, Fill fill, long seed, int superpixels) {
    /** Options by which LIME and Kernel SHAP hide squares. */
    public RiseOptions(int masks, int cells, double shown, Fill fill, long seed) {
      this(masks, cells, shown, fill, seed, 0);
    }

    public RiseOptions {
      Inputs.atLeast(0, "superpixels", superpixels);
      Inputs.atLeast(2, "masks", masks);
      Inputs.atLeast(1, "cells", cells);
      Checks.refuse(cells > 1000, "cells must be at most 1000, was %s", cells);
      Checks.require(
          shown > 0 && shown < 1, "the share shown must be between 0 and 1, was %s", shown);
    }
  }

  /**
   * How many nodes the quadrature of an integral over gradients has.
   *
   * @param first how many are tried first, at least 1
   * @param most their number is raised, up to this one, until the map adds up; at least {@code
   *     first}
   */
  public record QuadratureSteps(int first, int most) {
    private static final int MOST_TIMES = 16;

    public QuadratureSteps {
      Inputs.atLeast(1, "steps", first);
      Inputs.atLeast(first, "most steps", most);
    }

    /** Takes {@code first} steps, then more until the error is small, up to 16 times as many. */
    public static QuadratureSteps from(int first) {
      return new QuadratureSteps(
          first, (int) Math.min(Integer.MAX_VALUE, (long) MOST_TIMES * first));
    }

    /** Takes {@code steps} steps, whether the map adds up or not. */
    public static QuadratureSteps fixed(int steps) {
      return new QuadratureSteps(steps, steps);
    }

    public String words() {
      return first == most ? first + " steps" : first + " to " + most + " steps";
    }
  }

  /**
   * Gaussian noise added to an image before its gradient is computed. Sample {@code i} is the same
   * for every image and classifier (common random numbers), so that maps do not differ by the draw.
   * Noisy gray values are not clipped to [0, 1], as in Captum's NoiseTunnel, since clipping would
   * bias black and white pixels.
   *
   * @param samples number of noisy copies, at least 1
   * @param sigma standard deviation in gray values (black to white is 1); 0 for none
   * @param seed seed of the noise
   * @param keepsClass whether sigma is halved until the noisy copies are, by their mean p(target),
   *     of the image's own class: otherwise what is explained is another class
   */
  public record NoiseOptions(int samples, double sigma, long seed, boolean keepsClass) {
    /** A sixteenth of the usual: less noise is none. */
    private static final double LEAST = 0.01;

    public NoiseOptions {
      Checks.refuse(samples < 1, "needs at least 1 noisy sample, was %s", samples);
      Checks.require(
          sigma >= 0 && Double.isFinite(sigma), "noise has a sigma of at least 0, was %s", sigma);
    }

    /** Noise of this sigma, even where it changes the class of a picture. */
    public NoiseOptions(int samples, double sigma, long seed) {
      this(samples, sigma, seed, false);
    }

    /** A copy whose sigma is halved until noisy pictures keep the class of the picture. */
    public NoiseOptions keepingClass() {
      return new NoiseOptions(samples, sigma, seed, true);
    }

    /** Whether there is less noise to try. */
    public boolean canBeHalved() {
      return keepsClass && sigma / 2 >= LEAST;
    }

    public NoiseOptions halved() {
      return new NoiseOptions(samples, sigma / 2, seed, keepsClass);
    }

    /** A copy with this sigma, even where it changes the class of a picture. */
    NoiseOptions fixedAt(double other) {
      return new NoiseOptions(samples, other, seed);
    }

    public String words() {
      return samples
          + " noisy copies of standard deviation "
          + sigma
          + (keepsClass ? ", halved until they keep the class" : "");
    }

    /** 50 samples at a sigma of 0.15, in the range that the SmoothGrad paper found best. */
    public static NoiseOptions seeded(long seed) {
      return new NoiseOptions(50, 0.15, seed);
    }
  }

  /**
   * The reference input of an attribution. A pixel that equals its baseline gets an attribution of
   * 0: with a black baseline, black pixels get none, so evolved images (black on white) call for
   * {@link #white()}.
   *
   * @param name name in options and files
   * @param from gives the baseline of an image, of the same size
   */
  public record Baseline(String name, Function<? super Raster, ? extends PlanarImage> from) {
    /** White, the empty canvas. */
    public static Baseline white() {
      return gray("white", 1);
    }

    /** Black (0), as in the original gradient × input. */
    public static Baseline black() {
      return gray("black", 0);
    }

    /** Mid-gray (½). */
    public static Baseline gray() {
      return gray("gray", 0.5f);
    }

    private static Baseline gray(String name, float value) {
      return new Baseline(name, picture -> GrayImage.filled(picture.canvas(), value));
    }

    public static Baseline image(String name, PlanarImage image) {
      return new Baseline(name, picture -> image);
    }

    /**
     * The values of an image's baseline, as many planes as the image has, each row-major, 0 black
     * to 1 white.
     *
     * @throws IllegalArgumentException if it is of another size
     */
    public float[] values(Raster picture) {
      PlanarImage baseline = from.apply(picture);
      if (!baseline.canvas().equals(picture.canvas())) {
        throw new IllegalArgumentException(
            "baseline " + name + " is " + baseline.canvas() + ", the picture " + picture.canvas());
      }
      return baseline.in(picture.planes()).values();
    }
  }
}
