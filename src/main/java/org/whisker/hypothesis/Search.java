package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.Measure;
import org.whisker.ablation.Prediction;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.FounderRule;
import org.whisker.evolution.Genetic;
import org.whisker.evolution.Mutation;
import org.whisker.evolution.StopRules;
import org.whisker.hypothesis.Geometry.BeyondRolled;

/**
 * Goes from the question's search to a stronger one, a component at a time. A search that adds one
 * pixel at a time can only go where each first pixel lowers the loss by more than λ at once; if
 * that is why pixels sit at the edge, a search that can do more puts them further inwards at the
 * same p(target).
 *
 * <p>Other operators leave another E where no place is better than another: on planted classifiers
 * without an edge preference the plain difference of the two searches was significant in a third of
 * the experiments. So what decides is {@code BeyondRolled}; all others are described.
 */
public final class Search implements Hypothesis {
  static final String QUESTION = "question";
  static final String STRONGER = "stronger";

  static final String BEYOND = "stronger, less rolled";

  private static final String EDITS = "many-edits";
  private static final String MUTATION = "more-mutation";
  private static final String BOTH = "edits+mutation";
  private static final double OFTEN = 0.5;
  private static final double DENSE = 0.02;
  private static final long MOST = 1_000_000;

  static final Ablation EXPERIMENT =
      new Ablation(
          "search",
          "the question's search against others of as many scored images: many edits at once and"
              + " strokes, mutation of half the children, of each black pixel or of every pixel,"
              + " stronger selection, a smaller λ, a dense start, and all that quick does; if a"
              + " search that adds one pixel at a time put pixels at the edge, E would rise at the"
              + " same p(target), by more than it does on images that are rolled by a random offset"
              + " (images per generation are in arms.csv: evaluations, generations and"
              + " distinct_images)",
          "nothing",
          Search::design);

  private static final Declaration DECLARED =
      Declaration.of(
          Topic.CLOSES,
          Wording.of(
              "Is it that the search adds one pixel at a time?",
              "the question's search against a stronger one, at equal p(target), each minus"
                  + " the same search on rolled images",
              "the search's single steps",
              "a stronger search puts the pixels further inwards",
              "a stronger search puts the pixels in the same places",
              "a stronger search puts the pixels still nearer the edge"),
          Decisive.by(setting -> beyond().contrast(BEYOND, Prediction.RISES)),
          Planned.standard(EXPERIMENT));

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  private static AblationDesign design(AblationSetting s) {
    Genetic quick = EvolutionOptions.quick().genetic();
    Mutation strong = quick.mutation();
    UnaryOperator<EvolutionOptions> edits =
        mutating(m -> m.withMix(strong.mix()).withEdits(strong.edits()));
    UnaryOperator<EvolutionOptions> mutation = mutating(m -> m.withProbability(OFTEN));
    List<AblationArm> arms = new ArrayList<>();
    arms.add(question());
    arms.add(arm(EDITS, "several edits at once, strokes and nudges among them", edits));
    arms.add(arm(MUTATION, "half of the children are mutated, by one edit", mutation));
    arms.add(arm(BOTH, "both of these", o -> mutation.apply(edits.apply(o))));
    arms.add(
        arm(
            "per-gene",
            "each black pixel brings about an edit with probability 0.015",
            mutating(m -> m.withPer(Mutation.Per.GENE))));
    arms.add(
        arm(
            "per-pixel",
            "each pixel flips with probability 1 / pixels, one a child on average",
            mutating(
                m -> m.withPer(Mutation.Per.PIXEL).withProbability(1.0 / s.canvas().pixels()))));
    arms.add(
        arm(
            "selection",
            "tournaments of 8 and 10 elites",
            o ->
                o.withGenetic(
                    g -> g.withSelection(quick.selection()).withReplacement(quick.replacement()))));
    double lambda = EvolutionOptions.quick().objective().lambda();
    arms.add(arm("lambda", "a black pixel costs " + lambda + " nats", o -> o.withLambda(lambda)));
    arms.add(
        arm(
            "dense-start",
            "founders with 2 % of all pixels black",
            o -> o.withFounders(new FounderRule.Share(DENSE))));
    arms.add(stronger());
    BeyondRolled beyond = beyond();
    List<ArmContrast> contrasts = contrasts(arms, beyond);
    arms.addAll(beyond.rolled());
    return new AblationDesign(arms, contrasts);
  }

  private static BeyondRolled beyond() {
    return new BeyondRolled(stronger(), question());
  }

  private static AblationArm question() {
    return arm(QUESTION, "one pixel added, removed or moved in 1.5 % of the children", o -> o);
  }

  /**
   * The arm of the stronger search; where quick is the base, it is the control of the other
   * experiments.
   */
  private static AblationArm stronger() {
    return AblationArm.searchingBy(
        STRONGER, "all that the preset quick does", EvolutionOptions.quick());
  }

  /** An arm that begins at the question's search, whatever the experiment's base is. */
  private static AblationArm arm(String name, String what, UnaryOperator<EvolutionOptions> change) {
    return AblationArm.searching(
        name,
        what,
        base ->
            change.apply(
                EvolutionOptions.question().withLimitsOf(base).withStop(stop(base.stop()))));
  }

  /** A generation of the question's search has about 1.3 new images: it needs as many as images. */
  private static StopRules stop(StopRules base) {
    long images = base.evaluations().orElse(base.generations());
    return base.withGenerations((int) Math.max(base.generations(), Math.min(images, MOST)));
  }

  private static UnaryOperator<EvolutionOptions> mutating(UnaryOperator<Mutation> change) {
    return o -> o.withGenetic(g -> g.withMutation(change.apply(g.mutation())));
  }

  private static List<ArmContrast> contrasts(List<AblationArm> arms, BeyondRolled beyond) {
    List<ArmContrast> contrasts = new ArrayList<>();
    arms.stream()
        .skip(1)
        .forEach(
            arm ->
                contrasts.add(
                    ArmContrast.pair(
                        arm.name(), QUESTION, Measure.EDGE_INDEX, Prediction.NOTHING)));
    Map<String, Double> interaction = new LinkedHashMap<>();
    interaction.put(BOTH, 1.0);
    interaction.put(EDITS, -1.0);
    interaction.put(MUTATION, -1.0);
    interaction.put(QUESTION, 1.0);
    contrasts.add(
        new ArmContrast(
            BOTH, "interaction", interaction, 0, Measure.EDGE_INDEX, Prediction.NOTHING));
    contrasts.add(beyond.contrast(BEYOND, Prediction.RISES));
    return contrasts;
  }
}
