package org.whisker.saliency.method;

import java.util.Optional;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Method;
import org.whisker.saliency.MethodInput;
import org.whisker.saliency.Need;
import org.whisker.saliency.SaliencyMethod;
import org.whisker.saliency.SignConvention;

/** {@link LeaveOneOut} as one of the methods. */
public record LeaveOneOutMethod() implements SaliencyMethod {
  /** Its name, and what its map means. */
  public static final Method METHOD =
      new Method(
          "leave-one-out",
          Need.BLACK_PIXELS,
          "logits",
          SignConvention.CONTENT_TOWARDS_CAT,
          "what each black pixel does for the picture it is in",
          set -> new LeaveOneOutMethod());

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public String options() {
    return "";
  }

  @Override
  public Optional<Attribution> explain(MethodInput in) {
    return LeaveOneOut.of(in.classifier(), in.black(), in.batch(), in.progress(), in.stopped())
        .map(found -> Attribution.of(METHOD, found.map()));
  }
}
