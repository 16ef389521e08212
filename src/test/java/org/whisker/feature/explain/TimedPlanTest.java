package org.whisker.feature.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.TestedModel;
import org.whisker.classifier.Classifier;
import org.whisker.hypothesis.Budget;
import org.whisker.hypothesis.Experiments;
import org.whisker.hypothesis.Hypothesis;
import org.whisker.image.Canvas;

/** What fits into a time, by paces that are given. */
class TimedPlanTest {
  /** A model that is only planned for. */
  private record Sized(String name, Canvas canvas) implements TestedModel {
    @Override
    public Classifier open(ModelVariant variant) {
      throw new AssertionError("a plan opens no network");
    }
  }

  private static final Sized LARGE = new Sized("large", new Canvas(224, 224));

  private static TimedPlan plan(int minutes, double pace) {
    return TimedPlan.of(Duration.ofMinutes(minutes), List.of(LARGE), Map.of("large", pace));
  }

  private static Set<String> ids(List<Hypothesis> hypotheses) {
    Set<String> ids = new HashSet<>();
    hypotheses.forEach(each -> ids.add(each.id()));
    return ids;
  }

  @Test
  void whateverFitsIsReckonedToEndInTime() {
    int before = 0;
    for (int minutes : List.of(10, 20, 40, 80, 160, 600)) {
      TimedPlan plan = plan(minutes, 20);
      assertTrue(plan.seconds() <= 0.8 * 60 * minutes, plan.toString());
      assertTrue(measured(plan) >= before, plan + " after " + before);
      before = measured(plan);
    }
    assertEquals(Experiments.in(Budget.QUICK).size() + 1, before);
  }

  /** Experiments, and the forecast as one more. */
  private static int measured(TimedPlan plan) {
    return plan.chosen().experiments().size() + (plan.chosen().forecast() ? 1 : 0);
  }

  @Test
  void whatIsSureOfItsAnswerComesFirst() {
    TimedPlan plan = plan(20, 20);
    assertTrue(
        plan.chosen().experiments().containsAll(Set.of("geometry", "barrier", "place-parts")),
        plan.toString());
    assertFalse(plan.chosen().experiments().contains("landscape"), plan.toString());
    assertTrue(plan.chosen().every() > 1, plan.toString());
    assertTrue(ids(plan.leftOut()).containsAll(Set.of("carriers", "landscape")));
  }

  @Test
  void sixRunsDecideNothingThatFlipsThem() {
    TimedPlan plan = plan(10, 20);
    assertEquals(6, plan.chosen().runs());
    Set<String> few = ids(plan.undecidable());
    assertTrue(few.containsAll(Set.of("geometry", "sides")), few.toString());
    assertFalse(few.contains("barrier") || few.contains("uniformity"), few.toString());
    String text = String.join("\n", plan.text());
    assertTrue(text.contains("6 runs are too few to decide: geometry"), text);
    assertTrue(text.contains("Left out, and so not tested: "), text);
  }

  @Test
  void withTimeEnoughItIsTheQuickBudget() {
    TimedPlan plan = plan(600, 200);
    assertEquals(Budget.QUICK.runs(), plan.chosen().runs());
    assertEquals(Budget.QUICK.generations(), plan.chosen().generations());
    assertEquals(1, plan.chosen().every());
    assertEquals(List.of(), plan.leftOut());
    assertEquals(List.of(), plan.undecidable());
    assertEquals(1, plan.text().size(), plan.text().toString());
  }

  @Test
  void severalModelsShareTheTime() {
    Sized small = new Sized("small", new Canvas(64, 64));
    TimedPlan both =
        TimedPlan.of(
            Duration.ofMinutes(30), List.of(LARGE, small), Map.of("large", 40.0, "small", 900.0));
    assertTrue(both.chosen().runs() < plan(30, 40).chosen().runs(), both.toString());
    assertTrue(both.seconds() <= 0.8 * 1800);
  }

  @Test
  void tooLittleTimeIsRefusedWithTheLeastThatIsNeeded() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> plan(1, 5));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.matches("--within 60 s is too short: the least takes about \\d+ min here"));
  }
}
