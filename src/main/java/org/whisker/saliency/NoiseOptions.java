package org.whisker.saliency;

/**
 * Noise put on a picture before its gradient is taken. Sample {@code i} is the same noise for every
 * picture and every classifier, so that maps differ by what they are made of and not by the draw.
 * Noisy gray values may leave 0 to 1, as in Captum's NoiseTunnel: cutting them off would shift the
 * mean at black and white.
 *
 * @param samples how many noisy pictures, at least 1
 * @param sigma standard deviation, as a share of the step from black to white; 0 for none
 * @param seed of the noise
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

  /** In a few words. */
  public String words() {
    return samples + " noisy copies of standard deviation " + sigma;
  }

  /** 50 samples at a sigma of 0.15, in the range that the SmoothGrad paper found best. */
  public static NoiseOptions seeded(long seed) {
    return new NoiseOptions(50, 0.15, seed);
  }
}
