package org.whisker.saliency;

/**
 * Gaussian noise added to an image before its gradient is computed. Sample {@code i} is the same
 * for every image and classifier (common random numbers), so that maps do not differ by the draw.
 * Noisy gray values are not clipped to [0, 1], as in Captum's NoiseTunnel, since clipping would
 * bias black and white pixels.
 *
 * @param samples number of noisy copies, at least 1
 * @param sigma standard deviation in gray values (black to white is 1); 0 for none
 * @param seed seed of the noise
 * @param keepsClass whether sigma is halved until the noisy copies are, by their mean p(cat), of
 *     the image's own class: otherwise what is explained is another class
 */
public record NoiseOptions(int samples, double sigma, long seed, boolean keepsClass) {
  /** A sixteenth of the usual: less noise is none. */
  private static final double LEAST = 0.01;

  public NoiseOptions {
    if (samples < 1) {
      throw new IllegalArgumentException("needs at least 1 noisy sample, was " + samples);
    }
    if (!(sigma >= 0 && Double.isFinite(sigma))) {
      throw new IllegalArgumentException("noise has a sigma of at least 0, was " + sigma);
    }
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
