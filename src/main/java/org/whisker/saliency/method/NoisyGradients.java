package org.whisker.saliency.method;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.BatchedGradients;
import org.whisker.saliency.NoiseOptions;

/** Pixelwise mean and variance of one image's gradients under noise (Welford's algorithm). */
final class NoisyGradients {
  private final double[] mean;
  private final double[] squares;
  private int count;

  private NoisyGradients(int pixels) {
    mean = new double[pixels];
    squares = new double[pixels];
  }

  static List<NoisyGradients> of(
      DifferentiableClassifier classifier,
      List<? extends Raster> pictures,
      NoiseOptions noise,
      int batch) {
    BatchedGradients.check(classifier, pictures, batch);
    List<NoisyGradients> all = new ArrayList<>(pictures.size());
    pictures.forEach(picture -> all.add(new NoisyGradients(picture.canvas().pixels())));
    BatchedGradients.of(
        classifier,
        pictures.size(),
        noise.samples(),
        (picture, sample) -> noisy(pictures.get(picture), noise, sample),
        batch,
        (picture, sample, gradient) -> all.get(picture).add(gradient));
    return all;
  }

  /** The mean p(cat) of the noisy copies of a picture. */
  static double meanCat(
      DifferentiableClassifier classifier, Raster picture, NoiseOptions noise, int batch) {
    List<GrayImage> copies =
        IntStream.range(0, noise.samples()).mapToObj(i -> noisy(picture, noise, i)).toList();
    double sum = 0;
    for (float logit : BatchedGradients.logits(classifier, copies, batch)) {
      sum += Classifier.catProbability(logit);
    }
    return sum / noise.samples();
  }

  static GrayImage noisy(Raster picture, NoiseOptions noise, int sample) {
    SplitMix64 random = SplitMix64.stream(noise.seed(), "gradient noise", sample);
    float[] values = picture.grayValues();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (noise.sigma() * random.nextGaussian());
    }
    return new GrayImage(picture.canvas(), values);
  }

  private void add(float[] gradient) {
    count++;
    for (int i = 0; i < mean.length; i++) {
      double before = gradient[i] - mean[i];
      mean[i] += before / count;
      squares[i] += before * (gradient[i] - mean[i]);
    }
  }

  float[] mean() {
    float[] values = new float[mean.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) mean[i];
    }
    return values;
  }

  /** The population variance, divided by the number of samples. */
  float[] variance() {
    float[] values = new float[mean.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (squares[i] / count);
    }
    return values;
  }
}
