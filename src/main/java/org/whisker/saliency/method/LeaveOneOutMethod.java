package org.whisker.saliency.method;

import java.util.Optional;
import org.whisker.classifier.Batches;
import org.whisker.classifier.LeaveOneOut;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.PatchScorer.PatchClassifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Patch;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.Method;
import org.whisker.saliency.Method.Need;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMap.SignConvention;
import org.whisker.saliency.SaliencyMethod;

/**
 * Leave-one-out attribution of each black pixel ({@link LeaveOneOut}): the logit against the target
 * with it minus that without it (white instead); 0 at white pixels. <b>Below 0: the pixel is
 * evidence for cat.</b> Redundant pixels mask each other's effect; {@code
 * ShapleyMethod.ShapleySampling} divides it among them.
 */
public record LeaveOneOutMethod() implements SaliencyMethod {
  public static final Method METHOD =
      new Method(
          "leave-one-out",
          Need.BLACK_PIXELS,
          "logits",
          SignConvention.CONTENT_TOWARDS_NOT_TARGET,
          "the effect of each black pixel, given all others",
          set -> new LeaveOneOutMethod());

  @Override
  public Method method() {
    return METHOD;
  }

  @Override
  public Optional<Attribution> explain(MethodInput in) {
    BlackPixels image = in.black();
    Canvas canvas = image.canvas();
    Inputs.checkSize(in.classifier(), canvas);
    try (PatchScorer scorer = PatchClassifier.best(in.classifier(), image)) {
      return LeaveOneOut.of(
              image,
              scorer.baseLogit(),
              pixel -> Patch.pixel(canvas.x(pixel), canvas.y(pixel), 1),
              scorer::logits,
              new Batches(in.batch(), in.progress(), in.stopped()))
          .map(found -> Attribution.of(METHOD, map(found)));
    }
  }

  private static SaliencyMap map(LeaveOneOut found) {
    BlackPixels image = found.image();
    double[] values = new double[image.canvas().pixels()];
    for (int i = 0; i < image.count(); i++) {
      values[image.get(i)] = found.added(i);
    }
    return METHOD.map(image.canvas(), values);
  }
}
