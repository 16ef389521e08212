package org.whisker.saliency;

import java.util.Locale;
import org.whisker.classifier.FeatureClassifier;
import org.whisker.image.Canvas;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod.NoMapException;
import org.whisker.value.Text;

/**
 * Options of a class activation map.
 *
 * @param layer whose feature maps are weighted; its name or that of its stage
 * @param relu whether negative values (evidence against the target) are set to 0
 */
public record CamOptions(String layer, Target target, boolean relu, Upsampling upsampling) {
  /** The score that is differentiated. The networks have a single logit, that of not-cat. */
  public enum Target {
    /** The logit itself: values above 0 are evidence against cat. */
    NOT_CAT(1, SignConvention.FEATURES_TOWARDS_NOT_TARGET),
    /** The negated logit: values above 0 are evidence for cat. */
    CAT(-1, SignConvention.FEATURES_TOWARDS_TARGET);

    private final int factor;
    private final SignConvention sign;

    Target(int factor, SignConvention sign) {
      this.factor = factor;
      this.sign = sign;
    }

    /** The factor of the logit, and thus of its gradient: 1 or −1. */
    public int factor() {
      return factor;
    }

    public SignConvention sign() {
      return sign;
    }
  }

  /** The options in a few words, for a row of a table. */
  public String described() {
    return "layer " + layer + (upsampling == Upsampling.NEAREST ? "" : ", " + upsampling);
  }

  /**
   * Checks that the layer has places to map.
   *
   * @throws NoMapException naming a layer that has, if there is one
   */
  public void check(FeatureClassifier classifier, String method) {
    if (classifier.hasPlaces(layer)) {
      return;
    }
    String other =
        classifier.stages().stream()
            .filter(classifier::hasPlaces)
            .reduce((first, last) -> last)
            .map(name -> "; a layer before them can be named by --layer " + name)
            .orElse("");
    throw new NoMapException(
        Text.of(
            "%s needs a map of places; layer %s of %s holds tokens or their pairs%s",
            method, layer, classifier.name(), other));
  }

  /** The logit itself, no ReLU, nearest-neighbour upsampling: Captum's defaults. */
  public static CamOptions at(String layer) {
    return new CamOptions(layer, Target.NOT_CAT, false, Upsampling.NEAREST);
  }

  /** Upsampling of a map from a layer's grid to pixels, as PyTorch's {@code interpolate} does. */
  public enum Upsampling {
    /** Each pixel takes the value of the cell that contains its upper left corner. */
    NEAREST,
    /**
     * Bilinear between cell centres, constant beyond the outermost ({@code align_corners=False}).
     */
    BILINEAR,
    /**
     * Bilinear, the outermost cells' centres on the outermost pixels ({@code align_corners=True}),
     * as pytorch-grad-cam's masks.
     */
    BILINEAR_ALIGNED;

    /**
     * Reads {@code nearest} or {@code bilinear}, the two of Captum's {@code
     * LayerAttribution.interpolate}.
     */
    public static Upsampling parse(String text) {
      return switch (text) {
        case "nearest" -> NEAREST;
        case "bilinear" -> BILINEAR;
        default ->
            throw new IllegalArgumentException("must be nearest or bilinear, was '" + text + "'");
      };
    }

    /** Name in options and files. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The map resampled to another canvas. */
    public SaliencyMap apply(SaliencyMap map, Canvas to) {
      float[] values = new float[to.pixels()];
      for (int i = 0; i < values.length; i++) {
        values[i] = this == NEAREST ? nearest(map, to, i) : bilinear(map, to, i);
      }
      return new SaliencyMap(to, values, map.unit(), map.method(), map.sign());
    }

    private static float nearest(SaliencyMap map, Canvas to, int index) {
      Canvas grid = map.canvas();
      int x = (int) ((long) to.x(index) * grid.width() / to.width());
      int y = (int) ((long) to.y(index) * grid.height() / to.height());
      return map.at(x, y);
    }

    private float bilinear(SaliencyMap map, Canvas to, int index) {
      Canvas grid = map.canvas();
      double x = place(to.x(index), to.width(), grid.width());
      double y = place(to.y(index), to.height(), grid.height());
      double upper = between(map, x, (int) y);
      double lower = between(map, x, Math.min((int) y + 1, grid.height() - 1));
      return (float) (upper + (y - Math.floor(y)) * (lower - upper));
    }

    /**
     * Coordinate of the centre of pixel {@code i} of {@code pixels} along an axis of {@code cells}.
     */
    private double place(int i, int pixels, int cells) {
      if (this == BILINEAR_ALIGNED) {
        return pixels == 1 ? 0 : (double) i * (cells - 1) / (pixels - 1);
      }
      double centre = (i + 0.5) * cells / pixels - 0.5;
      return Math.min(Math.max(centre, 0), cells - 1);
    }

    private static double between(SaliencyMap map, double x, int y) {
      double left = map.at((int) x, y);
      double right = map.at(Math.min((int) x + 1, map.canvas().width() - 1), y);
      return left + (x - Math.floor(x)) * (right - left);
    }
  }
}
