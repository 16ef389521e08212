package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.TestedModel;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.image.Canvas;

/** For how long the middle is held before it is released. */
class HeldGenerationsTest {
  private record Model() implements TestedModel {
    @Override
    public String name() {
      return "model";
    }

    @Override
    public Canvas canvas() {
      return Canvas.square(8);
    }

    @Override
    public Classifier open(ModelVariant variant) {
      throw new IllegalStateException("no variant is asked for");
    }
  }

  private static int held(EvolutionOptions base, long budget, OptionalInt generations) {
    return AblateJob.setting(new Model(), base, budget, generations, 1).held();
  }

  @Test
  void theQuestionsSearchIsHeldForItsThreeThousandGenerations() {
    EvolutionOptions question = EvolutionOptions.question();
    assertEquals(3_000, held(question, 50_000, OptionalInt.of(15_000)));
    assertEquals(3_000, held(question, 50_000, OptionalInt.empty()));
    assertEquals(500, held(question, 5_000, OptionalInt.of(1_000)), "half of what there is");
  }

  @Test
  void anyOtherIsHeldForFourFifthsOfItsImages() {
    assertEquals(40, held(EvolutionOptions.quick(), 5_000, OptionalInt.empty()));
    assertEquals(1, held(EvolutionOptions.quick(), 100, OptionalInt.of(1)));
  }
}
