package org.whisker.feature.position;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.classifier.PatchClassifier;
import org.whisker.classifier.PatchScorer;
import org.whisker.job.JobContext;
import org.whisker.job.Progress;
import org.whisker.position.BlockMap;
import org.whisker.position.BlockProbe;
import org.whisker.position.Interactions;
import org.whisker.position.PairProbe;
import org.whisker.position.PixelPair;
import org.whisker.position.result.ProbeMode;
import org.whisker.position.result.ProbeTables;
import org.whisker.random.SplitMix64;
import org.whisker.saliency.method.InputGradient;

/** Measures a probe in its folder, from the start or from what was measured before. */
final class ProbeRun {
  private static final Duration SAVED_EVERY = Duration.ofSeconds(20);
  private static final Duration PACED_AFTER = Duration.ofSeconds(10);
  private static final Duration LONG = Duration.ofMinutes(15);

  private final JobContext context;
  private final DifferentiableClassifier classifier;
  private final ProbeSubject subject;
  private final ProbeFolder folder;
  private final BooleanSupplier stopped;
  private long savedAt;
  private boolean paced;

  ProbeRun(
      JobContext context,
      DifferentiableClassifier classifier,
      ProbeSubject subject,
      ProbeFolder folder,
      BooleanSupplier stopped) {
    this.context = context;
    this.classifier = classifier;
    this.subject = subject;
    this.folder = folder;
    this.stopped = stopped;
  }

  ProbeResult run() throws IOException {
    List<BlockProbe> probes = subject.probes();
    double[][] deltas = folder.load(probes, context::note);
    double baseline;
    try (PatchScorer scorer = PatchClassifier.best(classifier, subject.base())) {
      baseline = scorer.baseLogit();
      for (int i = 0; i < deltas.length; i++) {
        if (!measure(probes.get(i), scorer, deltas, i)) {
          folder.save(deltas);
          return new ProbeResult(folder.path(), false, List.of(), Optional.empty());
        }
      }
    }
    folder.save(deltas);
    float[] gradient = InputGradient.of(classifier, List.of(subject.base()), 1).get(0).values();
    List<ProbeMode> modes = new ArrayList<>();
    for (int i = 0; i < deltas.length; i++) {
      modes.add(mode(new BlockMap(probes.get(i), baseline, deltas[i]), gradient));
    }
    ProbeTables.write(folder.path(), modes, subject.base().canvas(), gradient, ProbeJob.RINGS);
    context.listener().tablesWritten(folder.path());
    Optional<Interactions> interactions = pairs(modes.get(0).map());
    boolean done = subject.pairs().isEmpty() || interactions.isPresent();
    if (done) {
      folder.finish();
    }
    return new ProbeResult(folder.path(), done, modes, interactions);
  }

  private boolean measure(BlockProbe probe, PatchScorer scorer, double[][] deltas, int which) {
    String task = probe.fill() == BlockProbe.Fill.BLACK ? "making black" : "making white";
    savedAt = context.clock().millis();
    long begun = savedAt;
    int before = (int) Arrays.stream(deltas[which]).filter(delta -> !Double.isNaN(delta)).count();
    try (Progress progress = context.progress(task, probe.places().pixels())) {
      return probe.measure(
          scorer,
          deltas[which],
          ProbeJob.BATCH,
          done -> {
            progress.stepTo(done);
            saveNowAndThen(deltas);
            noteLong(context.clock().millis() - begun, done - before, deltas[which].length - done);
          },
          stopped);
    }
  }

  /** Once, as soon as the pace is known: what a user can do who can't wait so long. */
  private void noteLong(long millis, int done, int left) {
    if (paced || millis < PACED_AFTER.toMillis() || done < 1) {
      return;
    }
    paced = true;
    Duration needed = Duration.ofMillis(millis / done * left);
    if (needed.compareTo(LONG) > 0) {
      context.note(
          ("%d places will take about %d min; --block 4 takes a sixteenth of it, and what Ctrl-C"
                  + " stops --resume goes on with")
              .formatted(left, needed.toMinutes()));
    }
  }

  private void saveNowAndThen(double[][] deltas) {
    long now = context.clock().millis();
    if (now - savedAt < SAVED_EVERY.toMillis()) {
      return;
    }
    try {
      folder.save(deltas);
      savedAt = now;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ProbeMode mode(BlockMap map, float[] gradient) {
    double[] predicted = map.probe().predicted(gradient);
    return new ProbeMode(
        map,
        Arrays.stream(predicted).boxed().toList(),
        map.agreement(predicted),
        map.byEdgeRank(stream("probe by edge rank")));
  }

  private SplitMix64 stream(String name) {
    return SplitMix64.stream(subject.config().seed(), name, 0);
  }

  /** Of the first mode: added pixels, unless only removing was asked for; empty when stopped. */
  private Optional<Interactions> pairs(BlockMap map) throws IOException {
    if (subject.pairs().isEmpty()) {
      return Optional.empty();
    }
    PairProbe drawn = subject.pairs().get();
    Optional<List<PixelPair>> pairs;
    try (Progress progress = context.progress("testing pairs", 3L * subject.config().pairs())) {
      pairs = drawn.measure(classifier, map, ProbeJob.BATCH, progress::stepTo, stopped);
    }
    if (pairs.isEmpty()) {
      return Optional.empty();
    }
    Interactions interactions = Interactions.of(pairs.get(), stream("interactions"));
    ProbeTables.write(folder.path(), map.canvas(), pairs.get(), interactions);
    return Optional.of(interactions);
  }
}
