package org.whisker.feature.play;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.evolution.Evolution;
import org.whisker.evolution.Evolution.GenerationListener;
import org.whisker.evolution.Evolution.RunResult;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.feature.play.JobDesk.JobEvent;
import org.whisker.feature.play.JobDesk.JobRequest;
import org.whisker.feature.play.PlayModels.ModelChoice;
import org.whisker.image.GrayImage;
import org.whisker.image.Tones;

class JobDeskTest {
  private static final long PATIENCE_SECONDS = 300;
  private static final ModelChoice SUM = ModelChoice.of(SumModels.FIRST);

  private final SumModels models = new SumModels();
  private final BlockingQueue<JobEvent> events = new LinkedBlockingQueue<>();
  private final JobDesk desk = new JobDesk(models, events::add, System::nanoTime);

  @AfterEach
  void close() {
    desk.close();
    assertEquals(0, models.open());
  }

  private <E extends JobEvent> E next(Class<E> type) throws InterruptedException {
    for (JobEvent event = poll(); ; event = poll()) {
      if (type.isInstance(event)) {
        return type.cast(event);
      }
    }
  }

  private JobEvent poll() throws InterruptedException {
    return Optional.ofNullable(events.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).orElseThrow();
  }

  private static JobRequest map(JobRequest.MapKind kind) {
    return new JobRequest.OfMap(Pictures.black(5, 70), Tones.standard(), SUM, kind);
  }

  @Test
  void aProbeMapPredictsTheScoreOfEachPixel() throws Exception {
    desk.start(map(JobRequest.MapKind.PROBE));
    JobEvent.MapDone map = next(JobEvent.MapDone.class);
    double before = SumModels.logit(Pictures.black(5, 70));
    assertEquals(SumModels.logit(Pictures.black(5, 70, 9)) - before, map.values()[9], 1e-5);
    assertEquals(0, map.values()[5], 0, "it is black");
    assertEquals("done", next(JobEvent.Ended.class).how());
  }

  @Test
  void whiteInkIsProbedAsWhite() throws Exception {
    GrayImage black = GrayImage.filled(SumModels.CANVAS, 0);
    desk.start(new JobRequest.OfMap(black, new Tones(0, 1), SUM, JobRequest.MapKind.PROBE));
    JobEvent.MapDone map = next(JobEvent.MapDone.class);
    assertTrue(map.meaning().contains("white"), map.meaning());
    assertEquals(-11 / 64.0, map.values()[15], 1e-5, "white there takes its weight away");
  }

  @ParameterizedTest
  @EnumSource(
      value = JobRequest.MapKind.class,
      names = {"GRADIENT", "OCCLUSION"})
  void aMapOfAnyModel(JobRequest.MapKind kind) throws Exception {
    desk.start(map(kind));
    JobEvent.MapDone map = next(JobEvent.MapDone.class);
    assertEquals(SumModels.CANVAS.pixels(), map.values().length);
    assertEquals(kind, map.kind());
  }

  @Test
  void whatAModelCannotDoIsSaid() throws Exception {
    desk.start(map(JobRequest.MapKind.GRAD_CAM));
    String why = next(JobEvent.Failed.class).message();
    assertTrue(why.contains("layers"), why);
    desk.start(map(JobRequest.MapKind.GRADIENT));
    assertEquals("done", next(JobEvent.Ended.class).how());
  }

  @Test
  void anErrorIsAFailureAndTheNextJobIsDone() throws Exception {
    models.fail(new OutOfMemoryError("Java heap space"));
    desk.start(map(JobRequest.MapKind.PROBE));
    JobEvent ended = poll();
    while (!(ended instanceof JobEvent.Failed) && !(ended instanceof JobEvent.Ended)) {
      ended = poll();
    }
    assertEquals(JobEvent.Failed.class, ended.getClass(), ended.toString());
    models.fail(null);
    desk.start(map(JobRequest.MapKind.PROBE));
    assertEquals("done", next(JobEvent.Ended.class).how());
  }

  @Test
  void everyShiftIsScored() throws Exception {
    GrayImage picture = Pictures.black(5, 70);
    desk.start(new JobRequest.OfShifts(picture, Tones.standard(), SUM, JobRequest.Axis.RIGHT));
    JobEvent.ShiftsDone done = next(JobEvent.ShiftsDone.class);
    assertEquals(SumModels.CANVAS.width(), done.pTarget().size());
    // (5, 0) and (6, 4), 12 to the right of 16 columns
    double logit = SumModels.logit(Pictures.black(1, 66));
    assertEquals(Classifier.catProbability(logit), done.pTarget().get(12), 1e-6);
    assertEquals(picture, JobDesk.ShiftJob.rolled(JobDesk.ShiftJob.rolled(picture, 3, -5), -3, 5));
  }

  @Test
  void aSearchIsThatOfEvolve() throws Exception {
    desk.start(new JobRequest.OfEvolution(SUM, Tones.standard(), "quick", 4, 12));
    JobEvent.Generation last = next(JobEvent.Generation.class);
    while (last.generation() < 12) {
      last = next(JobEvent.Generation.class);
    }
    EvolutionOptions options = EvolutionOptions.quick().withGenerations(12);
    try (DifferentiableClassifier classifier = models.open(SUM)) {
      RunResult result = Evolution.of(options, classifier, 32).run(4, GenerationListener.none());
      assertArrayEquals(result.best().genome().indices(), last.pixels());
      assertEquals(result.evaluations(), last.evaluations());
      assertTrue(last.pTarget() > 0.5, "p " + last.pTarget());
    }
    assertEquals("generations", next(JobEvent.Ended.class).how());
  }

  @Test
  void aSearchIsStopped() throws Exception {
    desk.start(new JobRequest.OfEvolution(SUM, Tones.standard(), "question", 1, 10_000));
    next(JobEvent.Generation.class);
    desk.stop();
    assertEquals("stopped", next(JobEvent.Ended.class).how());
  }

  @Test
  void aMapIsStopped() throws Exception {
    SumModels.Gate gate = models.hold();
    long job = desk.start(map(JobRequest.MapKind.OCCLUSION));
    desk.stop();
    gate.open();
    JobEvent.Ended ended = next(JobEvent.Ended.class);
    assertEquals(job, ended.job());
    assertEquals("stopped", ended.how());
  }

  @Test
  void aNewJobEndsTheOnesBefore() throws Exception {
    SumModels.Gate gate = models.hold();
    long first = desk.start(map(JobRequest.MapKind.PROBE));
    long last = first;
    for (int i = 0; i < 50; i++) {
      last = desk.start(map(JobRequest.MapKind.PROBE));
    }
    gate.open();
    int stopped = 0;
    JobEvent.Ended ended = next(JobEvent.Ended.class);
    while (ended.job() != last) {
      assertEquals("stopped", ended.how());
      stopped++;
      ended = next(JobEvent.Ended.class);
    }
    assertEquals(50, stopped);
    assertEquals("done", ended.how());
  }
}
