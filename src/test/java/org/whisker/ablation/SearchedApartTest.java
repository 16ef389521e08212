package org.whisker.ablation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.StopRules;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.image.Tones;

/** Searches that ask a quicker network than the one of which is reported. */
class SearchedApartTest {
  private static final Canvas CANVAS = new Canvas(16, 12);
  private static final PlantedModel PLANTED =
      new PlantedModel(CANVAS, (pixel, padding) -> pixel % 16 < 3 ? -0.7 : 0.3);

  /** The planted model, whose searches see logits that are rounded to quarters. */
  private static final class Rounding implements TestedModel {
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger searched = new AtomicInteger();
    private final AtomicInteger exact = new AtomicInteger();

    @Override
    public String name() {
      return PLANTED.name();
    }

    @Override
    public Canvas canvas() {
      return CANVAS;
    }

    @Override
    public String padding() {
      return PLANTED.padding();
    }

    @Override
    public float paddingGray() {
      return PLANTED.paddingGray();
    }

    @Override
    public boolean lockStep() {
      return true;
    }

    @Override
    public Classifier open(ModelVariant variant) {
      return counting(variant, exact, logit -> logit);
    }

    @Override
    public Optional<Classifier> openToSearch(ModelVariant variant) {
      return Optional.of(counting(variant, searched, logit -> Math.round(4 * logit) / 4f));
    }

    private Classifier counting(
        ModelVariant variant, AtomicInteger pictures, UnaryOperator<Float> rounded) {
      Classifier planted = PLANTED.open(variant);
      open.incrementAndGet();
      return new Classifier() {
        @Override
        public String name() {
          return planted.name();
        }

        @Override
        public Canvas canvas() {
          return CANVAS;
        }

        @Override
        public float[] logits(List<? extends Raster> all) {
          pictures.addAndGet(all.size());
          float[] logits = planted.logits(all);
          for (int i = 0; i < logits.length; i++) {
            logits[i] = rounded.apply(logits[i]);
          }
          return logits;
        }

        @Override
        public void close() {
          open.decrementAndGet();
        }
      };
    }
  }

  private static AblationArm arm(String kind) {
    return AblationArm.transformed(
        kind,
        kind,
        switch (kind) {
          case "rolled" -> new InputTransform.Rolled();
          case "refunded" -> new InputTransform.Refunded(PixelRefund.Kind.OWN, 5);
          default -> new InputTransform.Direct();
        });
  }

  private static AblationSetting setting() {
    EvolutionOptions search =
        EvolutionOptions.question().withStop(StopRules.after(200).withEvaluations(400));
    return new AblationSetting(search, CANVAS, 0.5f, "zero", 3, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "rolled", "refunded"})
  void whatIsReportedIsOfTheExactNetwork(String kind) {
    Rounding model = new Rounding();
    RunPlan plan = new RunPlan(3, 1, 0.5, 50);
    AblationArm arm = arm(kind);
    List<ArmRun> runs = new ArrayList<>();
    try (OpenArm source = OpenArm.of(arm, model, setting(), plan, done -> {}, () -> false)) {
      source.run(List.of(1L, 2L, 3L), runs::add);
    }
    assertEquals(3, runs.size());
    assertEquals(0, model.open.get());
    assertTrue(model.searched.get() > 1000, "searched " + model.searched);
    for (ArmRun run : runs) {
      ArmRun.Outcome outcome = run.outcome().orElseThrow();
      LogitSource exact = exact(arm, run.seed());
      assertEquals(exact.logits(List.of(outcome.image()))[0], outcome.logit().orElseThrow());
      assertEquals(PlantedModel.BARE, outcome.bareLogit().orElseThrow());
      double before = Double.POSITIVE_INFINITY;
      for (ArmRun.Step step : outcome.climb()) {
        BlackPixels image = step.seen().orElseThrow().image();
        assertEquals(exact.logits(List.of(image))[0], step.logit());
        assertTrue(step.logit() < before);
        before = step.logit();
      }
    }
  }

  /** As the planted model itself sees images of an arm. */
  private static LogitSource exact(AblationArm arm, long seed) {
    ArmSource source = ArmSource.open(arm, PLANTED, 50, done -> {}, () -> false);
    return source.scores(source.enter(), seed, Tones.standard()).exact();
  }

  /** The rounded logits reach the target before the exact ones do, or after. */
  @ParameterizedTest
  @ValueSource(doubles = {0.2, 0.3, 0.4})
  void aRunEndsWithItsFirstImageThatReachesTheTarget(double target) {
    RunPlan plan = new RunPlan(3, 1, target, 50);
    List<ArmRun> whole = runs(setting(), plan);
    List<ArmRun> ended = runs(setting().endingAt(target), plan);
    for (ArmRun run : ended) {
      ArmRun longer =
          whole.stream().filter(other -> other.seed() == run.seed()).findFirst().orElseThrow();
      assertEquals(longer.atTarget(), run.atTarget());
      assertEquals("target", run.ending());
      ArmRun.Outcome outcome = run.outcome().orElseThrow();
      assertEquals(run.atTarget().orElseThrow().logit(), outcome.logit().orElseThrow());
      assertTrue(outcome.evaluations() < longer.outcome().orElseThrow().evaluations());
    }
  }

  private static List<ArmRun> runs(AblationSetting setting, RunPlan plan) {
    List<ArmRun> runs = new ArrayList<>();
    try (OpenArm source =
        OpenArm.of(arm("direct"), new Rounding(), setting, plan, done -> {}, () -> false)) {
      source.run(List.of(1L, 2L, 3L), runs::add);
    }
    return runs;
  }
}
