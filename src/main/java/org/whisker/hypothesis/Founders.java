package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.Ablation.AblationSetting;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmContrast.Prediction;
import org.whisker.ablation.Measure;
import org.whisker.ablation.PriceRatios;
import org.whisker.ablation.result.EntryTables.ReleaseRow;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.operator.Crossover;
import org.whisker.evolution.operator.RegionSchedule;
import org.whisker.hypothesis.Expectation.Expected;
import org.whisker.hypothesis.Expectation.NullAndEffect;
import org.whisker.hypothesis.Hypothesis.Shown;
import org.whisker.hypothesis.Hypothesis.Topic;
import org.whisker.hypothesis.Hypothesis.Wording;
import org.whisker.image.Canvas;
import org.whisker.image.Region;
import org.whisker.planted.Plant;
import org.whisker.planted.Plant.NullPlants;
import org.whisker.planted.PlantMaps;
import org.whisker.planted.PlantedFormula;
import org.whisker.table.Table;

/**
 * Where evolution starts. What decides is the intervention of the original question: pixels held to
 * the middle at first and then released. Beside it, founders' pixels elsewhere, and what was
 * reported of the question's search, crossover by crossover.
 */
public final class Founders implements Hypothesis {
  private static final String CENTRE_ONLY = "centre-only";
  private static final String EDGE_ONLY = "edge-only";
  private static final String EVERYWHERE = "everywhere";
  private static final String CENTRE_FIRST = "centre-first";
  private static final String UNIFORM = "uniform";
  private static final String HELD = "-held";
  private static final List<Crossover> REPORTED =
      List.of(Crossover.RECTANGLE, Crossover.COLUMNS, Crossover.PIXEL_LIST);
  private static final ArmContrast RELEASED =
      ArmContrast.pair(CENTRE_FIRST, EVERYWHERE, Measure.EDGE_INDEX, Prediction.RISES);

  /**
   * The region in which pixels may change, with the cost of a cat in the centre and at the edge.
   */
  static final Ablation REGIONS =
      new Ablation(
          "regions",
          "founders",
          "pixels held to the middle quarter, to the outer quarter, or to the middle at first and"
              + " then released; if only the start decided, the released ones would stay nearer the"
              + " centre; beside it, what a cat costs in both quarters",
          "nothing",
          Founders::regions,
          List.of(
              new PriceRatios(CENTRE_ONLY, EDGE_ONLY),
              new ReleaseCurve(List.of(CENTRE_FIRST), List.of(EVERYWHERE))));

  /** The positions of the founders' pixels. */
  static final Ablation PLACES =
      new Ablation(
          "founders",
          "founders",
          "founders' pixels anywhere, in the middle quarter, or in the outer quarter; if the start"
              + " matters, final pixels lie near where they started",
          "nothing",
          Founders::places);

  /** What was reported of the question's search, one by one. */
  static final Ablation QUESTION =
      new Ablation(
          "question",
          "founders",
          "the question's search under each of its three crossovers, free from the start, or held to"
              + " the middle quarter for 3,000 generations and then released; if the start decided,"
              + " released pixels would stay nearer the centre (needs twice as many generations as it"
              + " is held for: --preset question)",
          "nothing",
          Founders::reported,
          List.of(
              new ReleaseCurve(
                  REPORTED.stream().map(crossover -> crossover.label() + HELD).toList(),
                  REPORTED.stream().map(Crossover::label).toList())));

  @Override
  public String id() {
    return "founders";
  }

  @Override
  public Topic topic() {
    return Topic.CLOSES;
  }

  @Override
  public Wording wording() {
    return Wording.of(
        "Does it depend on where evolution starts?",
        "started or held in the centre and then released, against started anywhere",
        "the start of evolution",
        "started elsewhere, evolution ends elsewhere",
        "started elsewhere, evolution ends in the same places",
        "started elsewhere, evolution ends further from that start");
  }

  @Override
  public List<Planned> experiments() {
    return List.of(Planned.standard(REGIONS), Planned.standard(PLACES), Planned.full(QUESTION));
  }

  @Override
  public Decisive decisive() {
    return Decisive.by(RELEASED);
  }

  @Override
  public List<Expectation> expected() {
    return Expectation.ofSearches(
        Expectation.elsewhere(Expected.ANY, "depends on how near to a cat it is when released"));
  }

  @Override
  public NullAndEffect calibratedOn() {
    return NullAndEffect.of(
        Plant.known(
            "closed-centre",
            c ->
                PlantedFormula.blank()
                    .withGain(PlantMaps.even(0.12))
                    .withPrice(PlantMaps.centre(0.5, 0))),
        NullPlants.TEXTURE);
  }

  @Override
  public List<Shown> shown() {
    return Shown.ofArmsAnd(Shown.PRICES, Shown.RELEASE_CURVE, Shown.RELEASE);
  }

  @Override
  public List<Table<?>> tables() {
    return List.of(ReleaseRow.TABLE);
  }

  private static Ablation.Design regions(AblationSetting s) {
    return new Ablation.Design(
        List.of(
            AblationArm.control(EVERYWHERE, "pixels anywhere"),
            AblationArm.searching(
                CENTRE_ONLY,
                "pixels in the middle quarter of the canvas only",
                o -> o.withRegions(RegionSchedule.always(CentreAndEdge.centre(s.canvas())))),
            AblationArm.searching(
                EDGE_ONLY,
                "pixels in the outer quarter only",
                o -> o.withRegions(RegionSchedule.always(CentreAndEdge.edge(s.canvas())))),
            AblationArm.searching(
                CENTRE_FIRST,
                "in the middle quarter for " + s.held() + " generations, then anywhere",
                o -> CentreAndEdge.heldTo(o, CentreAndEdge.centre(s.canvas()), s.held()))),
        List.of(
            ArmContrast.pair(CENTRE_ONLY, EVERYWHERE, Measure.P_CAT, Prediction.NOTHING),
            ArmContrast.pair(EDGE_ONLY, EVERYWHERE, Measure.P_CAT, Prediction.NOTHING),
            ArmContrast.pair(CENTRE_ONLY, EDGE_ONLY, Measure.P_CAT, Prediction.NOTHING),
            RELEASED));
  }

  private static Ablation.Design places(AblationSetting s) {
    return new Ablation.Design(
        List.of(
            AblationArm.control(UNIFORM, "founders' pixels anywhere"),
            AblationArm.searching(
                "centre",
                "founders' pixels in the middle quarter",
                o -> CentreAndEdge.heldTo(o, CentreAndEdge.centre(s.canvas()), 1)),
            AblationArm.searching(
                "edge",
                "founders' pixels in the outer quarter",
                o -> CentreAndEdge.heldTo(o, CentreAndEdge.edge(s.canvas()), 1))),
        List.of(
            ArmContrast.pair("centre", UNIFORM, Measure.EDGE_INDEX, Prediction.RISES),
            ArmContrast.pair("edge", UNIFORM, Measure.EDGE_INDEX, Prediction.FALLS)));
  }

  private static Ablation.Design reported(AblationSetting s) {
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

  /** The centre and edge regions of the experiments: a quarter of the canvas area each. */
  private static final class CentreAndEdge {
    private static final double CENTRE = 0.5;
    // (1 − 2 · 0.067)² is ¾
    private static final double EDGE = 0.067;

    private CentreAndEdge() {}

    static Region centre(Canvas canvas) {
      return Region.center(canvas, CENTRE);
    }

    static Region edge(Canvas canvas) {
      return Region.edge(canvas, EDGE);
    }

    /**
     * The options with pixels restricted to a region for these generations, including the founders.
     */
    static EvolutionOptions heldTo(EvolutionOptions options, Region region, int generations) {
      return options.withRegions(
          new RegionSchedule(List.of(new RegionSchedule.Span(region, 0, generations))));
    }
  }
}
