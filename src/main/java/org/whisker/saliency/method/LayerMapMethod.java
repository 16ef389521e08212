package org.whisker.saliency.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.network.Network.FeatureShape;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.BatchedGradients;
import org.whisker.saliency.CamOptions;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.MethodSettings.Baseline;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod;
import org.whisker.saliency.method.IntegratedGradients.GaussLegendre;
import org.whisker.saliency.method.LayerMapMethod.LayerConductance;
import org.whisker.saliency.method.LayerMapMethod.LayerGradientTimesActivation;
import org.whisker.value.Text;

/** A map on the grid of a layer, brought to the picture's size. */
sealed interface LayerMapMethod extends SaliencyMethod
    permits LayerGradientTimesActivation,
        LayerConductance,
        LayerCam,
        ScoreCam,
        AblationCam,
        EigenCam {
  /** Which layer, and how its grid becomes a map. */
  CamOptions cam();

  /** The values on the grid, row-major; empty when stopped. */
  Optional<double[]> grid(MethodInput input);

  @Override
  default Optional<Attribution> explain(MethodInput input) {
    Inputs.checkSize(input.classifier(), input.picture().canvas());
    cam().check(input.features(), method().label());
    FeatureShape shape = input.features().shape(cam().layer());
    Canvas grid = new Canvas(shape.width(), shape.height());
    return grid(input)
        .map(values -> method().map(grid, values))
        .map(
            map ->
                new Attribution.Builder(
                        method(), cam().upsampling().apply(map, input.classifier().canvas()))
                    .with(Attribution.GRID, map)
                    .build());
  }

  default Features features(MethodInput input, Raster picture) {
    Features[] found = new Features[1];
    BatchedGradients.batchedFeatures(
        input.features(), cam().layer(), List.of(picture), 1, f -> found[0] = f);
    return found[0];
  }

  /** A value of each channel and position, summed over the channels. */
  static double[] sum(FeatureShape shape, Value value) {
    double[] sum = new double[shape.height() * shape.width()];
    for (int c = 0; c < shape.channels(); c++) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += value.at(c, i / shape.width(), i % shape.width());
      }
    }
    return sum;
  }

  /** A value for a channel and position of the layer. */
  @FunctionalInterface
  interface Value {
    double at(int channel, int y, int x);
  }

  /**
   * Layer gradient × activation, as Captum's {@code LayerGradientXActivation} summed over channels:
   * what each position of a layer adds to the logit, to first order and relative to features of 0.
   * It is HiResCAM (Draelos and Carin, 2020, arXiv:2011.08891), too.
   *
   * <p>Shape: one value per pixel of the classifier's canvas, upsampled from the layer's grid.
   * Unit: logits. Sign: above 0, the features there are evidence for not-cat.
   */
  record LayerGradientTimesActivation(CamOptions cam) implements LayerMapMethod {
    public static final Method METHOD =
        new Method(
            "layer-gradient-x-activation",
            Need.FEATURES,
            "logits",
            SignConvention.FEATURES_TOWARDS_NOT_TARGET,
            "a layer's feature maps times their gradients, position by position",
            set -> new LayerGradientTimesActivation(set.cam(CamOptions.Target.NOT_CAT)));

    @Override
    public Method method() {
      return METHOD;
    }

    @Override
    public String options() {
      return cam.described();
    }

    @Override
    public Optional<double[]> grid(MethodInput input) {
      Features of = features(input, input.picture());
      return Optional.of(
          LayerMapMethod.sum(
              of.shape(), (c, y, x) -> (double) of.activation(c, y, x) * of.gradient(c, y, x)));
    }
  }

  /**
   * Layer conductance (Dhamdhere, Sundararajan and Yan, 2018, arXiv:1805.12233), as Captum's {@code
   * LayerConductance} summed over channels: integrated gradients as they flow through a layer.
   * Along the path from the baseline to the image (nodes of a Gauss–Legendre quadrature), the
   * gradient with respect to the layer times the layer's change until the next node.
   *
   * <p>Shape: one value per pixel of the classifier's canvas, upsampled from the layer's grid.
   * Unit: logits. Sign: above 0, the change of the features there is evidence for not-cat. On the
   * grid, the sum is about logit(image) − logit(baseline).
   *
   * @param steps intervals on the path, at least 1
   */
  record LayerConductance(CamOptions cam, Baseline baseline, int steps) implements LayerMapMethod {
    public static final Method METHOD =
        new Method(
            "layer-conductance",
            Need.FEATURES,
            "logits",
            SignConvention.FEATURES_TOWARDS_NOT_TARGET,
            "integrated gradients as they flow through a layer",
            set ->
                new LayerConductance(
                    set.cam(CamOptions.Target.NOT_CAT), set.baseline(), set.steps().first()));

    /** Maps of an early layer take tens of megabytes for each node. */
    private static final int TOGETHER = 8;

    public LayerConductance {
      Inputs.atLeast(1, "steps", steps);
    }

    @Override
    public Method method() {
      return METHOD;
    }

    @Override
    public String options() {
      return Text.of("%s, baseline %s, %d steps", cam.described(), baseline.name(), steps);
    }

    @Override
    public Optional<double[]> grid(MethodInput input) {
      FeatureShape shape = input.features().shape(cam.layer());
      double[] sum = new double[shape.height() * shape.width()];
      GaussLegendre rule = new GaussLegendre(steps + 1);
      float[] start = baseline.values(input.picture());
      int together = Math.min(TOGETHER, input.batch());
      List<Features> here = new ArrayList<>();
      for (int from = 0; from <= steps; from += together) {
        if (input.stopped().getAsBoolean()) {
          return Optional.empty();
        }
        List<PlanarImage> some =
            IntStream.range(from, Math.min(steps + 1, from + together))
                .mapToObj(
                    i -> IntegratedGradients.baselinePath(start, input.picture(), rule.node(i)))
                .toList();
        here.addAll(input.features().features(cam.layer(), some));
        for (int i = 1; i < here.size(); i++) {
          add(sum, flow(here.get(i - 1), here.get(i)));
        }
        here.subList(0, here.size() - 1).clear(); // the last begins the next interval
      }
      return Optional.of(sum);
    }

    private static double[] flow(Features from, Features to) {
      return LayerMapMethod.sum(
          from.shape(),
          (c, y, x) ->
              (double) from.gradient(c, y, x)
                  * (to.activation(c, y, x) - from.activation(c, y, x)));
    }

    private static void add(double[] sum, double[] more) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += more[i];
      }
    }
  }
}
