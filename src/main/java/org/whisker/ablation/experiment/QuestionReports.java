package org.whisker.ablation.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.CentreAndEdge;
import org.whisker.ablation.Measure;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.operator.Crossover;

/**
 * What was reported of the question's search, one by one: pixels at the edge under each of three
 * crossovers, and again when they had been held to the middle for 3,000 generations and released.
 */
final class QuestionReports {
  static final String ID = "question";
  private static final List<Crossover> REPORTED =
      List.of(Crossover.RECTANGLE, Crossover.COLUMNS, Crossover.PIXEL_LIST);
  private static final String HELD = "-held";

  private QuestionReports() {}

  static Ablation ablation() {
    return new Ablation(
        ID,
        "founders",
        "the question's search under each of its three crossovers, free from the start, or held to"
            + " the middle quarter for 3,000 generations and then released; if the start decided,"
            + " released pixels would stay nearer the centre (needs twice as many generations as it"
            + " is held for: --preset question)",
        "nothing",
        QuestionReports::design);
  }

  private static Ablation.Design design(AblationSetting s) {
    List<AblationArm> arms = new ArrayList<>();
    List<ArmContrast> contrasts = new ArrayList<>();
    for (Crossover crossover : REPORTED) {
      String name = crossover.label();
      arms.add(arm(name, name + " crossover, pixels anywhere", crossover, o -> o));
      arms.add(
          arm(
              name + HELD,
              name + " crossover, in the middle for " + s.held() + " generations, then anywhere",
              crossover,
              o -> CentreAndEdge.heldTo(o, CentreAndEdge.centre(s.canvas()), s.held())));
      contrasts.add(ArmContrast.chance(name, Prediction.NOTHING));
      contrasts.add(ArmContrast.pair(name + HELD, name, Measure.EDGE_INDEX, Prediction.RISES));
    }
    for (Crossover crossover : REPORTED.subList(1, REPORTED.size())) {
      contrasts.add(
          ArmContrast.pair(
              crossover.label(), REPORTED.get(0).label(), Measure.EDGE_INDEX, Prediction.DIFFERS));
    }
    return new Ablation.Design(arms, contrasts);
  }

  /** Whatever the experiment's base is, this one begins at the question's search. */
  private static AblationArm arm(
      String name, String what, Crossover crossover, UnaryOperator<EvolutionOptions> change) {
    return AblationArm.searching(
        name,
        what,
        base ->
            change.apply(
                EvolutionOptions.question()
                    .withGenetic(g -> g.withCrossover(crossover))
                    .withLimitsOf(base)));
  }
}
