package org.whisker.feature.play;

import java.io.IOException;
import java.util.Optional;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.PatchScorer.PatchClassifier;
import org.whisker.feature.play.JobDesk.JobControl;
import org.whisker.feature.play.JobDesk.JobEvent;
import org.whisker.feature.play.JobDesk.JobRequest;
import org.whisker.feature.saliency.MethodConfig;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.job.InvalidRequestException;
import org.whisker.position.BlockMap.BlockProbe;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.Method;
import org.whisker.saliency.MethodSettings;
import org.whisker.saliency.SaliencyMap;
import org.whisker.saliency.SaliencyMethod;
import org.whisker.saliency.SaliencyMethod.MethodInput;
import org.whisker.saliency.method.Methods;

/** Makes a map of a picture. */
record MapJob(JobRequest.OfMap request, DifferentiableClassifier classifier, JobControl control) {
  private static final long SEED = 1;

  /** Returns how it ended. */
  String run() throws IOException {
    Inputs.checkSize(classifier, request.picture().canvas());
    Optional<JobEvent.MapDone> map =
        request.kind() == JobRequest.MapKind.PROBE ? probe() : saliency();
    map.ifPresent(control.listener());
    return map.isPresent() ? JobControl.DONE : JobControl.STOPPED;
  }

  /** Ink that is neither black nor white is probed as the one that it is nearer to. */
  private Optional<JobEvent.MapDone> probe() {
    BlockProbe.Fill fill =
        request.tones().ink().gray() < 0.5f ? BlockProbe.Fill.BLACK : BlockProbe.Fill.WHITE;
    BlockProbe probe = new BlockProbe(request.picture(), 1, fill);
    double[] delta = probe.unmeasured();
    try (PatchScorer scorer = PatchClassifier.best(classifier, request.picture())) {
      boolean done =
          probe.measure(
              scorer,
              delta,
              control.batch(),
              n -> control.progress(n, delta.length),
              control.stopped());
      return done ? Optional.of(probed(delta, fill)) : Optional.empty();
    }
  }

  private JobEvent.MapDone probed(double[] delta, BlockProbe.Fill fill) {
    float[] values = new float[delta.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) delta[i];
    }
    String colour = fill == BlockProbe.Fill.BLACK ? "black" : "white";
    return done(
        values,
        "Δlogit against the target",
        "what making the pixel "
            + colour
            + " does: red is towards the target, blue is away from it",
        "");
  }

  private Optional<JobEvent.MapDone> saliency() throws IOException {
    Method method = Methods.named(request.kind().label());
    PlanarImage picture = request.picture();
    method
        .obstacle(classifier, picture)
        .ifPresent(
            why -> {
              throw new InvalidRequestException(why);
            });
    MethodSettings settings =
        MethodConfig.standard().settings(classifier, picture, request.tones(), SEED);
    SaliencyMethod set = method.with(settings);
    long total =
        request.kind() == JobRequest.MapKind.OCCLUSION
            ? settings.occlusion().windows(picture.canvas())
            : 1;
    return set.explain(
            new MethodInput(
                classifier,
                picture,
                control.batch(),
                n -> control.progress(n, total),
                control.stopped()))
        .map(found -> found(found, set.options()));
  }

  private JobEvent.MapDone found(Attribution found, String options) {
    SaliencyMap map = found.map();
    String meaning =
        switch (request.kind()) {
          case GRADIENT -> "red: lighter there is more cat; blue: lighter there is less cat";
          case OCCLUSION -> "red: what is there speaks for cat; blue: against it";
          default -> "red: the features there speak for cat; blue: against it";
        };
    return done(map.values(), map.unit(), meaning, options);
  }

  private JobEvent.MapDone done(float[] values, String unit, String meaning, String options) {
    Canvas canvas = request.picture().canvas();
    return new JobEvent.MapDone(
        control.job(),
        request.kind(),
        request.model().toString(),
        canvas,
        values,
        unit,
        meaning,
        options);
  }
}
