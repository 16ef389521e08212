package org.whisker.saliency.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.DifferentiableClassifier.LogitGradient;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.BatchedGradients;
import org.whisker.saliency.MethodSettings.NoiseOptions;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMethod.BatchedMethod;
import org.whisker.saliency.SaliencyMethod.MethodInput;
import org.whisker.saliency.method.SmoothGrad.VarGrad;

/**
 * Mean and variance by pixel and plane of one image's gradients under noise (Welford's algorithm).
 */
final class NoisyGradients {
  /** A class that is lost is seen before all copies are done. */
  private static final int TOGETHER = 8;

  private final double[] mean;
  private final double[] squares;
  private int count;
  private double catSum;

  private NoisyGradients(int values) {
    mean = new double[values];
    squares = new double[values];
  }

  static List<NoisyGradients> of(
      DifferentiableClassifier classifier,
      List<? extends Raster> pictures,
      NoiseOptions noise,
      int batch) {
    BatchedGradients.check(classifier, pictures, batch);
    List<NoisyGradients> all = new ArrayList<>(pictures.size());
    pictures.forEach(picture -> all.add(new NoisyGradients(picture.values().length)));
    BatchedGradients.of(
        classifier,
        pictures.size(),
        noise.samples(),
        (picture, sample) -> noisy(pictures.get(picture), noise, sample),
        batch,
        (picture, sample, gradient) -> all.get(picture).add(gradient));
    return all;
  }

  /** Of a picture under noise of the sigma that keeps its class, where that was asked for. */
  private static Kept kept(MethodInput input, NoiseOptions asked) {
    boolean cat = input.classifier().logits(List.of(input.picture()))[0] < 0;
    NoiseOptions used = asked;
    Optional<NoisyGradients> found = keeping(input, used, cat);
    while (found.isEmpty()) {
      used = used.halved();
      found = keeping(input, used, cat);
    }
    return new Kept(used, found.get());
  }

  /** Empty as soon as the copies can no longer be of the class, if there is less noise to try. */
  private static Optional<NoisyGradients> keeping(
      MethodInput input, NoiseOptions noise, boolean cat) {
    Raster picture = input.picture();
    NoisyGradients all = new NoisyGradients(picture.values().length);
    while (all.count < noise.samples()) {
      int to = Math.min(noise.samples(), all.count + Math.min(TOGETHER, input.batch()));
      List<PlanarImage> some =
          IntStream.range(all.count, to).mapToObj(i -> noisy(picture, noise, i)).toList();
      for (LogitGradient each : input.differentiable().logitGradients(some)) {
        all.add(each.gradient());
        all.catSum += Classifier.catProbability(each.logit());
      }
      double most = all.catSum + (cat ? noise.samples() - all.count : 0);
      if (most > noise.samples() / 2.0 != cat && noise.canBeHalved()) {
        return Optional.empty();
      }
    }
    return Optional.of(all);
  }

  /** The mean p(target) of the noisy copies of a picture. */
  static double meanCat(
      DifferentiableClassifier classifier, Raster picture, NoiseOptions noise, int batch) {
    List<PlanarImage> copies =
        IntStream.range(0, noise.samples()).mapToObj(i -> noisy(picture, noise, i)).toList();
    double sum = 0;
    for (float logit : BatchedGradients.logits(classifier, copies, batch)) {
      sum += Classifier.catProbability(logit);
    }
    return sum / noise.samples();
  }

  static PlanarImage noisy(Raster picture, NoiseOptions noise, int sample) {
    SplitMix64 random = SplitMix64.stream(noise.seed(), "gradient noise", sample);
    float[] values = picture.values();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (noise.sigma() * random.nextGaussian());
    }
    return PlanarImage.of(picture.canvas(), values);
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

  /** A statistic of the gradient over noisy copies of the picture. */
  sealed interface NoisyGradientMethod extends BatchedMethod<DifferentiableClassifier>
      permits SmoothGrad, VarGrad {
    /** How much noise, and how many copies. */
    NoiseOptions noise();

    /** The statistic, a value for each value of the picture. */
    float[] statistic(NoisyGradients gradients);

    @Override
    default String options() {
      return noise().words();
    }

    @Override
    default Optional<Attribution> explain(MethodInput input) {
      DifferentiableClassifier classifier = input.differentiable();
      BatchedGradients.check(classifier, List.of(input.picture()), input.batch());
      Kept kept = NoisyGradients.kept(input, noise());
      NoisyGradients gradients = kept.gradients();
      return Optional.of(
          new Attribution.Builder(method(), method().map(classifier.canvas(), statistic(gradients)))
              .with(Diagnostic.SAMPLES, gradients.count)
              .with(Diagnostic.NOISE, kept.noise().sigma())
              .with(Diagnostic.NOISY_P_TARGET, gradients.catSum / gradients.count)
              .build());
    }

    @Override
    default List<SaliencyMap> maps(
        DifferentiableClassifier classifier, List<? extends Raster> pictures, int batch) {
      return NoisyGradients.of(classifier, pictures, noise(), batch).stream()
          .map(gradients -> method().map(classifier.canvas(), statistic(gradients)))
          .toList();
    }
  }

  private record Kept(NoiseOptions noise, NoisyGradients gradients) {}

  /**
   * The noise under which a picture stays of its class, where that was asked for.
   *
   * @param noise the noise that is used
   * @param pTarget mean p(target) of the noisy copies
   */
  record KeptClass(NoiseOptions noise, double pTarget) {
    static KeptClass of(MethodInput input, NoiseOptions asked) {
      DifferentiableClassifier classifier = input.differentiable();
      Raster picture = input.picture();
      boolean cat = classifier.logits(List.of(picture))[0] < 0;
      NoiseOptions used = asked;
      double p = NoisyGradients.meanCat(classifier, picture, used, input.batch());
      while (p > 0.5 != cat && used.canBeHalved()) {
        used = used.halved();
        p = NoisyGradients.meanCat(classifier, picture, used, input.batch());
      }
      return new KeptClass(used, p);
    }
  }
}
