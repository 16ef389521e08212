package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmRun;
import org.whisker.ablation.ArmRun.Step;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.EffortRatios;
import org.whisker.ablation.FinishedArms;
import org.whisker.ablation.Measure;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.SupplementaryTable;
import org.whisker.ablation.result.EntryTables.ReleaseRow;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.Objective;
import org.whisker.evolution.operator.Crossover;
import org.whisker.evolution.operator.RegionSchedule;
import org.whisker.hypothesis.EntryOutcomes.Average;
import org.whisker.image.Canvas;
import org.whisker.image.Region;
import org.whisker.random.SplitMix64;
import org.whisker.table.Table;

/**
 * Tests where evolution starts. What decides is the intervention of the original question: pixels
 * held to the middle at first and then released. Beside it, founders' pixels elsewhere, and what
 * was reported of the question's search, crossover by crossover.
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
              "pixels held to the middle quarter, to the outer quarter, or to the middle at first"
                  + " and then released; if only the start decided, the released ones would stay"
                  + " nearer the centre; beside it, what a cat costs in both quarters",
              "nothing",
              Founders::regions,
              List.of(
                  new EffortRatios(CENTRE_ONLY, EDGE_ONLY),
                  new ReleaseCurve(List.of(CENTRE_FIRST), List.of(EVERYWHERE))))
          .testing("founders");

  /** The positions of the founders' pixels. */
  static final Ablation PLACES =
      new Ablation(
          "founders",
          "founders' pixels anywhere, in the middle quarter, or in the outer quarter; if the start"
              + " matters, final pixels lie near where they started",
          "nothing",
          Founders::places);

  /** What was reported of the question's search, one by one. */
  static final Ablation QUESTION =
      new Ablation(
              "question",
              "the question's search under each of its three crossovers, free from the start, or"
                  + " held to the middle quarter for 3,000 generations and then released; if the"
                  + " start decided, released pixels would stay nearer the centre (needs twice as"
                  + " many generations as it is held for: --preset question)",
              "nothing",
              Founders::reported,
              List.of(
                  new ReleaseCurve(
                      REPORTED.stream().map(crossover -> crossover.label() + HELD).toList(),
                      REPORTED.stream().map(Crossover::label).toList())))
          .testing("founders");

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.CLOSES,
              Wording.of(
                  "Does it depend on where evolution starts?",
                  "started or held in the centre and then released, against started anywhere",
                  "the start of evolution",
                  "started elsewhere, evolution ends elsewhere",
                  "started elsewhere, evolution ends in the same places",
                  "started elsewhere, evolution ends further from that start"),
              Decisive.by(RELEASED),
              Planned.standard(REGIONS),
              Planned.standard(PLACES),
              Planned.full(QUESTION))
          .shown(Exhibit.ofArmsAnd(Exhibit.EFFORT, Exhibit.RELEASE_CURVE, Exhibit.RELEASE))
          .tables(ReleaseRow.TABLE);

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  private static AblationDesign regions(AblationSetting s) {
    return new AblationDesign(
        List.of(
            AblationArm.control(EVERYWHERE, "pixels anywhere"),
            AblationArm.searching(
                CENTRE_ONLY,
                "pixels in the middle quarter of the canvas only",
                o -> o.withRegions(RegionSchedule.always(centre(s.canvas())))),
            AblationArm.searching(
                EDGE_ONLY,
                "pixels in the outer quarter only",
                o -> o.withRegions(RegionSchedule.always(edge(s.canvas())))),
            AblationArm.searching(
                CENTRE_FIRST,
                "in the middle quarter for " + s.held() + " generations, then anywhere",
                o -> heldTo(o, centre(s.canvas()), s.held()))),
        List.of(
            ArmContrast.pair(CENTRE_ONLY, EVERYWHERE, Measure.P_TARGET, Prediction.NOTHING),
            ArmContrast.pair(EDGE_ONLY, EVERYWHERE, Measure.P_TARGET, Prediction.NOTHING),
            ArmContrast.pair(CENTRE_ONLY, EDGE_ONLY, Measure.P_TARGET, Prediction.NOTHING),
            RELEASED));
  }

  private static AblationDesign places(AblationSetting s) {
    return new AblationDesign(
        List.of(
            AblationArm.control(UNIFORM, "founders' pixels anywhere"),
            AblationArm.searching(
                "centre",
                "founders' pixels in the middle quarter",
                o -> heldTo(o, centre(s.canvas()), 1)),
            AblationArm.searching(
                "edge",
                "founders' pixels in the outer quarter",
                o -> heldTo(o, edge(s.canvas()), 1))),
        List.of(
            ArmContrast.pair("centre", UNIFORM, Measure.EDGE_INDEX, Prediction.RISES),
            ArmContrast.pair("edge", UNIFORM, Measure.EDGE_INDEX, Prediction.FALLS)));
  }

  private static AblationDesign reported(AblationSetting s) {
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
              o -> heldTo(o, centre(s.canvas()), s.held())));
      contrasts.add(ArmContrast.chance(name, Prediction.NOTHING));
      contrasts.add(ArmContrast.pair(name + HELD, name, Measure.EDGE_INDEX, Prediction.RISES));
    }
    for (Crossover crossover : REPORTED.subList(1, REPORTED.size())) {
      contrasts.add(
          ArmContrast.pair(
              crossover.label(), REPORTED.get(0).label(), Measure.EDGE_INDEX, Prediction.DIFFERS));
    }
    return new AblationDesign(arms, contrasts);
  }

  /** An arm that begins at the question's search, whatever the experiment's base is. */
  private static AblationArm arm(
      String name, String what, Crossover crossover, UnaryOperator<EvolutionOptions> change) {
    return AblationArm.searchingBy(
        name,
        what,
        change.apply(EvolutionOptions.question().withGenetic(g -> g.withCrossover(crossover))));
  }

  private static final double CENTRE = 0.5;
  // (1 − 2 · 0.067)² is ¾
  private static final double EDGE = 0.067;

  /** The centre and edge regions of the experiments: a quarter of the canvas area each. */
  private static Region centre(Canvas canvas) {
    return Region.center(canvas, CENTRE);
  }

  private static Region edge(Canvas canvas) {
    return Region.edge(canvas, EDGE);
  }

  /**
   * The options with pixels restricted to a region for these generations, including the founders.
   */
  private static EvolutionOptions heldTo(EvolutionOptions options, Region region, int generations) {
    return options.withRegions(
        new RegionSchedule(List.of(new RegionSchedule.Span(region, 0, generations))));
  }

  /**
   * How good images are before and after the release of runs that are held to the middle at first,
   * beside free runs at as many generations, at as many images scored, and at as many generations
   * after the release. Of a run it takes the image with the lowest logit so far.
   *
   * @param held names of arms that are held and then released
   * @param free names of the arms that are not
   */
  record ReleaseCurve(List<String> held, List<String> free)
      implements Function<FinishedArms, SupplementaryTable> {
    private static final int POINTS = 20;

    ReleaseCurve {
      held = List.copyOf(held);
      free = List.copyOf(free);
    }

    @Override
    public SupplementaryTable apply(FinishedArms finished) {
      List<ReleaseRow> rows = new ArrayList<>();
      List<ArmRuns> arms =
          Stream.concat(free.stream(), held.stream())
              .flatMap(name -> Stream.ofNullable(finished.arms().get(name)))
              .filter(arm -> arm.runs().stream().anyMatch(run -> !run.isFailed()))
              .toList();
      Curve curve = new Curve(finished, arms);
      for (ArmRuns arm : arms) {
        rows.addAll(curve.of(arm, held.contains(arm.arm().name())));
      }
      return new SupplementaryTable(List.of(new Table.Rows<>(ReleaseRow.TABLE, rows)));
    }

    private record Curve(FinishedArms finished, List<ArmRuns> arms) {
      List<ReleaseRow> of(ArmRuns arm, boolean isHeld) {
        int release = finished.setting().held();
        long generations = most(outcome -> outcome.generations());
        List<ReleaseRow> rows = new ArrayList<>();
        for (long at : grid(generations, release)) {
          rows.add(row(arm, isHeld, ReleaseRow.GENERATIONS, at, step -> generation(step) <= at));
        }
        long images = most(ArmRun.Outcome::evaluations);
        for (long at : grid(images, images)) {
          rows.add(row(arm, isHeld, ReleaseRow.IMAGES, at, step -> step.evaluations() <= at));
        }
        if (isHeld) {
          for (long at : grid(Math.max(0, generations - release), 0)) {
            rows.add(
                row(
                    arm,
                    true,
                    ReleaseRow.SINCE_RELEASE,
                    at,
                    step -> generation(step) <= release + at));
          }
        }
        return rows.stream().filter(row -> row.runs() > 0).toList();
      }

      private long most(ToDoubleFunction<ArmRun.Outcome> measure) {
        return (long)
            arms.stream()
                .flatMap(arm -> arm.runs().stream())
                .flatMap(run -> run.outcome().stream())
                .mapToDouble(measure)
                .max()
                .orElse(0);
      }

      /** Evenly spaced counts from 0 to the most, one more, and that after it. */
      private static SortedSet<Long> grid(long most, long more) {
        SortedSet<Long> grid = new TreeSet<>();
        LongStream.rangeClosed(0, POINTS).forEach(i -> grid.add(most * i / POINTS));
        grid.add(Math.min(most, more));
        return grid;
      }

      private static int generation(Step step) {
        return step.seen().map(ArmRun.Seen::generation).orElse(0);
      }

      private ReleaseRow row(
          ArmRuns arm, boolean isHeld, String by, long at, Predicate<Step> sofar) {
        List<Step> best =
            arm.runs().stream()
                .flatMap(run -> run.outcome().stream())
                .flatMap(outcome -> last(outcome, sofar).stream())
                .toList();
        double lambda = finished.setting().lambda();
        String name = "ablate release " + arm.arm().name() + " " + by + " " + at;
        RandomGenerator random = SplitMix64.stream(finished.setting().seed(), name, 0);
        Average p = Average.of(each(best, Step::catProbability), Measure.P_TARGET, random);
        Average loss =
            Average.of(
                each(best, s -> Objective.crossEntropy(s.logit()) + lambda * s.pixels()), random);
        Average pixels = Average.of(each(best, Step::pixels), random);
        return new ReleaseRow(
            arm.arm().name(),
            isHeld,
            finished.setting().held(),
            by,
            at,
            best.size(),
            p.mean(),
            p.low(),
            p.high(),
            loss.mean(),
            loss.low(),
            loss.high(),
            pixels.mean(),
            pixels.low(),
            pixels.high());
      }

      private static Optional<Step> last(ArmRun.Outcome outcome, Predicate<Step> sofar) {
        return outcome.climb().stream().filter(sofar).reduce((first, second) -> second);
      }

      private static double[] each(List<Step> steps, ToDoubleFunction<Step> value) {
        return steps.stream().mapToDouble(value).toArray();
      }
    }
  }
}
