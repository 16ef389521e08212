package org.whisker.saliency.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Attribution.Diagnostic;
import org.whisker.saliency.BatchedGradients;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.MethodSettings.Baseline;
import org.whisker.saliency.MethodSettings.QuadratureSteps;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod.BatchedMethod;
import org.whisker.saliency.SaliencyMethod.MethodInput;

/**
 * Integrated gradients (Sundararajan, Taly and Yan, 2017, arXiv:1703.01365): the mean gradient
 * along the straight line from the baseline to the image, times their difference; by Gauss–Legendre
 * quadrature, as in Captum.
 *
 * <p>Shape: one value per pixel of the classifier's canvas. Unit: logits. Sign: above 0, the pixel
 * raises the logit against the target relative to its baseline. The values sum to logit(image) −
 * logit(baseline) up to {@link Result#completenessError()}.
 *
 * @param steps nodes of the quadrature
 */
public record IntegratedGradients(Baseline baseline, QuadratureSteps steps)
    implements BatchedMethod<DifferentiableClassifier> {
  public static final Method METHOD =
      new Method(
          "integrated-gradients",
          Need.GRADIENTS,
          "logits",
          SignConvention.CONTENT_TOWARDS_NOT_TARGET,
          "the mean gradient along the path from the baseline; sums to the change of the logit",
          set -> new IntegratedGradients(set.baseline(), set.steps()));

  /** Captum's default. */
  public static final int DEFAULT_STEPS = 50;

  /** Error of a map that is accepted, as a share of the change of the logit. */
  static final double TOLERANCE = 0.01;

  /** The error that is expected of the most steps, as a multiple of what is accepted. */
  private static final double HOPELESS = 4;

  /** Integrated gradients with a fixed number of steps, at least 1. */
  public IntegratedGradients(Baseline baseline, int steps) {
    this(baseline, QuadratureSteps.fixed(steps));
  }

  /**
   * The map of one image.
   *
   * @param logit the logit against the target, at the image
   * @param baselineLogit the logit against the target, at its baseline
   */
  public record Result(SaliencyMap map, double logit, double baselineLogit) {
    /**
     * Sum of the map minus {@code (logit - baselineLogit)}, in logits; 0 if the quadrature were
     * exact. If large relative to that difference, more steps are needed.
     */
    public double completenessError() {
      double sum = 0;
      for (float value : map.values()) {
        sum += value;
      }
      return sum - (logit - baselineLogit);
    }

    /** The mean of this map, of so many nodes, and another. */
    private Result mean(int nodes, Result other, int othersNodes) {
      float[] values = map.values();
      float[] others = other.map.values();
      for (int p = 0; p < values.length; p++) {
        values[p] = (nodes * values[p] + othersNodes * others[p]) / (nodes + othersNodes);
      }
      return new Result(METHOD.map(map.canvas(), values), logit, baselineLogit);
    }

    /** Size of the completeness error as a share of the logits' difference; 0 where both are 0. */
    double relativeError() {
      double error = Math.abs(completenessError());
      return error == 0 ? 0 : error / Math.abs(logit - baselineLogit);
    }
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return "baseline %s, %s".formatted(baseline.name(), steps.words());
  }

  /**
   * Takes more steps until the map adds up within 1 %. Each time it adds a rule of one node more
   * than there were: its nodes lie between theirs, and the mean of both, weighted by their nodes,
   * is about as good as one rule of them all. Where an error that falls as 1/n, as it does where
   * gradients have jumps, would still be far too large at the most steps, it ends.
   */
  @Override
  public Optional<Attribution> explain(MethodInput input) {
    int taken = steps.first();
    Result result = result(input, taken);
    while (taken < steps.most() && isWorthMore(taken, result.relativeError())) {
      int more = Math.min(taken + 1, steps.most() - taken);
      result = result.mean(taken, result(input, more), more);
      taken += more;
    }
    return Optional.of(
        new Attribution.Builder(METHOD, result.map())
            .with(Diagnostic.BASELINE_LOGIT, result.baselineLogit())
            .with(Diagnostic.COMPLETENESS_ERROR, result.completenessError())
            .with(Diagnostic.STEPS, taken)
            .build());
  }

  private boolean isWorthMore(int taken, double error) {
    return error > TOLERANCE && error * taken / steps.most() <= HOPELESS * TOLERANCE;
  }

  private Result result(MethodInput input, int taken) {
    return new IntegratedGradients(baseline, taken)
        .results(input.differentiable(), List.of(input.picture()), input.batch())
        .get(0);
  }

  @Override
  public List<SaliencyMap> maps(
      DifferentiableClassifier classifier, List<? extends Raster> pictures, int batch) {
    BatchedGradients.check(classifier, pictures, batch);
    return pictures.isEmpty() ? List.of() : new Paths(pictures).maps(classifier, batch);
  }

  /** The maps with the logits at both ends, in the order of the images. */
  public List<Result> results(
      DifferentiableClassifier classifier, List<? extends Raster> pictures, int batch) {
    List<SaliencyMap> maps = maps(classifier, pictures, batch);
    List<Raster> ends = new ArrayList<>(pictures);
    pictures.forEach(p -> ends.add(PlanarImage.of(p.canvas(), baseline.values(p))));
    float[] logits = BatchedGradients.logits(classifier, ends, batch);
    List<Result> results = new ArrayList<>(maps.size());
    for (int i = 0; i < maps.size(); i++) {
      results.add(new Result(maps.get(i), logits[i], logits[maps.size() + i]));
    }
    return results;
  }

  /** The straight paths from baselines to images. */
  private final class Paths {
    private final GaussLegendre rule = new GaussLegendre(steps.first());
    private final List<float[]> from = new ArrayList<>();
    private final List<float[]> differences = new ArrayList<>();
    private final List<double[]> means = new ArrayList<>();

    Paths(List<? extends Raster> pictures) {
      for (Raster picture : pictures) {
        float[] start = baseline.values(picture);
        float[] difference = picture.values();
        for (int p = 0; p < start.length; p++) {
          difference[p] -= start[p];
        }
        from.add(start);
        differences.add(difference);
        means.add(new double[start.length]);
      }
    }

    List<SaliencyMap> maps(DifferentiableClassifier classifier, int batch) {
      BatchedGradients.of(
          classifier,
          from.size(),
          steps.first(),
          (picture, i) -> PlanarImage.of(classifier.canvas(), at(picture, rule.node(i))),
          batch,
          (picture, i, gradient) -> add(means.get(picture), rule.weight(i), gradient));
      List<SaliencyMap> maps = new ArrayList<>(from.size());
      for (int picture = 0; picture < from.size(); picture++) {
        maps.add(
            METHOD.map(classifier.canvas(), times(means.get(picture), differences.get(picture))));
      }
      return maps;
    }

    private float[] at(int picture, double share) {
      float[] values = from.get(picture).clone();
      float[] difference = differences.get(picture);
      for (int p = 0; p < values.length; p++) {
        values[p] += (float) (share * difference[p]);
      }
      return values;
    }

    private static void add(double[] sum, double weight, float[] gradient) {
      for (int p = 0; p < sum.length; p++) {
        sum[p] += weight * gradient[p];
      }
    }

    private static float[] times(double[] mean, float[] difference) {
      float[] values = new float[mean.length];
      for (int p = 0; p < values.length; p++) {
        values[p] = (float) (mean[p] * difference[p]);
      }
      return values;
    }
  }

  /**
   * Gauss–Legendre quadrature on [0, 1] with {@code n} nodes, exact for polynomials up to degree
   * {@code 2n - 1}: nodes {@code ½(1 + root)} of the Legendre polynomial, ascending, and weights
   * that sum to 1.
   */
  static final class GaussLegendre {
    private final double[] nodes;
    private final double[] weights;

    GaussLegendre(int n) {
      nodes = new double[n];
      weights = new double[n];
      for (int i = 0; i < n; i++) {
        // Newton's method from Tricomi's initial guess: six steps are more than enough
        double root = -Math.cos(Math.PI * (i + 0.75) / (n + 0.5));
        for (int step = 0; step < 6; step++) {
          root -= legendre(n, root) / slope(n, root);
        }
        double slope = slope(n, root);
        nodes[i] = (1 + root) / 2;
        weights[i] = 1 / ((1 - root * root) * slope * slope);
      }
    }

    double node(int i) {
      return nodes[i];
    }

    double weight(int i) {
      return weights[i];
    }

    private static double legendre(int n, double x) {
      double before = 1;
      double value = x;
      for (int k = 2; k <= n; k++) {
        double next = ((2 * k - 1) * x * value - (k - 1) * before) / k;
        before = value;
        value = next;
      }
      return value;
    }

    private static double slope(int n, double x) {
      double below = n == 1 ? 1 : legendre(n - 1, x);
      return n * (x * legendre(n, x) - below) / (x * x - 1);
    }
  }

  /**
   * The straight line from a baseline to a picture.
   *
   * <p>A point on the path.
   *
   * @param from values of the baseline, in the picture's planes
   * @param share the share of the way, 0 to 1
   */
  static PlanarImage baselinePath(float[] from, Raster to, double share) {
    float[] values = to.values();
    for (int p = 0; p < values.length; p++) {
      values[p] = (float) (from[p] + share * (values[p] - from[p]));
    }
    return PlanarImage.of(to.canvas(), values);
  }
}
