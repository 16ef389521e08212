package org.whisker.hypothesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.AblationResult;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.RunPlan;
import org.whisker.ablation.RunStore;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.EffectRows;
import org.whisker.ablation.result.EntryTables.ReleaseRow;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.StopRules;
import org.whisker.image.Canvas;
import org.whisker.option.Records;
import org.whisker.planted.OwnPlants;
import org.whisker.planted.Plant;
import org.whisker.planted.PlantMaps;
import org.whisker.planted.PlantedFormula;
import org.whisker.planted.PlantedModel;
import org.whisker.stats.Verdict;
import org.whisker.table.Table;

class EntryTest {
  private static final AblationSetting SETTING =
      new AblationSetting(
          EvolutionOptions.question().withStop(StopRules.after(40).withEvaluations(300)),
          PlantMaps.CANVAS,
          0,
          "zero",
          10,
          1);

  private static AblationDesign design() {
    return Entry.EXPERIMENT.design().apply(SETTING);
  }

  @Test
  void eachArmIsTheSearchThatItIsCalled() {
    Map<String, EvolutionOptions> options =
        design().arms().stream()
            .collect(
                Collectors.toMap(AblationArm::name, arm -> arm.change().apply(SETTING.base())));
    assertEquals(
        SETTING.base(),
        Objects.requireNonNull(options.get("question")),
        "shared with the control of a report");
    assertEquals(
        "given:10-in:center:0.5",
        Objects.requireNonNull(options.get("given-10")).founders().label());
    assertEquals(
        40, Objects.requireNonNull(options.get("at-once-40")).genetic().mutation().atOnce());
    assertEquals(
        "center:0.5",
        Objects.requireNonNull(options.get("stronger-held")).regions().spans().get(0).label());
    assertEquals(
        "annealing", Objects.requireNonNull(options.get("annealing-held")).method().label());
    assertEquals(
        Objects.requireNonNull(options.get("given-40")),
        Objects.requireNonNull(options.get("given-40+rolled")),
        "the same start behind a roll");
    Set<Long> images =
        options.values().stream()
            .map(each -> each.stop().evaluations().orElseThrow())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(300L), images, "as many images for each");
  }

  @Test
  void countsFitTheMiddle() {
    assertEquals(List.of(3, 10, 40), Entry.counts(Canvas.square(64)));
    assertEquals(List.of(3), Entry.counts(Canvas.square(8)));
    assertTrue(
        design().contrasts().stream().anyMatch(c -> c.name().equals("given-40, less rolled")));
  }

  private static EffectRow row(
      String name, String against, String measure, double control, double treated, String verdict) {
    EffectRow row = EffectRows.of(name, against, measure, true, control, treated);
    return Records.changed(row, EffectRow::verdict).to(verdict);
  }

  private static Optional<String> clause(Verdict verdict, EffectRow... rows) {
    OptionalDouble none = OptionalDouble.empty();
    return new Entry()
        .clause(new HypothesisResult(verdict, none, none, none, List.of(), List.of(rows)));
  }

  @Test
  void theClauseSaysWhatTheTestsBear() {
    EffectRow held = row("held", "question", "p_target", 0.97, 0.2, "");
    EffectRow white = row("held", "question", "pixels", 14, 0, "");
    EffectRow stronger = row("stronger-held", "stronger", "p_target", 0.98, 0.97, "equivalent");
    EffectRow pixels = row("stronger-held", "stronger", "pixels", 11, 12.2, "");
    assertEquals(
        Optional.of(
            "the search does not enter the middle, where each step must raise the fitness:"
                + " held there it stays white, while a search with many edits comes to p(target)"
                + " 0.97 there with 12 pixels"),
        clause(Verdict.SUPPORTED, held, white, stronger, pixels));
    assertTrue(
        clause(
                Verdict.SUPPORTED,
                held,
                row("held", "question", "pixels", 14, 1.2, ""),
                stronger,
                pixels)
            .orElseThrow()
            .startsWith(
                "the search hardly enters the middle, where each step must raise the fitness: held"
                    + " there it ends at p(target) 0.20 with 1 pixel, while"));
    EffectRow path =
        row("given-40, less rolled", "question", "edge_index_at_half", 0, 0.2, "cause");
    assertTrue(
        clause(Verdict.SUPPORTED, held, white, stronger, pixels, path)
            .orElseThrow()
            .endsWith("; with 40 black pixels given there, E of the added pixels rises by 0.20"));
    assertEquals(Optional.empty(), clause(Verdict.UNDECIDED, held, white, stronger, pixels));
    assertEquals(Optional.empty(), clause(Verdict.SUPPORTED), "nothing to say it of");
  }

  @Test
  void aMiddleOfNoUseIsCalledSoOnlyWhereItIsShown() {
    EffectRow held = row("held", "question", "p_target", 0.97, 0.2, "");
    EffectRow never = row("held", "question", "success", 1, 0, "");
    EffectRow poorer = row("stronger-held", "stronger", "p_target", 0.98, 0.2, "differs");
    EffectRow none = row("stronger-held", "stronger", "success", 1, 0, "");
    assertTrue(
        clause(Verdict.NO_EFFECT, held, never, poorer, none)
            .orElseThrow()
            .startsWith("with equally many images, neither"));
    EffectRow unsure = row("stronger-held", "stronger", "p_target", 0.98, 0.2, "undecided");
    assertEquals(Optional.empty(), clause(Verdict.NO_EFFECT, held, never, unsure, none));
  }

  /** Keeps nothing. */
  private static final RunStore NOTHING =
      new RunStore() {
        @Override
        public Optional<ArmRun> find(String model, String key, long seed) {
          return Optional.empty();
        }

        @Override
        public void keep(String model, String key, ArmRun run) {}
      };

  private static AblationResult run(Ablation ablation, Plant plant, Set<String> arms) {
    RunPlan plan = new RunPlan(2, 1, 0.96, 100);
    return new AblationRunner(plan, NOTHING, new AblationRunner.Listener() {}, () -> false)
        .run(ablation.narrowed(arms), new PlantedModel(plant), SETTING);
  }

  private static <R extends Record> List<R> rows(AblationResult result, Table<R> table) {
    return result.supplements().stream()
        .flatMap(each -> each.tables().stream())
        .filter(rows -> rows.table().equals(table))
        .flatMap(rows -> rows.rows().stream())
        .map(row -> table.row().cast(row))
        .toList();
  }

  /** Both searches ended white in the middle, one in a window elsewhere: that was no effect. */
  @Test
  void whereNoSearchMakesACatAnywhereThereIsNoVerdict() {
    Set<String> four = Set.of("held", "stronger-held", "held+rolled", "stronger-held+rolled");
    Plant priced = Plant.known("priced", c -> PlantedFormula.blank().withCost(PlantMaps.even(0.1)));
    Optional<String> reason =
        run(Entry.EXPERIMENT, priced, four).withheld(name -> name.equals(Entry.CLOSED));
    assertTrue(
        reason.orElse("a verdict").contains("nor in a window elsewhere: it gains 0.00 and 0.00"),
        reason.orElse("a verdict"));
    Optional<String> none =
        run(Entry.EXPERIMENT, OwnPlants.OPEN_MIDDLE, four)
            .withheld(name -> name.equals(Entry.CLOSED));
    assertEquals(Optional.empty(), none);
  }

  @Test
  void theReleaseIsSeenInTheScore() {
    Plant edge =
        Plant.known(
            "edge-alone",
            c ->
                PlantedFormula.blank()
                    .withCost(PlantMaps.edge(0, 0.1))
                    .withGain(PlantMaps.edge(0.3, 0)));
    AblationResult result =
        run(Founders.REGIONS, edge, Set.of("centre-first", "centre-only", "edge-only"));
    List<ReleaseRow> rows = rows(result, ReleaseRow.TABLE);
    ReleaseRow before = at(rows, "centre-first", ReleaseRow.GENERATIONS, 10);
    ReleaseRow free = at(rows, "everywhere", ReleaseRow.GENERATIONS, 10);
    ReleaseRow after = at(rows, "centre-first", ReleaseRow.GENERATIONS, 40);
    assertTrue(free.loss().orElseThrow() < before.loss().orElseThrow());
    assertTrue(after.loss().orElseThrow() < before.loss().orElseThrow());
    assertEquals(
        after.loss(), at(rows, "centre-first", ReleaseRow.SINCE_RELEASE, 30).loss(), "the same");
    assertTrue(rows.stream().anyMatch(row -> row.by().equals(ReleaseRow.IMAGES)));
    assertEquals(
        Set.of("everywhere", "centre-first"),
        rows.stream().map(ReleaseRow::arm).collect(Collectors.toSet()));
  }

  private static ReleaseRow at(List<ReleaseRow> rows, String arm, String by, long at) {
    return rows.stream()
        .filter(row -> row.arm().equals(arm) && row.by().equals(by) && row.at() == at)
        .findFirst()
        .orElseThrow();
  }
}
