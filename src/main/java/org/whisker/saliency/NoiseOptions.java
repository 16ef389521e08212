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
 */
public record NoiseOptions(int samples, double sigma, long seed) {
  public NoiseOptions {
    if (samples < 1) {
      throw new IllegalArgumentException("needs at least 1 noisy sample, was " + samples);
    }
    if (!(sigma >= 0 && Double.isFinite(sigma))) {
      throw new IllegalArgumentException("noise has a sigma of at least 0, was " + sigma);
    }
  }

  /** A short description. */
  public String words() {
    return samples + " noisy copies of standard deviation " + sigma;
  }

  /** 50 samples at a sigma of 0.15, in the range that the SmoothGrad paper found best. */
  public static NoiseOptions seeded(long seed) {
    return new NoiseOptions(50, 0.15, seed);
  }
}
