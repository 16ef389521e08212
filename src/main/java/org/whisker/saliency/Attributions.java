package org.whisker.saliency;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;

/** Runs any method on one picture. */
public final class Attributions {
  private final Classifier classifier;
  private final MethodSettings settings;
  private final int batch;
  private final IntConsumer progress;
  private final BooleanSupplier stopped;

  /**
   * For one classifier.
   *
   * @param batch how many pictures go through the network in one call, at least 1
   * @param progress told how many changed pictures are scored; not of gradients
   * @param stopped asked before each batch of changed pictures
   */
  public Attributions(
      Classifier classifier,
      MethodSettings settings,
      int batch,
      IntConsumer progress,
      BooleanSupplier stopped) {
    this.classifier = classifier;
    this.settings = settings;
    this.batch = Inputs.atLeast(1, "batch size", batch);
    this.progress = progress;
    this.stopped = stopped;
  }

  /**
   * The method's map of the picture.
   *
   * @return empty when stopped
   * @throws IllegalArgumentException where {@link Method#obstacle} says why it can't be, for an
   *     unknown layer, or a picture of another size
   */
  public Optional<Attribution> of(Method method, Raster picture) {
    method
        .obstacle(classifier, picture)
        .ifPresent(
            why -> {
              throw new IllegalArgumentException(why);
            });
    return switch (method) {
      case OCCLUSION -> occlusion(picture);
      case RISE -> rise(picture);
      case LEAVE_ONE_OUT -> leaveOneOut(picture);
      case SHAPLEY -> shapley(picture);
      case INTEGRATED_GRADIENTS -> integrated((DifferentiableClassifier) classifier, picture);
      case GRAD_CAM, GRAD_CAM_PLUS_PLUS -> cam(method, (FeatureClassifier) classifier, picture);
      case SMOOTHGRAD -> noisy(method, new SmoothGrad(settings.noise()), picture);
      case VARGRAD -> noisy(method, new VarGrad(settings.noise()), picture);
      case GRADIENT -> gradient(method, new InputGradient(), picture);
      case ABSOLUTE_GRADIENT -> gradient(method, new AbsoluteGradient(), picture);
      case GRADIENT_X_INPUT ->
          gradient(method, new GradientTimesInput(settings.baseline()), picture);
    };
  }

  private SaliencyMap map(SaliencyMethod<DifferentiableClassifier> method, Raster picture) {
    return method.maps((DifferentiableClassifier) classifier, List.of(picture), batch).get(0);
  }

  private Optional<Attribution> gradient(
      Method method, SaliencyMethod<DifferentiableClassifier> how, Raster picture) {
    return Optional.of(new Attribution.Builder(method, map(how, picture)).build());
  }

  private Optional<Attribution> noisy(
      Method method, SaliencyMethod<DifferentiableClassifier> how, Raster picture) {
    return Optional.of(
        new Attribution.Builder(method, map(how, picture))
            .with(Diagnostic.SAMPLES, settings.noise().samples())
            .build());
  }

  private Optional<Attribution> integrated(DifferentiableClassifier classifier, Raster picture) {
    IntegratedGradients.Result result =
        new IntegratedGradients(settings.baseline(), settings.steps())
            .results(classifier, List.of(picture), batch)
            .get(0);
    return Optional.of(
        new Attribution.Builder(Method.INTEGRATED_GRADIENTS, result.map())
            .with(Diagnostic.BASELINE_LOGIT, result.baselineLogit())
            .with(Diagnostic.COMPLETENESS_ERROR, result.completenessError())
            .build());
  }

  private Optional<Attribution> cam(Method method, FeatureClassifier classifier, Raster picture) {
    CamOptions options = settings.cam(method);
    List<SaliencyMap> grids =
        method == Method.GRAD_CAM
            ? new GradCam(options).grids(classifier, List.of(picture), batch)
            : new GradCamPlusPlus(options).grids(classifier, List.of(picture), batch);
    SaliencyMap map = options.upsampling().apply(grids.get(0), classifier.canvas());
    return Optional.of(new Attribution.Builder(method, map).with("grid", grids.get(0)).build());
  }

  private Optional<Attribution> occlusion(Raster picture) {
    return Occlusion.of(
            classifier,
            picture,
            settings.occlusion(),
            new Occlusion.Verification(settings.verified(), settings.seed()),
            batch,
            progress,
            stopped)
        .map(Attributions::of);
  }

  private static Attribution of(Occlusion found) {
    Coverage coverage = found.coverage();
    Attribution.Builder built =
        new Attribution.Builder(Method.OCCLUSION, found.map())
            .with("coverage", coverage.map())
            .with(Diagnostic.WINDOWS, found.windows())
            .with(Diagnostic.SCORED, found.scored())
            .with(Diagnostic.UNCHANGED, found.unchanged())
            .with(Diagnostic.DUPLICATES, found.duplicates())
            .with(Diagnostic.COVERAGE_MIN, coverage.min())
            .with(Diagnostic.COVERAGE_MAX, coverage.max());
    found
        .check()
        .ifPresent(
            check ->
                built
                    .with(Diagnostic.VERIFIED, check.compared())
                    .with(Diagnostic.LARGEST_DIFFERENCE, check.largestDifference()));
    return built.build();
  }

  private Optional<Attribution> rise(Raster picture) {
    Rise.Options options = settings.rise();
    return Rise.of(classifier, picture, options, batch, progress, stopped)
        .map(
            found ->
                new Attribution.Builder(Method.RISE, found.map())
                    .with("coverage", found.shown())
                    .with("standard-error", found.standardError())
                    .with(Diagnostic.SAMPLES, options.masks())
                    .with(Diagnostic.COVERAGE_MIN, extreme(found.shown(), true))
                    .with(Diagnostic.COVERAGE_MAX, extreme(found.shown(), false))
                    .with(Diagnostic.MEAN_STANDARD_ERROR, mean(found.standardError().values()))
                    .build());
  }

  private Optional<Attribution> leaveOneOut(Raster picture) {
    BlackPixels black = BlackOnWhite.of(picture).orElseThrow();
    return LeaveOneOut.of(classifier, black, batch, progress, stopped)
        .map(found -> new Attribution.Builder(Method.LEAVE_ONE_OUT, found.map()).build());
  }

  private Optional<Attribution> shapley(Raster picture) {
    BlackPixels black = BlackOnWhite.of(picture).orElseThrow();
    ShapleySampling.Options options = settings.shapley();
    return ShapleySampling.of(classifier, black, options, batch, progress, stopped)
        .map(
            found ->
                new Attribution.Builder(Method.SHAPLEY, found.map())
                    .with("standard-error", found.standardError())
                    .with(Diagnostic.BASELINE_LOGIT, found.whiteLogit())
                    .with(Diagnostic.COMPLETENESS_ERROR, found.completenessError())
                    .with(Diagnostic.SAMPLES, found.permutations())
                    .with(
                        Diagnostic.MEAN_STANDARD_ERROR,
                        found.pixels().stream()
                            .mapToDouble(ShapleySampling.Pixel::standardError)
                            .average()
                            .orElse(0))
                    .build());
  }

  private static double extreme(SaliencyMap map, boolean least) {
    double[] sorted = MethodAgreement.absolute(map);
    Arrays.sort(sorted);
    return sorted[least ? 0 : sorted.length - 1];
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
