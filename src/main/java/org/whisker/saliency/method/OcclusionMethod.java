package org.whisker.saliency.method;

import java.util.Objects;
import java.util.Optional;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Diagnostic;
import org.whisker.saliency.Method;
import org.whisker.saliency.MethodInput;
import org.whisker.saliency.Need;
import org.whisker.saliency.OcclusionOptions;
import org.whisker.saliency.SaliencyMethod;
import org.whisker.saliency.SignConvention;

/**
 * {@link Occlusion} as one of the methods.
 *
 * @param verification the windows to verify by full passes
 */
public record OcclusionMethod(OcclusionOptions window, Occlusion.Verification verification)
    implements SaliencyMethod {
  /** Description of the method. */
  public static final Method METHOD =
      new Method(
          "occlusion",
          Need.NONE,
          "logits",
          SignConvention.CONTENT_TOWARDS_NOT_CAT,
          "the mean effect of occluding a window, with a choice of border treatments",
          set ->
              new OcclusionMethod(
                  set.occlusion(), new Occlusion.Verification(set.verified(), set.seed())));

  public OcclusionMethod {
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(verification, "verification");
  }

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return "window %dx%d, stride %d, fill %s, %s"
        .formatted(
            window.width(), window.height(), window.stride(), window.fill(), window.border());
  }

  @Override
  public Optional<Attribution> explain(MethodInput in) {
    return Occlusion.of(
            in.classifier(),
            in.picture(),
            window,
            verification,
            in.batch(),
            in.progress(),
            in.stopped())
        .map(OcclusionMethod::attribution);
  }

  private static Attribution attribution(Occlusion found) {
    Coverage coverage = found.coverage();
    Attribution.Builder built =
        new Attribution.Builder(METHOD, found.map())
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
}
