package org.whisker.saliency.faithfulness;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.MethodSettings.NoiseOptions;
import org.whisker.saliency.SaliencyMap;

/**
 * Mean of a method's maps over noisy copies of the image, as compared in the smooth parameter
 * randomisation test (sMPRT; Hedström et al., 2024, arXiv:2405.02383); the noise in single
 * gradients lowers the similarity of any two maps.
 */
public final class SmoothedMap {
  private SmoothedMap() {}

  /**
   * Computes the mean map.
   *
   * @param method computes a map; empty when stopped
   * @param noise the same for every network, so that maps differ only by the network
   * @return empty when stopped
   */
  public static Optional<SaliencyMap> of(
      Function<Raster, Optional<SaliencyMap>> method, Raster picture, NoiseOptions noise) {
    double[] sum = new double[picture.canvas().pixels()];
    @Nullable SaliencyMap last = null;
    for (int sample = 0; sample < noise.samples(); sample++) {
      Optional<SaliencyMap> map = method.apply(noisy(picture, noise, sample));
      if (map.isEmpty()) {
        return Optional.empty();
      }
      last = map.get();
      for (int i = 0; i < sum.length; i++) {
        sum[i] += last.at(i);
      }
    }
    return Optional.ofNullable(last).map(like -> mean(like, sum, noise.samples()));
  }

  private static SaliencyMap mean(SaliencyMap like, double[] sum, int samples) {
    float[] mean = new float[sum.length];
    for (int i = 0; i < mean.length; i++) {
      mean[i] = (float) (sum[i] / samples);
    }
    return new SaliencyMap(like.canvas(), mean, like.unit(), like.method(), like.sign());
  }

  private static GrayImage noisy(Raster picture, NoiseOptions noise, int sample) {
    SplitMix64 random = SplitMix64.stream(noise.seed(), "smoothed maps", sample);
    float[] values = picture.grayValues();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (noise.sigma() * random.nextGaussian());
    }
    return new GrayImage(picture.canvas(), values);
  }
}
