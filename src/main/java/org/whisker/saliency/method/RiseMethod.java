package org.whisker.saliency.method;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Diagnostic;
import org.whisker.saliency.Method;
import org.whisker.saliency.MethodAgreement;
import org.whisker.saliency.MethodInput;
import org.whisker.saliency.Need;
import org.whisker.saliency.RiseOptions;
import org.whisker.saliency.SaliencyMethod;
import org.whisker.saliency.SignConvention;

/** {@link Rise} as one of the methods. */
public record RiseMethod(RiseOptions masks) implements SaliencyMethod {
  /** Description of the method. */
  public static final Method METHOD =
      new Method(
          "rise",
          Need.NONE,
          "logits",
          SignConvention.CONTENT_TOWARDS_NOT_CAT,
          "the effect of showing each pixel, over random masks",
          set -> new RiseMethod(set.rise()));

  public RiseMethod {
    Objects.requireNonNull(masks, "masks");
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return "%d masks of %dx%d cells, half shown, fill %s"
        .formatted(masks.masks(), masks.cells(), masks.cells(), masks.fill());
  }

  @Override
  public Optional<Attribution> explain(MethodInput in) {
    return Rise.of(in.classifier(), in.picture(), masks, in.batch(), in.progress(), in.stopped())
        .map(this::attribution);
  }

  private Attribution attribution(Rise found) {
    double[] shown = MethodAgreement.absolute(found.shown());
    Arrays.sort(shown);
    return new Attribution.Builder(METHOD, found.map())
        .with("coverage", found.shown())
        .with("standard-error", found.standardError())
        .with(Diagnostic.SAMPLES, masks.masks())
        .with(Diagnostic.COVERAGE_MIN, shown[0])
        .with(Diagnostic.COVERAGE_MAX, shown[shown.length - 1])
        .with(Diagnostic.MEAN_STANDARD_ERROR, mean(found.standardError().values()))
        .build();
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
