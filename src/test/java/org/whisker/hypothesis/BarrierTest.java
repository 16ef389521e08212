package org.whisker.hypothesis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.ablation.AblatedModel;
import org.whisker.ablation.AblatedModel.Photo;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.Observation;
import org.whisker.ablation.Observations;
import org.whisker.ablation.Observer;
import org.whisker.ablation.TestedModel;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.planted.OwnPlants;
import org.whisker.planted.Plant;
import org.whisker.planted.PlantMaps;
import org.whisker.planted.PlantedFormula;
import org.whisker.planted.PlantedModel;
import org.whisker.position.result.DoseTables.BarrierRow;
import org.whisker.position.result.DoseTables.DoseRow;
import org.whisker.stats.Verdict;

class BarrierTest {
  private static final Barrier BARRIER = new Barrier();

  private static ObservationRow row(String name, double effect) {
    return row(name, effect, "");
  }

  private static ObservationRow row(String name, double effect, String verdict) {
    OptionalDouble none = OptionalDouble.empty();
    return new ObservationRow(
        name,
        "",
        "",
        effect,
        none,
        none,
        none,
        none,
        none,
        none,
        verdict,
        OptionalLong.empty(),
        24,
        0);
  }

  private static Optional<String> clause(Verdict verdict, ObservationRow... rows) {
    OptionalDouble none = OptionalDouble.empty();
    return BARRIER.clause(
        new HypothesisResult(verdict, none, none, none, List.of(rows), List.of()));
  }

  @Test
  void itsVerdictSaysThatThereIsOneAndNotWhatItCauses() {
    Hypothesis barrier = Hypotheses.get("barrier");
    assertEquals("yes", barrier.answer(Verdict.SUPPORTED, 1).words());
    assertEquals("no", barrier.answer(Verdict.NO_EFFECT, 0).words());
    assertEquals("the opposite", barrier.answer(Verdict.OPPOSITE, -1).words());
    Hypothesis explained = Hypotheses.get("surrogates");
    assertEquals("yes", explained.answer(Verdict.SUPPORTED, 0).words());
    assertEquals("no", explained.answer(Verdict.REFUTED, -0.2).words());
  }

  @Test
  void theClauseHasTheCostsThatWereSeen() {
    ObservationRow[] rows = {
      row("first pixel in the centre", 1.09),
      row("first pixel at the edge", 0.01),
      row("40 pixels in the centre", 3.84),
      row("40 pixels at the edge", 0.62)
    };
    assertEquals(
        Optional.of(
            "there is a barrier around the middle: one black pixel costs 1.1 logits in the"
                + " innermost fifth of the area and 0.0 in the outermost, 40 cost 3.8 and 0.6"),
        clause(Verdict.SUPPORTED, rows));
    assertEquals(
        Optional.of(
            "black pixels in the innermost fifth of the area cost nothing, or no more than in the"
                + " outermost"),
        clause(Verdict.NO_EFFECT, rows));
    assertEquals(
        Optional.of("the first black pixels in the middle cost more than near the border"),
        clause(Verdict.SUPPORTED));
    assertEquals(
        Optional.of(
            "black pixels in the middle push towards the target, more than near the border"),
        clause(Verdict.OPPOSITE));
  }

  /** Where the first pixel is no obstacle, as where the second one costs what it gained. */
  @Test
  void theClauseHasTheCostsWhereTheBarrierIsHighest() {
    String clause =
        clause(
                Verdict.SUPPORTED,
                row("first pixel in the centre", -0.28),
                row("first pixel at the edge", -0.29),
                row("3 pixels in the centre", 0.66),
                row("3 pixels at the edge", -0.86),
                row("40 pixels in the centre", -9.7),
                row("40 pixels at the edge", -11.3))
            .orElseThrow();
    assertEquals(
        "there is a barrier around the middle: one black pixel gains 0.3 logits in the innermost"
            + " fifth of the area and 0.3 in the outermost, 3 cost 0.7 in the middle and gain 0.9"
            + " at the edge, 40 gain 9.7 and 11.3",
        clause);
  }

  /** A row with an interval, of 24 draws, shown to be other than 0. */
  private static ObservationRow shown(String name, double effect, double low, double high) {
    ObservationRow bare = row(name, effect);
    return new ObservationRow(
        bare.observed(),
        bare.against(),
        bare.statistic(),
        effect,
        OptionalDouble.of(low),
        OptionalDouble.of(high),
        OptionalDouble.of(0.001),
        OptionalDouble.of(0.004),
        bare.pEquivalence(),
        bare.margin(),
        bare.verdict(),
        bare.runsNeeded(),
        bare.runs(),
        bare.dropped());
  }

  /** Undecided whether forty cost more there, but single ones are shown to help. */
  @ParameterizedTest
  @EnumSource(names = {"UNDECIDED", "NO_EFFECT", "SUPPORTED"})
  void theMiddleIsFreeWhereSinglePixelsHelp(Verdict verdict) {
    assertEquals(
        Optional.of(
            "black pixels are free to enter the middle: one black pixel gains 0.09 logits in the"
                + " innermost fifth of the area and 0.1 in the outermost, 40 gain 0.5 and 1.9; of"
                + " 24 single pixels tried in that fifth 21 help"),
        clause(
            verdict,
            shown("first pixel in the centre", -0.09, -0.12, -0.06),
            row("first pixel at the edge", -0.06),
            row("40 pixels in the centre", -0.5),
            row("40 pixels at the edge", -1.85),
            row("share of first pixels that help in the centre", 0.875),
            row("barrier height", 0.05)));
  }

  /** A middle that costs a little more than an edge that costs, too, is not closed by that. */
  @Test
  void whatCostsLittleMoreThanTheEdgeIsNoBarrier() {
    ObservationRow[] rows = {
      row("first pixel in the centre", 0.11),
      row("first pixel at the edge", 0.1),
      row("40 pixels in the centre", 2.3),
      row("40 pixels at the edge", 1.93),
      row("barrier height", 0.4),
      row("dose of the barrier height", 40)
    };
    assertEquals(
        Optional.of(
            "that pixels cost more in the middle than at the edge closes nothing: one black"
                + " pixel costs 0.1 logits in the innermost fifth of the area and 0.1 in the"
                + " outermost, 40 cost 2.3 and 1.9"),
        clause(Verdict.SUPPORTED, rows));
    rows[4] = row("barrier height", 1.2);
    assertTrue(clause(Verdict.SUPPORTED, rows).orElseThrow().startsWith("there is a barrier"));
    rows[5] = row("gain of a pixel of evolved images", 0.7);
    assertTrue(
        clause(Verdict.SUPPORTED, rows).orElseThrow().contains("closes nothing: one"),
        "two pixels pay for it");
    rows[5] = row("share of evolved pixels in the innermost fifth", 0.42);
    assertTrue(
        clause(Verdict.SUPPORTED, rows)
            .orElseThrow()
            .contains(
                "closes nothing (42\u00a0% of the evolved pixels lie in the innermost fifth of the"
                    + " area): one"));
    rows[5] = row("share of evolved pixels in the innermost fifth", 0.02);
    assertTrue(clause(Verdict.SUPPORTED, rows).orElseThrow().startsWith("there is a barrier"));
  }

  private static String costs(double... logits) {
    return clause(
            Verdict.SUPPORTED,
            row("first pixel in the centre", logits[0]),
            row("first pixel at the edge", logits[1]),
            row("40 pixels in the centre", logits[2]),
            row("40 pixels at the edge", logits[3]))
        .orElseThrow();
  }

  /** Nobody knows at first reading what a cost of −8 logits is. */
  @Test
  void theClauseHasNoCostsBelowNone() {
    assertEquals(
        "there is a barrier around the middle: one black pixel costs 0.3 logits in the innermost"
            + " fifth of the area and gains 0.3 in the outermost, 40 gain 8.0 and 10.0",
        costs(0.26, -0.26, -8, -10));
    assertEquals(
        "there is a barrier around the middle: one black pixel costs 0.3 logits in the innermost"
            + " fifth of the area and 0.0 in the outermost, 40 cost 10.0 in the middle and gain"
            + " 10.0 at the edge",
        costs(0.26, -0.02, 10, -10));
    assertTrue(
        costs(0.04, -0.3, 2, -2)
            .contains(
                "one black pixel costs 0.04 logits in the innermost fifth of the area and gains 0.3"
                    + " in the outermost"));
  }

  @Test
  void theClauseHasTheHeightHalfWayOnlyWhereABarrierIsShownThere() {
    ObservationRow[] rows = {
      row("first pixel in the centre", 1.09),
      row("first pixel at the edge", 0.01),
      row("40 pixels in the centre", 3.84),
      row("40 pixels at the edge", 0.62),
      row("barrier for pixels added at p 0.5", 2.61),
      row("barrier height", 3.3)
    };
    assertFalse(clause(Verdict.SUPPORTED, rows).orElseThrow().contains("height"));
    rows[4] = row("barrier for pixels added at p 0.5", 2.61, "present");
    assertTrue(
        clause(Verdict.SUPPORTED, rows)
            .orElseThrow()
            .endsWith(
                "; its height is 3.3 logits on the empty canvas, and 2.6 on images at p(target)"
                    + " \u00bd"));
    ObservationRow[] dosed = Arrays.copyOf(rows, rows.length + 2);
    dosed[rows.length] = row("dose of the barrier height", 10);
    dosed[rows.length + 1] = row("dose of the barrier for pixels added at p 0.5", 1);
    assertTrue(
        clause(Verdict.SUPPORTED, dosed)
            .orElseThrow()
            .endsWith(
                "; its height is 3.3 logits at 10 pixels on the empty canvas, and 2.6 at 1 pixel on"
                    + " images at p(target) \u00bd"));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"SUPPORTED", "NO_EFFECT", "OPPOSITE"},
      mode = EnumSource.Mode.EXCLUDE)
  void itIsSilentWhereItsTestBearsNothing(Verdict verdict) {
    assertEquals(Optional.empty(), clause(verdict, row("first pixel in the centre", 1)));
  }

  private static Plant plant(String id) {
    return OwnPlants.named(id);
  }

  /** Without any run, of the network alone. */
  private static Observations.Tabled observed(String id) {
    return observed(new PlantedModel(plant(id)));
  }

  private static Observations.Tabled observed(AblatedModel model) {
    return observed(model, List.of());
  }

  private static Observations.Tabled observed(AblatedModel model, List<ArmRun> runs) {
    AblationSetting setting =
        new AblationSetting(
            EvolutionOptions.quick(),
            model.canvas(),
            0.5f,
            "zero",
            1,
            3,
            AblationSetting.NO_PHOTOS);
    ArmRuns control = new ArmRuns(AblationArm.control("evolved", "pixels anywhere"), runs);
    return (Observations.Tabled)
        BARRIER.observe(new Observer.Input(control, setting, model, 64, 1, () -> false));
  }

  private static BarrierRow on(Observations.Tabled observed, String base) {
    return observed.tables().get(1).rows().stream()
        .map(BarrierRow.class::cast)
        .filter(row -> row.base().equals(base))
        .findFirst()
        .orElseThrow();
  }

  /** Twelve gray pictures of each label, in which pixels of the middle cost as much as they add. */
  @Test
  void photosAreBasesWhereThereAreAny() {
    PlantedModel plain = new PlantedModel(plant("barrier-linear"));
    List<Photo> photos = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      photos.add(new Photo("photo " + i, i % 2 == 0, GrayImage.filled(plain.canvas(), 0.75f)));
    }
    Observations.Tabled seen = observed(new WithPhotos(plain, photos));
    BarrierRow cats = on(seen, "photos of cats");
    assertEquals(12, cats.units());
    assertEquals(0.3 * 0.75, cats.firstCentre(), 1e-5);
    assertEquals(-0.12 * 0.75, cats.firstEdge(), 1e-5);
    assertEquals(0.3 * 0.75 * 40, cats.height(), 1e-3, "the edge's gain is not the middle's cost");
    assertEquals(12, on(seen, "photos of others").units());
    assertEquals(
        observed(plain).observations().size(),
        seen.observations().size(),
        "nothing is tested of it");
  }

  /** The first image of a run that begins at p(target) 0.9 is no image at p(target) ½. */
  @Test
  void imagesAtHalfAreBasesOnlyWhereWhiteIsNoCat() {
    PlantedModel plain = new PlantedModel(plant("barrier-linear"));
    assertEquals(2, on(observed(plain, runs(2)), "evolved images at p 0.5").units());
    Observations.Tabled cat = observed(plain, runs(-2));
    assertTrue(bases(cat).contains("evolved images at the end"), () -> bases(cat).toString());
    assertFalse(bases(cat).contains("evolved images at p 0.5"));
  }

  /** Two runs, each of which has one pixel and a logit of −2.5 in its first image. */
  private static List<ArmRun> runs(double white) {
    return Stream.of(5, 6)
        .map(
            pixel -> {
              BlackPixels image = BlackPixels.of(PlantMaps.CANVAS, pixel);
              ArmRun.Step step =
                  new ArmRun.Step(
                      1, -2.5, OptionalDouble.of(0), 1, Optional.of(new ArmRun.Seen(0, image)));
              ArmRun.Outcome outcome =
                  new ArmRun.Outcome(
                      image,
                      OptionalDouble.of(0),
                      OptionalDouble.of(-2.5),
                      OptionalDouble.of(-2.5),
                      OptionalDouble.of(white),
                      OptionalLong.empty(),
                      100,
                      10,
                      1,
                      List.of(step));
              return new ArmRun(pixel, "stopped", "", Optional.of(outcome));
            })
        .toList();
  }

  private static List<String> bases(Observations.Tabled observed) {
    return observed.tables().get(1).rows().stream().map(row -> ((BarrierRow) row).base()).toList();
  }

  @Test
  void whereTheFirstPixelCostsNothingTheTableHasTheHighestCosts() {
    Observations.Tabled seen = observed(new SecondPixel());
    assertEquals(-0.2, effect(seen, "first pixel in the centre"), 1e-5);
    assertEquals(1.5 - 3 * 0.2, effect(seen, "3 pixels in the centre"), 1e-5);
    assertEquals(-3 * 0.2, effect(seen, "3 pixels at the edge"), 1e-5);
    assertFalse(
        observed("barrier-saturating").observations().stream()
            .anyMatch(row -> row.name().equals("3 pixels in the centre")));
  }

  private static double effect(Observations.Tabled seen, String name) {
    return seen.observations().stream()
        .filter(row -> row.name().equals(name))
        .findFirst()
        .orElseThrow()
        .effect();
  }

  /** Every pixel gains as much, but the second one in the middle quarter costs 1.5 logits. */
  private record SecondPixel() implements TestedModel, Classifier {
    @Override
    public String name() {
      return "second pixel";
    }

    @Override
    public Canvas canvas() {
      return Canvas.square(32);
    }

    @Override
    public float paddingGray() {
      return 0;
    }

    @Override
    public Classifier open(ModelVariant variant) {
      return this;
    }

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      float[] logits = new float[pictures.size()];
      for (int i = 0; i < logits.length; i++) {
        float[] gray = pictures.get(i).grayValues();
        int[] black = IntStream.range(0, gray.length).filter(p -> gray[p] == 0).toArray();
        long inner = IntStream.of(black).filter(p -> canvas().borderDistance(p) >= 8).count();
        logits[i] = 2 - 0.2f * black.length + (inner > 1 ? 1.5f : 0);
      }
      return logits;
    }

    @Override
    public void close() {
      // holds nothing
    }
  }

  /** A network whose logits hardly differ has barriers of less than a margin. */
  @Test
  void nearHalfNothingIsCalledNone() {
    Plant faint =
        Plant.known(
            "faint",
            c ->
                PlantedFormula.blank()
                    .withWhite(0.03)
                    .withGain(PlantMaps.edge(0.003, 0))
                    .withWall(0.02, PlantMaps.edge(0, 1)));
    Plant far =
        Plant.known("far", c -> PlantedFormula.blank().withWall(0.02, PlantMaps.edge(0, 1)));
    assertEquals(
        List.of("barrier height"),
        observed(new PlantedModel(faint)).withheld().stream().map(w -> w.comparison()).toList());
    assertEquals(List.of(), observed(new PlantedModel(far)).withheld());
  }

  /** Equal pictures tell of several places only if each is given pixels of its own. */
  @Test
  void everyPictureHasPixelsOfItsOwn() {
    PlantedModel texture =
        new PlantedModel(
            Plant.known(
                "texture", c -> PlantedFormula.blank().withGain(PlantMaps.texture(0.2, -0.2))));
    List<Photo> photos = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      photos.add(new Photo("photo " + i, i % 2 == 0, GrayImage.filled(texture.canvas(), 0.75f)));
    }
    BarrierRow cats = on(observed(new WithPhotos(texture, photos)), "photos of cats");
    assertTrue(cats.heightCiHigh() > cats.heightCiLow());
  }

  private static String told(String plant) {
    return told(plant, Verdict.SUPPORTED);
  }

  private static String told(String plant, Verdict verdict) {
    List<ObservationRow> rows =
        observed(plant).observations().stream().map(ObservationRow::of).toList();
    return clause(verdict, rows.toArray(ObservationRow[]::new)).orElseThrow();
  }

  /** The middle itself is free, and yet something lies around it. */
  @Test
  void aRingThatCostsIsNotCalledNoBarrierAroundTheMiddle() {
    String none =
        "black pixels in the innermost fifth of the area cost nothing, or no more than in the"
            + " outermost";
    assertEquals(
        none + ", but one between the two costs 1.3 logits",
        told("barrier-ring", Verdict.NO_EFFECT));
    for (String even : List.of("barrier-everywhere", "barrier-side")) {
      assertEquals(none, told(even, Verdict.NO_EFFECT));
    }
  }

  @Test
  void theClauseSaysTowardsWhichSidesABarrierIsOpen() {
    String top = told("barrier-open-at-the-top");
    assertTrue(
        top.startsWith("there is a barrier around the middle, open towards the top alone: one"),
        top);
    for (String around : List.of("barrier-linear", "barrier-saturating")) {
      String clause = told(around);
      assertTrue(clause.startsWith("there is a barrier around the middle: one"), clause);
    }
  }

  /** The null is there on all backgrounds: the network averaged over rolls knows no centre. */
  @Test
  void otherBackgroundsHaveTheirNull() {
    BarrierRow black = on(observed("barrier-linear"), "black (white pixels)");
    assertTrue(Math.abs(black.rolledHeight().orElseThrow()) < 6, black.toString());
    assertTrue(Math.abs(black.height()) > 10, black.toString());
  }

  private static double effect(Observations observed, String name) {
    return observed.observations().stream()
        .filter(o -> o.name().equals(name))
        .mapToDouble(Observation::effect)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aLinearBarrierIsHalfReachedAtHalfOfTheDose() {
    Observations linear = observed("barrier-linear");
    assertEquals(0.3, effect(linear, "first pixel in the centre"), 1e-5);
    assertEquals(-0.12, effect(linear, "first pixel at the edge"), 1e-5);
    assertEquals(12, effect(linear, "40 pixels in the centre"), 1e-4);
    assertEquals(12, effect(linear, "barrier height"), 1e-4);
    assertEquals(0, effect(linear, "dose at half of the barrier"), 1e-4);
  }

  @Test
  void aSaturatingBarrierIsPaidByTheFirstPixels() {
    Observations.Tabled passable = observed("barrier-passable");
    assertEquals(2 * (1 - Math.exp(-1)) - 0.2, effect(passable, "first pixel in the centre"), 1e-5);
    assertEquals(-0.06, effect(passable, "first pixel at the edge"), 1e-5);
    assertTrue(effect(passable, "dose at half of the barrier") < 0);
    assertEquals(
        List.of(DoseRow.FILE, BarrierRow.FILE),
        passable.tables().stream().map(rows -> rows.table().file()).toList());
    assertEquals(List.of("white", "black (white pixels)"), bases(passable));
  }
}
