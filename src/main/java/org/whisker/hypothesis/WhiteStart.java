package org.whisker.hypothesis;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.Measure;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.result.EffectRow;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.FounderRule;
import org.whisker.hypothesis.Geometry.BeyondRolled;
import org.whisker.image.Canvas;
import org.whisker.image.Region;
import org.whisker.io.Decimals;
import org.whisker.value.Text;

/**
 * Whether the bias comes from a start on white. A search that begins with pixels all over the
 * canvas has paid the barrier of the middle before its first step, so its own pixels should lie
 * further inwards if the barrier of a white middle is what keeps them out.
 *
 * <p>Pixels of the start that simply stay would move E towards ½ on any network. So what decides is
 * E of the pixels that the search adds to those it was given, less the same on rolled images. An
 * arm whose founders differ from each other, as those of Sparse-RS do, is described by E of all its
 * pixels.
 */
public final class WhiteStart implements Hypothesis {
  private static final String WHITE = "white";
  private static final String SCATTERED = "scattered";
  private static final String RANDOM = "random";
  private static final String MANY = "many-edits";

  /** As many as the largest number of pixels of which the barrier is measured by default. */
  private static final int PIXELS = 40;

  /** Where images are compared, as a clause has it, by the measure. */
  private static final Map<String, String> LEVELS =
      Map.of(
          Measure.EDGE_INDEX_AT_HALF.label(), ", at p(target)\u00a0½",
          Measure.EDGE_INDEX_AT_TARGET.label(), ", at the p(target) that was aimed at");

  static final Ablation EXPERIMENT =
      new Ablation(
          "white-start",
          "the question's search and one of many edits, begun with one pixel on white, or with "
              + PIXELS
              + " black pixels at random places of the canvas; if the barrier of a white"
              + " middle keeps pixels out, those that are added to random ones lie"
              + " further inwards, by more than on rolled images (E counts the added"
              + " pixels only; in the arms named random, all pixels)",
          "nothing",
          WhiteStart::design);

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.CLOSES,
              Wording.of(
                  "Is it that the search begins with white?",
                  "pixels that the search adds to random ones against those that it adds to"
                      + " white, each minus the same on rolled images",
                  "the start on white",
                  "begun with random pixels, the search puts its own further inwards",
                  "begun with random pixels, the search puts its own in the same places",
                  "begun with random pixels, the search puts its own still nearer the edge"),
              Decisive.by(setting -> contrast(starts(setting.canvas()).get(0))),
              Planned.standard(EXPERIMENT))
          .shown(Exhibit.ofArmsAnd(Exhibit.GAINS))
          .tells("whether it is the start on white that keeps pixels out");

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  @Override
  public Optional<String> clause(HypothesisResult decided) {
    return switch (decided.verdict()) {
      case SUPPORTED ->
          Optional.of(
              "the start on white is a cause: what the same search adds to "
                  + PIXELS
                  + " random black pixels lies further inwards, by E "
                  + Decimals.fixed(decided.effect().orElse(0), 2)
                  + " more than on rolled images"
                  + level(decided));
      case NO_EFFECT ->
          Optional.of(
              Text.of(
                  "it is not the start on white: what the same search adds to %d random black"
                      + " pixels lies as deep (E within \u00b1%.2f)",
                  PIXELS, Measure.MARGIN));
      default -> Optional.empty();
    };
  }

  /** The p(target) at which the images are compared. */
  private static String level(HypothesisResult decided) {
    return decided.effects().stream()
        .filter(EffectRow::decisive)
        .map(row -> LEVELS.getOrDefault(row.measure(), ""))
        .findFirst()
        .orElse("");
  }

  private static AblationDesign design(AblationSetting s) {
    List<BeyondRolled> starts = starts(s.canvas());
    List<AblationArm> arms =
        Stream.concat(
                starts.stream().map(BeyondRolled::control),
                starts.stream().map(BeyondRolled::treatment))
            .distinct()
            .toList();
    return new AblationDesign(
        Stream.concat(arms.stream(), arms.stream().map(arm -> arm.with(Geometry.rolled())))
            .toList(),
        starts.stream().map(WhiteStart::contrast).toList());
  }

  /** Each start with random pixels against the same search from white; the first decides. */
  private static List<BeyondRolled> starts(Canvas canvas) {
    EvolutionOptions question = EvolutionOptions.question();
    EvolutionOptions quick = EvolutionOptions.quick();
    AblationArm white = AblationArm.searchingBy(WHITE, "one pixel in each founder", question);
    AblationArm many = AblationArm.searchingBy(MANY, "the search of the preset quick", quick);
    return List.of(
        new BeyondRolled(given(SCATTERED, canvas, question), white),
        new BeyondRolled(random(RANDOM, question), white),
        new BeyondRolled(given(MANY + "-" + SCATTERED, canvas, quick), many),
        new BeyondRolled(random(MANY + "-" + RANDOM, quick), many));
  }

  private static ArmContrast contrast(BeyondRolled start) {
    String arm = start.treatment().name();
    return start.contrast(
        arm + ", less rolled", arm.equals(SCATTERED) ? Prediction.RISES : Prediction.NOTHING);
  }

  private static AblationArm given(String name, Canvas canvas, EvolutionOptions search) {
    return AblationArm.searchingBy(
        name,
        PIXELS + " random pixels, the same in all founders of a run",
        search.withFounders(new FounderRule.Given(Region.everywhere(canvas), PIXELS)));
  }

  private static AblationArm random(String name, EvolutionOptions search) {
    return AblationArm.searchingBy(
        name,
        PIXELS + " random pixels, others in each founder",
        search.withFounders(new FounderRule.Pixels(PIXELS)));
  }
}
