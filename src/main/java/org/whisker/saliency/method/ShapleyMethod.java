package org.whisker.saliency.method;

import java.util.Objects;
import java.util.Optional;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Diagnostic;
import org.whisker.saliency.Method;
import org.whisker.saliency.MethodInput;
import org.whisker.saliency.Need;
import org.whisker.saliency.SaliencyMethod;
import org.whisker.saliency.ShapleyOptions;
import org.whisker.saliency.SignConvention;

/** {@link ShapleySampling} as one of the methods. */
public record ShapleyMethod(ShapleyOptions orders) implements SaliencyMethod {
  /** Description of the method. */
  public static final Method METHOD =
      new Method(
          "shapley",
          Need.BLACK_PIXELS,
          "logits",
          SignConvention.CONTENT_TOWARDS_NOT_CAT,
          "the logit divided among the black pixels by Shapley values, with standard errors",
          set -> new ShapleyMethod(set.shapley()));

  public ShapleyMethod {
    Objects.requireNonNull(orders, "orders");
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return orders.permutations() + " orders";
  }

  @Override
  public Optional<Attribution> explain(MethodInput in) {
    return ShapleySampling.of(
            in.classifier(), in.black(), orders, in.batch(), in.progress(), in.stopped())
        .map(ShapleyMethod::attribution);
  }

  private static Attribution attribution(ShapleySampling found) {
    return new Attribution.Builder(METHOD, found.map())
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
        .build();
  }
}
