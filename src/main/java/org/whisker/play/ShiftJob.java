package org.whisker.play;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.saliency.Inputs;

/** Scores a picture at every shift along an axis. */
record ShiftJob(JobRequest.OfShifts request, Classifier classifier, JobControl control) {
  private static final int AT_ONCE = 16;

  /** Returns how it ended. */
  String run() {
    Canvas canvas = request.picture().canvas();
    Inputs.checkSize(classifier, canvas);
    boolean right = request.axis() == JobRequest.Axis.RIGHT;
    int shifts = right ? canvas.width() : canvas.height();
    List<Double> all = new ArrayList<>();
    for (int from = 0; from < shifts; from += AT_ONCE) {
      if (control.stopped().getAsBoolean()) {
        return JobControl.STOPPED;
      }
      List<GrayImage> some =
          IntStream.range(from, Math.min(shifts, from + AT_ONCE))
              .mapToObj(by -> rolled(request.picture(), right ? by : 0, right ? 0 : by))
              .toList();
      for (float logit : classifier.logits(some)) {
        all.add(Classifier.catProbability(logit));
      }
      control.progress(all.size(), shifts);
    }
    control
        .listener()
        .accept(
            new JobEvent.ShiftsDone(
                control.job(), request.axis(), request.model().toString(), List.copyOf(all)));
    return JobControl.DONE;
  }

  /** The picture moved to the right and down; what leaves it comes in on the other side. */
  static GrayImage rolled(GrayImage picture, int dx, int dy) {
    Canvas canvas = picture.canvas();
    float[] values = new float[canvas.pixels()];
    for (int i = 0; i < values.length; i++) {
      int x = Math.floorMod(canvas.x(i) - dx, canvas.width());
      int y = Math.floorMod(canvas.y(i) - dy, canvas.height());
      values[i] = picture.at(x, y);
    }
    return new GrayImage(canvas, values);
  }
}
