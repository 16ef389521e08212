package org.whisker.saliency.method;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.whisker.classifier.FeatureClassifier.Features;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.network.Network.FeatureShape;
import org.whisker.saliency.BatchedGradients;
import org.whisker.saliency.CamOptions;
import org.whisker.saliency.CamOptions.Upsampling;
import org.whisker.saliency.Fill;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;

/**
 * Score-CAM (Wang et al., 2020, arXiv:1910.01279), as in pytorch-grad-cam: a layer's feature maps,
 * each weighted by how much of a cat the image is where it shows through that map alone. The scores
 * of the images (here the negated logit against the target) go through a softmax over the channels.
 *
 * <p>Shape: one value per pixel of the classifier's canvas, upsampled from the layer's grid. Unit:
 * that of the layer's features. Sign: above 0, the features there speak for cat. Scores as many
 * images as the layer has channels.
 *
 * @param fill what is seen where a map does not let the image through; black in the paper
 */
public record ScoreCam(CamOptions cam, Fill fill) implements LayerMapMethod {
  public static final Method METHOD =
      new Method(
          "score-cam",
          Need.FEATURES,
          "features",
          SignConvention.FEATURES_TOWARDS_TARGET,
          "a layer's feature maps, weighted by p(target) of the image seen through each",
          set -> new ScoreCam(set.cam(CamOptions.Target.CAT), set.occlusion().fill()));

  /**
   * A map with a smaller range is taken for constant, and is 0 everywhere, as in pytorch-grad-cam.
   */
  private static final double LEAST_RANGE = 1e-8;

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return "%s, fill %s".formatted(cam.described(), fill);
  }

  @Override
  public Optional<double[]> grid(MethodInput input) {
    Features of = features(input, input.picture());
    int channels = of.shape().channels();
    double[] scores = new double[channels];
    for (int from = 0; from < channels; from += input.batch()) {
      if (input.stopped().getAsBoolean()) {
        return Optional.empty();
      }
      int to = Math.min(channels, from + input.batch());
      List<PlanarImage> seen = new ArrayList<>();
      for (int c = from; c < to; c++) {
        seen.add(through(input, of, c));
      }
      float[] logits = BatchedGradients.logits(input.classifier(), seen, input.batch());
      for (int c = from; c < to; c++) {
        scores[c] = -logits[c - from];
      }
      input.progress().accept(to);
    }
    double[] weights = softmax(scores);
    return Optional.of(
        LayerMapMethod.sum(of.shape(), (c, y, x) -> weights[c] * of.activation(c, y, x)));
  }

  private PlanarImage through(MethodInput input, Features of, int channel) {
    Canvas canvas = input.picture().canvas();
    float[] mask = mask(of, channel, canvas);
    float[] values = input.picture().values();
    float[] hidden = fill.of(input.picture()).values();
    for (int p = 0; p < values.length; p++) {
      values[p] = hidden[p] + mask[p % mask.length] * (values[p] - hidden[p]);
    }
    return PlanarImage.of(canvas, values);
  }

  /** A feature map at the picture's size, from 0 to 1. */
  private static float[] mask(Features of, int channel, Canvas canvas) {
    FeatureShape shape = of.shape();
    Canvas grid = new Canvas(shape.width(), shape.height());
    float[] values = new float[grid.pixels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = of.activation(channel, grid.y(i), grid.x(i));
    }
    float[] mask =
        Upsampling.BILINEAR_ALIGNED
            .apply(new SaliencyMap(grid, values, "", "mask", METHOD.sign()), canvas)
            .values();
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float value : mask) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (float) ((mask[i] - low) / ((double) high - low + LEAST_RANGE));
    }
    return mask;
  }

  private static double[] softmax(double[] scores) {
    double most = Arrays.stream(scores).max().orElse(0);
    double[] weights = Arrays.stream(scores).map(score -> Math.exp(score - most)).toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }
}
