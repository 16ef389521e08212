package org.whisker.hypothesis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.AblatedModel.OtherOperation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.PartShares;
import org.whisker.ablation.PartShares.Part;
import org.whisker.ablation.PartShares.Variant;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.ablation.WithheldComparison;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.ablation.result.PartTables.PartRow;
import org.whisker.ablation.result.PartTables.PartShareRow;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.image.Canvas;
import org.whisker.planted.OwnPlants;
import org.whisker.planted.Plant;
import org.whisker.planted.PlantMaps;
import org.whisker.planted.PlantedFormula;
import org.whisker.planted.PlantedModel;
import org.whisker.planted.Plants;
import org.whisker.position.DosePlan.Design;
import org.whisker.random.SplitMix64;
import org.whisker.stats.Estimate;
import org.whisker.stats.Verdict;

/** Shares of planted classifiers follow from their formulas. */
class PlacePartsTest {
  private static final double[] NOTHING = new double[12];
  private final PlaceParts hypothesis = new PlaceParts();

  private static PartShares shares(Plant plant) {
    return PartShares.measured(
        new PlantedModel(plant), Design.of(3).withDraws(12, 16), 100, () -> false);
  }

  private PartShares shares(String plant) {
    return shares(plant(plant));
  }

  private Plant plant(String id) {
    return OwnPlants.named(id);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  @Test
  void aWallByTheHeadIsTheHeads() {
    PartShares shares = shares("barrier-by-head");
    assertArrayEquals(NOTHING, shares.value(Part.PADDING), 1e-6);
    assertEquals(mean(shares.together()), mean(shares.value(Part.HEAD)), 1e-6);
    assertTrue(mean(shares.together()) > 1);
    assertEquals(0, mean(shares.contrast(Variant.AVERAGED)), 0.2, "mates alone");
  }

  @Test
  void aWallByPaddingIsPaddings() {
    PartShares shares = shares("barrier-by-padding");
    assertArrayEquals(NOTHING, shares.value(Part.HEAD), 1e-6);
    assertEquals(mean(shares.together()), mean(shares.value(Part.PADDING)), 1e-6);
  }

  @Test
  void whatTwoPartsAddIsSharedAsTheyAddIt() {
    PartShares shares = shares("barrier-by-both");
    double head = mean(shares.value(Part.HEAD));
    double padding = mean(shares.value(Part.PADDING));
    assertEquals(2, head / padding, 1e-4);
    assertEquals(mean(shares.contrast(Variant.OWN)), head + padding, 1e-4);
    Estimate share = shares.share(Part.HEAD, new SplitMix64(1)).orElseThrow();
    assertEquals(2 / 3.0, share.value(), 0.05);
    assertTrue(share.interval().low() > 0.5 && share.interval().high() < 0.8);
    assertTrue(shares.gain(Variant.BOTH) > 0.8);
  }

  @Test
  void whatEitherPartSufficesForIsSharedByHalf() {
    PartShares shares = shares("barrier-by-either");
    double whole = mean(shares.together());
    assertTrue(whole > 1);
    assertEquals(whole / 2, mean(shares.value(Part.HEAD)), 1e-6);
    assertEquals(whole / 2, mean(shares.value(Part.PADDING)), 1e-6);
    assertEquals(mean(shares.contrast(Variant.OWN)), mean(shares.contrast(Variant.CIRCULAR)), 1e-6);
  }

  /** No network can have this, a formula can. */
  @Test
  void whatSurvivesBothIsNeithers() {
    PartShares shares = shares("barrier-by-neither");
    assertArrayEquals(NOTHING, shares.together(), 1e-6);
    assertEquals(1, shares.share(Part.REMAINDER, new SplitMix64(1)).orElseThrow().value(), 1e-6);
  }

  /** Where all pixels help, none costs more than another. */
  @Test
  void whatCostsNothingGainsLess() {
    ObservationRow[] alone = both(share("head", 1, 0.97, 1.02), share("padding", 0, -0.02, 0.02));
    ObservationRow[] gaining = Arrays.copyOf(alone, alone.length + 1);
    OptionalDouble none = OptionalDouble.empty();
    gaining[alone.length] = share("highest cost in the middle or at the edge", none, -0.1, none);
    assertEquals(
        Optional.of("the head alone makes black pixels gain less in the middle than at the edge"),
        clause(Verdict.SUPPORTED, gaining));
    assertEquals(
        Optional.of("the head alone makes black pixels gain more in the middle than at the edge"),
        clause(Verdict.OPPOSITE, gaining));
    gaining[alone.length] = share("highest cost in the middle or at the edge", none, 0.1, none);
    assertEquals(
        Optional.of("the head alone makes black pixels cost more in the middle than at the edge"),
        clause(Verdict.SUPPORTED, gaining));
  }

  @Test
  void withoutPlacesThereIsNothingToShare() {
    PartShares shares = shares(Plants.STRIDES);
    assertArrayEquals(NOTHING, shares.together(), 1e-6);
    assertTrue(shares.share(Part.HEAD, new SplitMix64(1)).isEmpty());
  }

  /** Which knows no place: a single pixel costs as much on average wherever it is. */
  @Test
  void valuesAndWhatIsLeftAddUpToTheContrast() {
    PartShares shares = shares("barrier-by-head");
    double sum = 0;
    for (Part part : Part.values()) {
      sum += mean(shares.value(part));
    }
    assertEquals(mean(shares.ofPlace()), sum, 1e-9);
    assertEquals(
        mean(shares.contrast(Variant.OWN)) - mean(shares.rolled()), mean(shares.ofPlace()), 1e-9);
  }

  @Test
  void tablesHaveEveryVariantAndPart() {
    PartShares shares = shares("barrier-by-both");
    List<PartRow> parts = PartRow.of(shares, new SplitMix64(2));
    assertEquals(4 * 5 + 1, parts.size());
    assertEquals(5, parts.stream().filter(PartRow::isMean).count());
    List<PartShareRow> rows = PartShareRow.of(shares, new SplitMix64(2));
    assertEquals(
        List.of("padding", "head", "neither"), rows.stream().map(PartShareRow::part).toList());
    assertEquals(1, rows.stream().mapToDouble(row -> row.share().orElseThrow()).sum(), 1e-9);
  }

  private static ObservationRow[] both(ObservationRow... shares) {
    return Arrays.stream(shares)
        .flatMap(
            row ->
                Stream.of(
                    row,
                    named(row.observed() + " at equal gain", row),
                    named(row.observed().replace("share of ", ""), row)))
        .toArray(ObservationRow[]::new);
  }

  private static ObservationRow share(String part, double value, double low, double high) {
    return share("share of " + part, OptionalDouble.of(low), value, OptionalDouble.of(high));
  }

  private static ObservationRow named(String name, ObservationRow row) {
    return share(name, row.ciLow(), row.effect(), row.ciHigh());
  }

  private static ObservationRow share(
      String name, OptionalDouble low, double value, OptionalDouble high) {
    return new ObservationRow(
        name,
        "none",
        "share of the contrast",
        value,
        low,
        high,
        OptionalDouble.of(0.001),
        OptionalDouble.of(0.001),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        "",
        OptionalLong.empty(),
        24,
        0);
  }

  private Optional<String> clause(Verdict verdict, ObservationRow... rows) {
    return hypothesis.clause(
        new HypothesisResult(
            verdict,
            OptionalDouble.of(1),
            OptionalDouble.of(0.9),
            OptionalDouble.of(1.1),
            List.of(rows),
            List.of()));
  }

  @Test
  void theAnswerNamesSharesThatAreNarrowEnough() {
    assertEquals(
        Optional.of(
            "the head and padding make black pixels cost more in the middle than at the edge (their"
                + " shares of the extra cost: two thirds and a third)"),
        clause(
            Verdict.SUPPORTED,
            both(share("head", 0.65, 0.6, 0.72), share("padding", 0.33, 0.28, 0.4))));
    assertEquals(
        Optional.of("padding alone makes black pixels cost more in the middle than at the edge"),
        clause(
            Verdict.SUPPORTED,
            both(share("head", 1e-8, -1e-8, 3e-8), share("padding", 0.97, 0.9, 1.1))));
    assertTrue(
        clause(
                Verdict.UNDECIDED,
                both(share("head", 0.65, 0.6, 0.72), share("padding", 0.33, 0.28, 0.4)))
            .isEmpty());
  }

  /** With what share is explained and what is not; silent where no share is named. */
  @Test
  void theAnswerSaysWhatNeitherPartExplains() {
    ObservationRow head = share("head", 0.5, 0.45, 0.55);
    ObservationRow padding = share("padding", 0.31, 0.28, 0.36);
    ObservationRow[] named = both(head, padding, share("neither", 0.19, 0.12, 0.24));
    assertTrue(
        clause(Verdict.SUPPORTED, named)
            .orElseThrow()
            .endsWith("; 0.2 of it is left where both are made blind to places"),
        clause(Verdict.SUPPORTED, named).orElseThrow());
    for (ObservationRow[] silent :
        List.of(
            both(head, padding),
            both(head, padding, share("neither", 0.19, -0.1, 0.5)),
            both(share("head", 0.5, 0.1, 0.8), padding, share("neither", 0.19, 0.12, 0.24)))) {
      assertFalse(clause(Verdict.SUPPORTED, silent).orElseThrow().contains("left"));
    }
  }

  @Test
  void sharesThatDependOnTheGainAreNotNamed() {
    Optional<String> together =
        Optional.of(
            "padding and the head together make black pixels cost more in the middle than at the"
                + " edge");
    assertEquals(
        together,
        clause(
            Verdict.SUPPORTED,
            both(share("head", 0.65, 0.2, 0.9), share("padding", 0.33, 0.28, 0.4))));
  }

  @Test
  void twoWaysThatDisagreeAreBothTold() {
    assertEquals(
        Optional.of(
            "padding and the head together make black pixels cost more in the middle than at the"
                + " edge (the two ways to compute shares disagree: padding 0.5 or 0.8, head 0.5 or"
                + " 0.2); nothing of the extra cost is left where both are made blind to places"),
        clause(
            Verdict.SUPPORTED,
            named("share of neither", share("", 0.01, -0.05, 0.07)),
            named("share of neither at equal gain", share("", 0.02, -0.04, 0.08)),
            share("head", 0.47, 0.44, 0.5),
            named("share of head at equal gain", share("", 0.2, 0.15, 0.25)),
            share("padding", 0.5, 0.45, 0.55),
            named("share of padding at equal gain", share("", 0.8, 0.75, 1.0)),
            named("head", share("", 0.47, 0.44, 0.5)),
            named("padding", share("", 0.5, 0.45, 0.55))));
  }

  @Test
  void sharesWhoseVerdictsAreWithheldAreNotNamed() {
    // the page leaves out what is withheld: here the values of padding and head
    ObservationRow[] shares =
        Arrays.stream(both(share("head", 0.65, 0.6, 0.72), share("padding", 0.33, 0.28, 0.4)))
            .filter(row -> row.observed().startsWith("share of "))
            .toArray(ObservationRow[]::new);
    assertEquals(
        Optional.of(
            "padding and the head together make black pixels cost more in the middle than at the"
                + " edge; how much each contributes is open, since with one of them changed the"
                + " network responds to pixels less than half as strongly"),
        clause(Verdict.SUPPORTED, shares));
  }

  @Test
  void aPartThatIsRuledOutIsNotNamed() {
    assertEquals(
        Optional.of("padding alone makes black pixels cost more in the middle than at the edge"),
        clause(
            Verdict.SUPPORTED,
            share("head", 1e-7, 3e-8, 2e-7),
            named("share of head at equal gain", share("", 4e-8, -4e-8, 1e-7)),
            share("padding", 1.06, 0.95, 1.2),
            named("share of padding at equal gain", share("", 0.99, 0.89, 1.1)),
            named("head", share("", 1e-7, 3e-8, 2e-7)),
            named("padding", share("", 2.05, 1.87, 2.23))));
    ObservationRow head = named("head", share("", 0, -0.01, 0.01));
    assertEquals(
        Optional.of("padding makes black pixels cost more in the middle than at the edge"),
        clause(Verdict.SUPPORTED, withVerdict(head, VerdictAnswer.NOT_THE_CAUSE.label())));
  }

  private static ObservationRow withVerdict(ObservationRow row, String verdict) {
    return new ObservationRow(
        row.observed(),
        row.against(),
        row.statistic(),
        row.effect(),
        row.ciLow(),
        row.ciHigh(),
        row.pValue(),
        row.pShaffer(),
        row.pEquivalence(),
        row.margin(),
        verdict,
        row.runsNeeded(),
        row.runs(),
        row.dropped());
  }

  /** A linear cost of the middle beside a gain of the edge cancels where the head is averaged. */
  @Test
  void aPartSufficesThoughANetworkWithTheOtherChangedHardlyAnswers() {
    ObservationRow own = named("the network's own", share("", 6.75, 6.7, 6.8));
    ObservationRow lost = named("padding, with the own head", share("", 0, 0, 0));
    ObservationRow same = withVerdict(lost, VerdictAnswer.NOT_THE_CAUSE.label());
    assertEquals(
        Optional.of(
            "the head suffices to make black pixels cost more in the middle than at the edge: with"
                + " padding that wraps around, the difference is as large"),
        clause(Verdict.UNTESTED, own, same));
    ObservationRow less = named("the network's own", share("", -6.75, -6.8, -6.7));
    assertTrue(clause(Verdict.UNTESTED, less, same).orElseThrow().contains("cost less in the"));
    assertTrue(clause(Verdict.UNTESTED, own, lost).isEmpty(), "not shown to be as much");
    assertTrue(clause(Verdict.UNTESTED, same).isEmpty(), "no contrast is known");
    ObservationRow faint = named("the network's own", share("", 0.4, 0.3, 0.5));
    assertTrue(clause(Verdict.UNTESTED, faint, same).isEmpty(), "as much as a margin counts");
  }

  @Test
  void withoutAnyPaddingItsLackIsNamed() {
    ObservationRow[] shares = both(share("head", 0, 0, 0), share("padding", 1, 0.97, 1.02));
    ObservationRow[] rows = Arrays.copyOf(shares, shares.length + 1);
    rows[shares.length] = named("padded layers", share("", 0, 0, 0));
    assertEquals(
        Optional.of(
            "the lack of padding alone makes black pixels cost more in the middle than at the"
                + " edge"),
        clause(Verdict.SUPPORTED, rows));
  }

  @Test
  void whereTheMiddleIsOpenPartsTellThatToo() {
    assertEquals(
        Optional.of("the head alone makes black pixels cost less in the middle than at the edge"),
        clause(Verdict.OPPOSITE, both(share("head", 1, 0.95, 1.05), share("padding", 0, 0, 0))));
    assertEquals(
        Optional.of(
            "the head and padding make black pixels cost less in the middle than at the edge (their"
                + " shares of the difference: half and half)"),
        clause(
            Verdict.OPPOSITE,
            both(share("head", 0.5, 0.45, 0.55), share("padding", 0.5, 0.45, 0.55))));
    assertEquals(
        Optional.of(
            "neither padding nor the head makes pixels cost more in the middle than at the edge"),
        clause(Verdict.NO_EFFECT));
  }

  /** A gate of a flattened map is neither of the two parts that are replaced. */
  @Test
  void whatWasNotReplacedForbidsNeither() {
    String gate = "layer gate reads each position of a map by weights of its own";
    ObservationRow row = named("operations that were not replaced: " + gate, share("", 1, 1, 1));
    Optional<String> said =
        Optional.of(
            gate
                + ", and whether that makes pixels cost more in the middle than at the edge was not"
                + " tested");
    assertEquals(said, clause(Verdict.NO_EFFECT, row));
    assertEquals(said, clause(Verdict.UNDECIDED, row));
    OtherOperation other =
        new OtherOperation(
            "gate", "reads each position of a map by weights of its own", false, false, false);
    Observations seen =
        observed(new Gated(new PlantedModel(plant("barrier-by-neither")), List.of(other)));
    assertTrue(
        seen.observations().stream().anyMatch(each -> each.name().endsWith(gate)),
        seen.observations().toString());
    assertEquals(
        List.of("padding and head"),
        seen.withheld().stream().map(WithheldComparison::comparison).toList());
    assertEquals(List.of(), observed(new PlantedModel(plant("barrier-by-neither"))).withheld());
  }

  @Test
  void whatOtherOperationsDoIsTold() {
    String gate = "layer gate reads each position of a map by weights of its own";
    ObservationRow row = named("other operations: " + gate, share("", 1.24, 1.1, 1.4));
    ObservationRow cause = withVerdict(row, VerdictAnswer.CAUSE.label());
    String said =
        gate
            + ", and that makes black pixels cost more in the middle than at the edge (by 1.2"
            + " logits, 1.1 to 1.4)";
    assertEquals(
        Optional.of(said + "; neither padding nor the head does"),
        clause(Verdict.NO_EFFECT, cause));
    assertEquals(Optional.of(said), clause(Verdict.UNDECIDED, cause));
    ObservationRow[] alone = both(share("head", 1, 0.97, 1.02), share("padding", 0, -0.02, 0.02));
    ObservationRow[] beside = Arrays.copyOf(alone, alone.length + 1);
    beside[alone.length] = cause;
    assertEquals(
        Optional.of(
            "the head alone makes black pixels cost more in the middle than at the edge; beside"
                + " it, "
                + said),
        clause(Verdict.SUPPORTED, beside));
    assertEquals(
        Optional.of(
            gate
                + ", and whether that makes pixels cost more in the middle than at the edge is"
                + " undecided"),
        clause(Verdict.NO_EFFECT, withVerdict(row, VerdictAnswer.UNDECIDED.label())));
    assertEquals(
        Optional.of(
            "neither padding nor the head makes pixels cost more in the middle than at the edge"),
        clause(Verdict.NO_EFFECT, withVerdict(row, VerdictAnswer.NOT_THE_CAUSE.label())));
  }

  /** A model with an operation that is neither padding nor head. */
  private record Gated(AblatedModel own, List<OtherOperation> otherOperations)
      implements AblatedModel {
    @Override
    public String name() {
      return own.name();
    }

    @Override
    public Canvas canvas() {
      return own.canvas();
    }

    @Override
    public String padding() {
      return own.padding();
    }

    @Override
    public float paddingGray() {
      return own.paddingGray();
    }

    @Override
    public Optional<String> refusal(ModelVariant variant) {
      return own.refusal(variant);
    }

    @Override
    public Classifier open(ModelVariant variant) {
      return own.open(variant);
    }
  }

  /** The first pixels of the middle cost two logits together, and each gains 0.3. */
  @Test
  void whereTheFirstPixelDoesTheOppositeOfManyThatIsTold() {
    double[] middle = PlantMaps.edge(0, 1);
    Plant paying =
        Plant.known(
            "paying",
            c -> PlantedFormula.blank().withWall(2, middle).withGain(PlantMaps.edge(0, 0.3)));
    double first = 2 * (1 - Math.exp(-1)) - 0.3;
    assertEquals(first, firstPixel(paying).orElseThrow(), 1e-5);
    assertTrue(firstPixel(plant("barrier-by-head")).isEmpty());
    ObservationRow turning = named("contrast of the first pixel", share("", 1.36, 1.36, 1.36));
    ObservationRow own = named("the network's own", share("", -4.3, -4.4, -4.2));
    ObservationRow lost = named("padding, with the own head", share("", 0, 0, 0));
    assertEquals(
        Optional.of(
            "the head suffices to make black pixels cost less in the middle than at the edge, on"
                + " average over the numbers of pixels tried (the first one costs 1.4 logits more"
                + " in the middle): with padding that wraps around, the difference is as large"),
        clause(
            Verdict.UNTESTED,
            own,
            withVerdict(lost, VerdictAnswer.NOT_THE_CAUSE.label()),
            turning));
    assertTrue(clause(Verdict.NO_EFFECT, turning).isEmpty());
  }

  private static Optional<Double> firstPixel(Plant plant) {
    return observed(new PlantedModel(plant)).observations().stream()
        .filter(row -> row.name().equals("contrast of the first pixel"))
        .map(Observation::effect)
        .findFirst();
  }

  private static Observations observed(AblatedModel model) {
    AblationSetting setting =
        new AblationSetting(
            EvolutionOptions.quick(),
            PlantMaps.CANVAS,
            0.5f,
            "zero",
            1,
            3,
            AblationSetting.NO_PHOTOS);
    ArmRuns none = new ArmRuns(AblationArm.control("evolved", "pixels anywhere"), List.of());
    return new PlaceParts().observe(new Observer.Input(none, setting, model, 64, 1, () -> false));
  }

  /** A head that is all of it came to 0.95 (0.80 to 1.12), and nine tenths were said. */
  @Test
  void aShareThatMayBeAllIsNoFraction() {
    assertEquals(
        Optional.of("the head makes black pixels cost more in the middle than at the edge"),
        clause(
            Verdict.SUPPORTED,
            both(
                share("head", 0.947, 0.8, 1.12),
                share("padding", 0, 0, 0),
                share("neither", 0.053, -0.13, 0.19))));
  }

  @Test
  void aPartThatLeavesARestIsNotCalledAlone() {
    assertEquals(
        Optional.of(
            "padding makes black pixels cost more in the middle than at the edge (its share of the"
                + " extra cost: nine tenths)"),
        clause(
            Verdict.SUPPORTED, both(share("head", 0, 0, 0), share("padding", 0.92, 0.87, 0.99))));
  }

  /** Half as strong an answer everywhere is no knowledge of places. */
  @Test
  void atEqualGainStrengthAloneIsNoShare() {
    Plant halved =
        Plant.known(
            "halved",
            c -> PlantedFormula.blank().withCost(PlantMaps.edge(0, c.pooled() ? 0.2 : 0.4)));
    PartShares shares = shares(halved);
    assertEquals(0.5, shares.gain(Variant.AVERAGED), 1e-4);
    assertTrue(shares.share(Part.HEAD, new SplitMix64(1)).orElseThrow().value() > 0.4);
    Estimate equal = shares.shareAtEqualGain(Part.HEAD, new SplitMix64(1)).orElseThrow();
    assertEquals(0, equal.value(), 1e-4);
  }
}
