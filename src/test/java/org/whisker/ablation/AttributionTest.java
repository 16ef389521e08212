package org.whisker.ablation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.result.RingRow.HarmAndHelpRow;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.StopRules;
import org.whisker.hypothesis.Experiments;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.EdgeRank;
import org.whisker.stats.Verdict;

/** Planted causes are attributed to themselves and to nothing else. */
class AttributionTest {
  private static final Canvas CANVAS = Canvas.square(24);
  private static final EdgeRank RANK = new EdgeRank(CANVAS);

  /** Where scattered pixels hardly ever lie side by side. */
  private static final Canvas LARGER = Canvas.square(32);

  private static final EdgeRank LARGER_RANK = new EdgeRank(LARGER);
  private static final int RUNS = 10;
  private static final long BUDGET = 2_000;

  /** A pixel near the border helps as long as the padding is zero; otherwise all help the same. */
  private static final PlantedModel READS_PADDING =
      new PlantedModel(
          CANVAS,
          (pixel, padding) -> !padding.equals("zero") ? -0.2 : RANK.of(pixel) < 0.5 ? -0.4 : 0.4);

  /** Any pixel alone harms the more the nearer it is to the centre; side by side, they help. */
  private static final PlantedModel PENALISES_CENTRE =
      new PlantedModel(
          LARGER, (pixel, padding) -> 0.4 * LARGER_RANK.of(pixel), image -> -0.3 * besides(image));

  /** Half of all places help, wherever they are; the others cost the more the nearer the centre. */
  private static final PlantedModel PRICE_WITHOUT_BIAS =
      new PlantedModel(
          CANVAS,
          (pixel, padding) ->
              (CANVAS.x(pixel) + CANVAS.y(pixel)) % 2 == 0 ? -0.3 : 1.2 * RANK.of(pixel));

  /** Pixels with a neighbour to the left or right. */
  private static long besides(BlackPixels image) {
    return IntStream.of(image.indices())
        .filter(
            i ->
                (LARGER.x(i) > 0 && image.contains(i - 1))
                    || (LARGER.x(i) < LARGER.width() - 1 && image.contains(i + 1)))
        .count();
  }

  private static AblationSetting setting(PlantedModel model) {
    EvolutionOptions quick = EvolutionOptions.quick();
    return new AblationSetting(
        quick.withStop(
            StopRules.after(400)
                .withEvaluations(model.canvas().equals(CANVAS) ? BUDGET : 3 * BUDGET / 2)),
        model.canvas(),
        model.paddingGray(),
        model.padding(),
        15,
        3);
  }

  /** Without the arms of a flat fitness, which know no model: they are the same for all. */
  private static Ablation withoutFlat(Ablation ablation) {
    return new Ablation(
            ablation.id(),
            ablation.explanation(),
            ablation.needs(),
            s -> {
              AblationDesign design = ablation.design().apply(s);
              List<AblationArm> arms = design.arms().stream().filter(a -> !a.isFlat()).toList();
              Set<String> names = new TreeSet<>(arms.stream().map(AblationArm::name).toList());
              return new AblationDesign(
                  arms,
                  design.contrasts().stream()
                      .filter(c -> names.containsAll(c.weights().keySet()))
                      .toList());
            },
            ablation.supplements())
        .testing(ablation.hypothesis())
        .checked(ablation.checks());
  }

  private static List<AblationResult> results(PlantedModel model, List<String> experiments) {
    AblationRunner runner =
        new AblationRunner(
            new RunPlan(RUNS, 3, 0.5, 100),
            new Kept(),
            new AblationRunner.Listener() {},
            () -> false);
    List<AblationResult> results = new ArrayList<>();
    for (String id : experiments) {
      Ablation ablation = Experiments.find(id).orElseThrow();
      results.add(runner.run(withoutFlat(ablation), model, setting(model)));
    }
    return results;
  }

  private static Set<String> supported(List<AblationResult> results) {
    Set<String> supported = new TreeSet<>();
    for (AblationResult result : results) {
      if (decisive(result).stream().anyMatch(e -> e.verdict() == Verdict.SUPPORTED)) {
        supported.add(result.ablation().id());
      }
    }
    return supported;
  }

  private static String told(List<AblationResult> results) {
    StringBuilder text = new StringBuilder();
    for (AblationResult result : results) {
      for (ArmEffect e : decisive(result)) {
        text.append(
            "%n%s %s: %s -> %s, p %.4f, equivalence %s, %s"
                .formatted(
                    result.ablation().id(),
                    e.contrast().name(),
                    e.control(),
                    e.treated(),
                    e.pShaffer(),
                    e.pEquivalence(),
                    e.verdict()));
      }
    }
    return text.toString();
  }

  private static final List<String> CAUSES =
      List.of("regions", "founders", "padding", "operators", "background", "safe-harbour");

  private static List<ArmEffect> decisive(AblationResult result) {
    return result.effects().stream().filter(ArmEffect::decisive).toList();
  }

  /** E of the final images, whatever their p(target), of the comparisons that predict something. */
  private static List<ArmEffect> ofFinalImages(AblationResult result) {
    return result.effects().stream()
        .filter(e -> e.measure() == Measure.EDGE_INDEX && !e.contrast().isDescriptive())
        .toList();
  }

  @Test
  void whatReadsThePaddingIsAttributedToPaddingAlone() {
    List<AblationResult> results = results(READS_PADDING, CAUSES);
    assertEquals(Set.of("padding"), supported(results), told(results));
    for (ArmEffect effect : decisive(results.get(2))) {
      assertTrue(Objects.requireNonNull(effect.shareRemoved()).value() > 0.7, told(results));
    }
    for (ArmEffect effect : ofFinalImages(results.get(2))) {
      assertEquals(0.25, effect.control().orElseThrow(), 0.06, told(results));
      assertEquals(0.5, effect.treated().orElseThrow(), 0.06, told(results));
    }
  }

  @Test
  void aCostOfTheCentreIsAttributedToSafeHarbourAlone() {
    // E at a given p(target) does differ between crossovers, which puts no pixels at the edge
    List<String> causes = CAUSES.stream().filter(id -> !id.equals("operators")).toList();
    List<AblationResult> results = results(PENALISES_CENTRE, causes);
    assertEquals(Set.of("safe-harbour"), supported(results), told(results));
    ArmEffect surrogate = ofFinalImages(results.get(4)).get(0);
    assertTrue(surrogate.control().orElseThrow() < 0.25, told(results));
    assertEquals(0.5, surrogate.treated().orElseThrow(), 0.12, told(results));
    ArmEffect beyond = decisive(results.get(4)).get(1);
    assertEquals("own-refund - shuffled-refund", beyond.contrast().label());
    assertEquals(Verdict.SUPPORTED, beyond.verdict(), told(results));
    HarmAndHelpRow both =
        (HarmAndHelpRow) results.get(4).supplements().get(1).tables().get(0).rows().get(0);
    assertTrue(both.share().orElseThrow() > 0.8, both.toString());
    assertTrue(both.aloneDeltaLogit().orElseThrow() > 0, both.toString());
    assertTrue(both.evolvedDeltaLogit().orElseThrow() < -0.1, both.toString());
  }

  @Test
  void aCostThatMakesNoBiasIsNoCause() {
    AblationResult result = results(PRICE_WITHOUT_BIAS, List.of("safe-harbour")).get(0);
    String told = told(List.of(result)) + result.withheld();
    assertEquals(0.5, result.arms().get(0).mean(Measure.EDGE_INDEX).orElseThrow(), 0.06, told);
    assertEquals(Set.of(), supported(List.of(result)), told);
  }

  @Test
  void whereNothingIsPlantedNothingIsFound() {
    PlantedModel even = new PlantedModel(CANVAS, (pixel, padding) -> -0.15);
    List<AblationResult> results =
        results(even, List.of("founders", "padding", "background", "safe-harbour"));
    assertEquals(Set.of(), supported(results), told(results));
    for (ArmEffect effect : decisive(results.get(1))) {
      assertEquals(Verdict.NO_EFFECT, effect.verdict(), "the same runs: shown to be equal");
    }
  }

  @Test
  void behindARandomRollThePreferredPlaceIsLost() {
    AblationResult geometry = results(READS_PADDING, List.of("geometry")).get(0);
    ArmEffect decisive = decisive(geometry).get(0);
    assertEquals("evolved - rolled", decisive.contrast().label());
    assertEquals(Verdict.REFUTED, decisive.verdict(), told(List.of(geometry)));
    ArmEffect last = ofFinalImages(geometry).get(0);
    assertEquals(0.25, last.treated().orElseThrow(), 0.06, last.toString());
    assertEquals(0.5, last.control().orElseThrow(), 0.12, last.toString());
    double evolved = geometry.arms().get(0).mean(Measure.P_TARGET).orElseThrow();
    double rolled = geometry.arms().get(1).mean(Measure.P_TARGET).orElseThrow();
    assertEquals(evolved, rolled, 0.02, "it is as difficult");
  }

  @Test
  void withoutANetworkTheOperatorsLeaveTheEdgeIndexAtOneHalf() {
    AblationRunner runner =
        new AblationRunner(
            new RunPlan(2, 3, 0.5, 100), new Kept(), new AblationRunner.Listener() {}, () -> false);
    AblationSetting whole = setting(READS_PADDING);
    EvolutionOptions brief = whole.base().withStop(StopRules.after(3).withEvaluations(200));
    AblationSetting setting =
        new AblationSetting(brief, CANVAS, whole.paddingGray(), whole.padding(), 3, 3);
    Ablation operators = Experiments.find("operators").orElseThrow();
    AblationResult result = runner.run(operators, READS_PADDING, setting);
    List<ArmEffect> flat =
        decisive(result).stream().filter(e -> e.contrast().isAgainstChance()).toList();
    assertEquals(12, flat.size());
    for (ArmEffect effect : flat) {
      assertTrue(effect.seeds() + effect.dropped() >= 600, effect.toString());
      assertEquals(0.5, effect.treated().orElseThrow(), 0.06, effect.toString());
    }
    assertEquals(2, result.arms().get(0).runs().size());
    assertTrue(result.arm("flat-none").orElseThrow().bareCatProbability().isEmpty());
  }

  @Test
  void stoppedInTheMiddleOfARunItIsNoFailedRun() {
    int[] asked = {0};
    Kept kept = new Kept();
    AblationRunner runner =
        new AblationRunner(
            new RunPlan(RUNS, 3, 0.5, 100),
            kept,
            new AblationRunner.Listener() {},
            () -> asked[0]++ > 100);
    Ablation founders = Experiments.find("founders").orElseThrow();
    assertThrows(
        CancellationException.class,
        () -> runner.run(founders, READS_PADDING, setting(READS_PADDING)));
    int done = kept.runs.size();
    assertTrue(done > 0 && done < RUNS, "runs kept: " + done);
  }

  @Test
  void aRunThatFailsCountsAsOneThatDidNotSucceed() {
    PlantedModel broken = new PlantedModel(CANVAS, (pixel, padding) -> Double.NaN);
    Kept kept = new Kept();
    AblationRunner runner =
        new AblationRunner(
            new RunPlan(2, 3, 0.5, 100), kept, new AblationRunner.Listener() {}, () -> false);
    Ablation founders = Experiments.find("founders").orElseThrow();
    AblationResult result = runner.run(founders, broken, setting(broken));
    assertEquals(0, result.arms().get(0).successes());
    ArmRun failed = result.arms().get(0).runs().get(0);
    assertTrue(failed.isFailed() && failed.message().contains("NaN"), failed.message());
    assertTrue(kept.runs.isEmpty(), "what failed is tried again");
  }

  /** Keeps runs in memory. */
  static final class Kept implements RunStore {
    private final Map<String, ArmRun> runs = new HashMap<>();

    @Override
    public Optional<ArmRun> find(String model, String key, long seed) {
      return Optional.ofNullable(runs.get(model + key + seed));
    }

    @Override
    public void keep(String model, String key, ArmRun run) {
      runs.put(model + key + run.seed(), run);
    }
  }
}
