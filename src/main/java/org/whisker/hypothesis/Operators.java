package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.FinishedArms;
import org.whisker.ablation.InputTransform;
import org.whisker.ablation.Measure;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.WithheldComparison;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.FounderRule;
import org.whisker.evolution.Mutation;
import org.whisker.evolution.StopRules;
import org.whisker.evolution.operator.Border;
import org.whisker.evolution.operator.Crossover;
import org.whisker.evolution.operator.EditKind;
import org.whisker.evolution.operator.EditMix;
import org.whisker.evolution.operator.EditMix.EditSchedule;
import org.whisker.random.SplitMix64;
import org.whisker.stats.SignFlipTest;
import org.whisker.stats.TestResult.Alternative;
import org.whisker.value.Text;

/**
 * Experiment {@code operators}: the positional bias of crossover and mutation under a flat fitness
 * (neutral evolution), and each crossover under the real fitness.
 */
public final class Operators implements Hypothesis {
  /** Needs no network: hundreds of runs under a flat fitness. */
  private static final PlanCost WITHOUT_A_NETWORK = new PlanCost(PlanTurn.OPERATORS, 20, false);

  /**
   * Few pixels survive under a flat fitness: a third of the runs end white, and E of the others has
   * a standard deviation of 0.23. So many show E = ½ within 0.05 at the level of a report.
   */
  private static final int FLAT_RUNS = 600;

  /** Nudges create no pixels, and E of a single pixel has a large variance. */
  private static final int NUDGED_PIXELS = 20;

  /**
   * Most generations of flat fitness. The question holds a region for thousands, but drift shows in
   * far fewer.
   */
  private static final int MOST_GENERATIONS = 160;

  private static final double FLIPS_A_CHILD = 8;
  private static final int DRAWS = 9_999;
  private static final double ALPHA = 0.05;
  private static final String FLAT = "flat-";

  /** Images with so many pixels that not only the last ones survive. */
  private static final String MANY = "many-pixels";

  /** The question's crossover without a network. */
  private static final String FLAT_RECTANGLE = FLAT + Crossover.RECTANGLE.label();

  static final Ablation EXPERIMENT =
      new Ablation(
              "operators",
              "each crossover, mutation and border policy under a flat fitness, against E = ½ (at"
                  + " least "
                  + FLAT_RUNS
                  + " runs, no network; starting with one pixel, and with 20), on an equally"
                  + " difficult network without preferred places (the image is rolled by"
                  + " a random offset), and each crossover under the real fitness; if"
                  + " the operators draw pixels to the edge, flat fitness shows it",
              "nothing",
              Operators::design)
          .checked(List.of(Operators::otherwise));

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.CLOSES,
              Wording.of(
                  "Do crossover and mutation prefer the edge by themselves?",
                  "evolution under a flat fitness, where only the operators act",
                  "crossover and mutation",
                  "the operators alone put pixels near the edge",
                  "under a flat fitness the operators have no positional bias",
                  "under a flat fitness the operators put pixels nearer the centre"),
              Decisive.by(ArmContrast.chance(FLAT_RECTANGLE, Prediction.FALLS)),
              Planned.quick(EXPERIMENT, FLAT_RECTANGLE, FLAT + MANY, Geometry.ROLLED)
                  .timed(WITHOUT_A_NETWORK))
          // the runs ask no network, and there are hundreds of them
          .withoutFlips();

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  private static AblationDesign design(AblationSetting s) {
    Crossover usual = s.base().genetic().crossover();
    List<AblationArm> arms = new ArrayList<>();
    List<ArmContrast> contrasts = new ArrayList<>();
    arms.add(
        AblationArm.control(usual.label(), usual.label() + " crossover, as the search has it"));
    for (Crossover crossover : Crossover.values()) {
      if (crossover != usual) {
        String name = crossover.label();
        arms.add(
            AblationArm.searching(name, name + " crossover, real fitness", crossing(crossover)));
        contrasts.add(
            ArmContrast.pair(name, usual.label(), Measure.EDGE_INDEX, Prediction.DIFFERS));
      }
    }
    AblationArm blind = Geometry.rolled();
    arms.add(blind);
    contrasts.add(ArmContrast.chance(blind.name(), Prediction.NOTHING));
    for (AblationArm arm : flat(s)) {
      arms.add(arm);
      contrasts.add(ArmContrast.chance(arm.name(), Prediction.FALLS));
    }
    return new AblationDesign(arms, contrasts);
  }

  /**
   * Withholds the verdict of the flat fitness where the same operators under selection say another
   * thing.
   */
  private static Optional<WithheldComparison> otherwise(FinishedArms finished) {
    return Stream.of(FLAT + MANY, Geometry.ROLLED)
        .flatMap(name -> Stream.ofNullable(finished.arms().get(name)))
        .flatMap(runs -> biased(runs, finished).stream())
        .findFirst()
        .map(why -> new WithheldComparison(FLAT_RECTANGLE, why));
  }

  private static Optional<String> biased(ArmRuns runs, FinishedArms finished) {
    Measure level = ArmRuns.level(List.of(runs)).orElse(Measure.EDGE_INDEX);
    double[] values = runs.unitValues(runs.arm().isFlat() ? Measure.EDGE_INDEX : level);
    double mean = DoubleStream.of(values).average().orElse(0.5);
    boolean shown =
        values.length > 1
            && SignFlipTest.of(
                        values,
                        0.5,
                        Alternative.TWO_SIDED,
                        DRAWS,
                        SplitMix64.stream(finished.setting().seed(), "ablate operators", 0))
                    .p()
                <= ALPHA;
    return shown && Math.abs(mean - 0.5) > Measure.MARGIN
        ? Optional.of(
            Text.of(
                "in the arm %s (%s) the same operators leave E at %.2f, so the flat fitness alone"
                    + " does not tell what they prefer",
                runs.arm().name(), runs.arm().what(), mean))
        : Optional.empty();
  }

  private static UnaryOperator<EvolutionOptions> crossing(Crossover crossover) {
    return o -> o.withGenetic(g -> g.withCrossover(crossover));
  }

  private static UnaryOperator<EvolutionOptions> mutating(UnaryOperator<Mutation> change) {
    return o -> o.withGenetic(g -> g.withMutation(change.apply(g.mutation())));
  }

  private static UnaryOperator<EvolutionOptions> nudging(Border border) {
    UnaryOperator<EvolutionOptions> nudges =
        mutating(
            m ->
                m.withMix(EditMix.only(EditKind.NUDGE))
                    .withEdits(EditSchedule.single())
                    .withBorder(border));
    return o -> nudges.apply(o).withFounders(new FounderRule.Pixels(NUDGED_PIXELS));
  }

  private static List<AblationArm> flat(AblationSetting s) {
    List<AblationArm> arms = new ArrayList<>();
    for (Crossover crossover : Crossover.values()) {
      arms.add(flat(s, crossover.label(), crossover.label() + " crossover", crossing(crossover)));
    }
    for (Border border : Border.values()) {
      arms.add(
          flat(
              s,
              border.label(),
              NUDGED_PIXELS + " pixels, only nudged, at the border: " + border.label(),
              nudging(border)));
    }
    arms.add(
        flat(
            s,
            MANY,
            "images of " + NUDGED_PIXELS + " pixels, of which drift can select some",
            o -> o.withFounders(new FounderRule.Pixels(NUDGED_PIXELS))));
    arms.add(
        flat(
            s,
            "single-pixels",
            "one pixel added, removed or moved at a time",
            mutating(m -> m.withMix(EditMix.singlePixels()).withEdits(EditSchedule.single()))));
    double each = Math.min(1, FLIPS_A_CHILD / s.canvas().pixels());
    arms.add(
        flat(
            s,
            "per-pixel",
            "every pixel flips with probability " + each,
            mutating(m -> m.withPer(Mutation.Per.PIXEL).withProbability(each))));
    return arms;
  }

  private static AblationArm flat(
      AblationSetting s, String name, String what, UnaryOperator<EvolutionOptions> change) {
    StopRules stop = StopRules.after(Math.min(2 * s.held(), MOST_GENERATIONS));
    return new AblationArm(
        FLAT + name,
        "flat fitness, " + what,
        new ModelVariant.AsStored(),
        new InputTransform.Flat(),
        o -> change.apply(o).withLambda(0).withStop(stop),
        FLAT_RUNS);
  }
}
