package org.whisker.hypothesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.ModelVariant.Retrained;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.hypothesis.BarrierOrigin.OriginRow;
import org.whisker.planted.OwnPlants;
import org.whisker.planted.Plant;
import org.whisker.planted.PlantMaps;
import org.whisker.planted.PlantedModel;
import org.whisker.planted.Plants;
import org.whisker.stats.Verdict;

/** On planted classifiers, whose barrier depends on their photos or does not. */
class BarrierOriginTest {
  private static final int NETWORKS = 8;
  private final BarrierOrigin origin = new BarrierOrigin();

  private static AblationSetting setting(AblatedModel model) {
    return new AblationSetting(
        EvolutionOptions.question(),
        model.canvas(),
        model.paddingGray(),
        model.padding(),
        10,
        3,
        model.regime());
  }

  private Observations observed(AblatedModel model) {
    ArmRuns control = new ArmRuns(AblationArm.control("evolved", "pixels anywhere"), List.of());
    return origin.observe(
        new Observer.Input(control, setting(model), model, NETWORKS, 100, () -> false));
  }

  private static Observation of(Observations observed, String name) {
    return observed.observations().stream()
        .filter(o -> o.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theBarrierFallsWhereItsPhotosAreLeftOut() {
    Observations observed = observed(new PlantedModel(OwnPlants.of("barrier-origin").get(0)));
    Observation photos = of(observed, "without things on plain white");
    assertEquals(Verdict.SUPPORTED, photos.verdict());
    // one wall of two logits, paid by part at the smallest dose
    assertTrue(photos.effect() < -0.9 && photos.effect() > -2, photos.toString());
    assertEquals(NETWORKS, photos.runs());
    assertEquals(photos.effect(), of(observed, "with cats on plain white").effect(), 1e-9);
    assertEquals(0, of(observed, "with more other things on plain white").effect(), 1e-9);
    Observation rather = of(observed, "with other things rather than cats on plain white");
    assertEquals(-photos.effect(), rather.effect(), 1e-9);
    assertEquals(Verdict.SUPPORTED, rather.verdict());
    assertEquals("with cats on plain white", rather.against());
    Observation inverted = of(observed, "inverted");
    assertEquals(0, inverted.effect(), 1e-9);
    assertTrue(inverted.pEquivalence().orElseThrow() < 0.05);
  }

  @Test
  void aBarrierThatPhotosDoNotMakeStays() {
    Plant walled = Plant.known("walled", c -> Plants.mates().withWall(2, PlantMaps.edge(0, 1)));
    Observations observed = observed(new PlantedModel(walled));
    assertEquals(Verdict.NO_EFFECT, of(observed, "without things on plain white").verdict());
    Observations.Tabled tabled = (Observations.Tabled) observed;
    List<?> rows = tabled.tables().get(0).rows();
    assertEquals(NETWORKS * 11, rows.size());
    OriginRow own = (OriginRow) rows.get(0);
    assertEquals("own", own.trained());
    assertTrue(own.height() > 0.9 && own.ciLow() <= own.mean() && own.mean() <= own.ciHigh());
  }

  @Test
  void networksAreTrainedForItOfEachKind() {
    AblatedModel model = new PlantedModel(Plants.POSITION_BLIND);
    List<Retrained> trained = origin.trained(model, setting(model));
    assertEquals(
        List.of(
            "own",
            "photos-no-plain-white",
            "photos-cats-on-white",
            "photos-others-on-white",
            "photos-white-border",
            "photos-blurred-border",
            "photos-inverted",
            "shift-0.0",
            "shift-0.5",
            "padding-reflect",
            "pooled-head"),
        trained.stream().map(network -> network.change().label()).toList());
    assertTrue(BarrierOrigin.EXPERIMENT.trains(model, setting(model)));
    assertEquals(22, BarrierOrigin.EXPERIMENT.retrained(model, setting(model), 2).size());
  }

  @Test
  void itIsNarrowedToSomeChangesByName() {
    AblatedModel model = new PlantedModel(Plants.POSITION_BLIND);
    Observer narrowed = origin.narrowed(Set.of("inverted", "with cats on plain white", "held"));
    assertEquals(List.of("with cats on plain white", "inverted"), narrowed.parts());
    assertEquals(
        List.of("own", "photos-cats-on-white", "photos-inverted"),
        narrowed.trained(model, setting(model)).stream()
            .map(network -> network.change().label())
            .toList());
    assertEquals(origin.parts(), origin.narrowed(Set.of("held")).parts());
  }

  @Test
  void whatCanNotBeTrainedIsRefused() {
    AblatedModel opaque = new PlantedModel(Plants.CENTRE_BENEFIT);
    assertTrue(BarrierOrigin.EXPERIMENT.refusal(opaque, setting(opaque)).isPresent());
    AblatedModel model = new PlantedModel(Plants.POSITION_BLIND);
    assertEquals(Optional.empty(), BarrierOrigin.EXPERIMENT.refusal(model, setting(model)));
  }

  @Test
  void theClauseNamesWhatChangesTheBarrier() {
    Observations observed = observed(new PlantedModel(OwnPlants.of("barrier-origin").get(0)));
    List<ObservationRow> rows = observed.observations().stream().map(ObservationRow::of).toList();
    OptionalDouble none = OptionalDouble.empty();
    Optional<String> clause =
        origin.clause(new HypothesisResult(Verdict.SUPPORTED, none, none, none, rows, List.of()));
    assertTrue(
        clause.orElseThrow().contains("trained without things on plain white (by \u22121."),
        clause.toString());
  }
}
