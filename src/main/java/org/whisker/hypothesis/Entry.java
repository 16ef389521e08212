package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.DoubleStream;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationDesign;
import org.whisker.ablation.AblationSetting;
import org.whisker.ablation.ArmChecks.GainCheck;
import org.whisker.ablation.ArmContrast;
import org.whisker.ablation.ArmRuns;
import org.whisker.ablation.FinishedArms;
import org.whisker.ablation.Measure;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.ablation.WithheldComparison;
import org.whisker.ablation.result.EffectRow;
import org.whisker.ablation.result.EntryTables.EntryEffortRow;
import org.whisker.ablation.result.EntryTables.StartRow;
import org.whisker.evolution.Annealing;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.FounderRule;
import org.whisker.evolution.operator.RegionSchedule;
import org.whisker.hypothesis.Geometry.BeyondRolled;
import org.whisker.image.Canvas;
import org.whisker.image.Region;
import org.whisker.stats.Equivalence;
import org.whisker.stats.Verdict;
import org.whisker.value.Text;

/**
 * Whether the middle of the canvas is closed to the search, or of no use. If the first pixels there
 * cost more than any single one gains, a search that has to pay for each step stays outside, while
 * one that makes many edits at once can jump over the valley, and makes a cat in the same place.
 *
 * <p>So what decides is an interaction, of p(target): how much more the stronger search comes to
 * than the question's where both are held to the middle half, less the same behind a random roll of
 * the image, where they are held to as large a window at a random place. Beside it:
 *
 * <ul>
 *   <li>whether the start decides: E of the pixels that the question's search adds to central
 *       pixels that are given, or with several added at once, each less itself on rolled images;
 *   <li>whether the middle is as good: the stronger search held there against itself everywhere.
 * </ul>
 */
public final class Entry implements Hypothesis {
  static final String FREE = "question";
  static final String HELD = "held";
  static final String STRONGER = "stronger";
  static final String STRONGER_HELD = "stronger-held";
  static final String ANNEALING_HELD = "annealing-held";

  static final String CLOSED = "stronger-held over held, less rolled";

  /** Central pixels that founders have, or that a mutation adds at once. */
  private static final List<Integer> COUNTS = List.of(3, 10, 40);

  /** The middle half of the canvas: a quarter of its area. */
  private static final double MIDDLE = 0.5;

  /** How far E has to move with the given pixels, and what its interval must exclude. */
  private static final double MOVED = 0.10;

  private static final int CHAINS = 10;
  private static final double FIRST_TEMPERATURE = 0.05;
  private static final double LAST_TEMPERATURE = 0.001;
  private static final double MOSTLY = 0.5;
  private static final double ALPHA = 0.05;

  static final Ablation EXPERIMENT =
      new Ablation(
              "entry",
              "the question's search from central pixels that all founders have, with several"
                  + " pixels added at once, and held to the middle half of the canvas; a"
                  + " stronger search and annealing held there; if the middle is only closed"
                  + " to a search that pays for each step, the stronger search makes a cat"
                  + " there and the question's does not, by more than in an equally large"
                  + " window at a random place (E counts the added pixels only)",
              "nothing",
              Entry::design,
              List.of(EntryOutcomes::of))
          .checked(
              List.of(
                  ofDecisive(Entry::entersAnyhow),
                  ofDecisive(Entry::makesNoCat),
                  ofDecisive(Entry::makesNoCatAnywhere)));

  private static final Declaration DECLARED =
      Declaration.of(
              Topic.CLOSES,
              Wording.of(
                  "Is the middle closed to the search, or of no use?",
                  "p(target) of a stronger search minus that of the question's search, both held"
                      + " to the middle half, minus the same difference in an equally large"
                      + " window at a random place",
                  "the cost of the first steps into the middle",
                  "the question's search can't enter the middle, and a stronger one makes a cat"
                      + " there",
                  "held to the middle, a stronger search exceeds the question's search by no"
                      + " more than elsewhere",
                  "held to the middle, a stronger search exceeds the question's search by"
                      + " less than elsewhere"),
              Decisive.by(setting -> closed(setting.canvas())),
              Planned.standard(EXPERIMENT))
          .shown(exhibits())
          .tables(EntryEffortRow.TABLE, StartRow.TABLE)
          .tells("whether a stronger search makes a cat in the middle");

  @Override
  public Declaration declared() {
    return DECLARED;
  }

  private static List<Exhibit> exhibits() {
    List<Exhibit> exhibits = new ArrayList<>(List.of(Exhibit.GAINS, Exhibit.GIVEN_PIXELS));
    exhibits.addAll(Exhibit.ofArmsAnd(Exhibit.ENTRY_EFFORT));
    return List.copyOf(exhibits);
  }

  /** The middle half, to which searches are held, and in which given pixels lie. */
  static Region middle(Canvas canvas) {
    return Region.center(canvas, MIDDLE);
  }

  /** The numbers of given pixels that the middle has room for. */
  static List<Integer> counts(Canvas canvas) {
    int room = middle(canvas).size() / 2;
    return COUNTS.stream().filter(count -> count <= room).toList();
  }

  static String given(int count) {
    return "given-" + count;
  }

  static String atOnce(int count) {
    return "at-once-" + count;
  }

  /** Name of the arm whose search is held to the middle. */
  static String held(String arm) {
    return arm + "-held";
  }

  /** The arm on rolled images. */
  static String rolled(String arm) {
    return arm + "+" + Geometry.ROLLED;
  }

  private static AblationDesign design(AblationSetting s) {
    Canvas canvas = s.canvas();
    AblationArm free = free();
    List<AblationArm> arms = new ArrayList<>(List.of(free));
    List<BeyondRolled> starts =
        starts(canvas).stream().map(start -> new BeyondRolled(start, free)).toList();
    starts.forEach(start -> arms.add(start.treatment()));
    arms.add(stronger());
    arms.addAll(held(canvas));
    arms.add(free.with(Geometry.rolled()));
    starts.forEach(start -> arms.add(start.treatment().with(Geometry.rolled())));
    arms.addAll(heldApart(canvas).rolled());
    return new AblationDesign(arms, contrasts(canvas, starts));
  }

  private static List<ArmContrast> contrasts(Canvas canvas, List<BeyondRolled> starts) {
    List<ArmContrast> contrasts = new ArrayList<>();
    contrasts.add(closed(canvas));
    contrasts.add(ArmContrast.pair(STRONGER_HELD, STRONGER, Measure.P_TARGET, Prediction.STAYS));
    contrasts.add(ArmContrast.pair(HELD, FREE, Measure.P_TARGET, Prediction.NOTHING));
    contrasts.add(ArmContrast.pair(STRONGER_HELD, HELD, Measure.P_TARGET, Prediction.NOTHING));
    contrasts.add(
        ArmContrast.pair(ANNEALING_HELD, STRONGER_HELD, Measure.P_TARGET, Prediction.NOTHING));
    String most = mostGiven(canvas);
    for (BeyondRolled start : starts) {
      String name = start.treatment().name();
      contrasts.add(
          start.contrast(
              lessRolled(name), name.equals(most) ? Prediction.RISES : Prediction.NOTHING));
    }
    return contrasts;
  }

  private static String lessRolled(String arm) {
    return arm + ", less rolled";
  }

  private static String mostGiven(Canvas canvas) {
    return counts(canvas).stream().reduce((first, last) -> last).map(Entry::given).orElse("");
  }

  private static ArmContrast closed(Canvas canvas) {
    return heldApart(canvas).contrast(CLOSED, Measure.P_TARGET, Prediction.RISES);
  }

  /** The stronger search over the question's, both held to the middle. */
  private static BeyondRolled heldApart(Canvas canvas) {
    return new BeyondRolled(strongerHeld(canvas), questionHeld(canvas));
  }

  /** A check of the decisive contrast, which is passed where one of its arms is lacking. */
  private static Function<FinishedArms, Optional<WithheldComparison>> ofDecisive(
      BiFunction<FinishedArms, ArmContrast, Optional<WithheldComparison>> check) {
    return finished -> {
      ArmContrast closed = closed(finished.setting().canvas());
      return finished.arms().keySet().containsAll(closed.weights().keySet())
          ? check.apply(finished, closed)
          : Optional.empty();
    };
  }

  /**
   * Withholds the verdict where the question's search gains more than half as much in the middle as
   * the stronger one, or as leads from white to p(target) ½. It then enters; that the stronger one
   * comes further does not say that the middle is closed.
   */
  private static Optional<WithheldComparison> entersAnyhow(
      FinishedArms finished, ArmContrast closed) {
    Map<String, ArmRuns> arms = finished.arms();
    double gain = gain(arms, HELD);
    double most = gain(arms, STRONGER_HELD);
    double half = toHalf(arms, HELD);
    return gain < Math.min(most, half) / 2 || !comesFurther(arms, closed)
        ? Optional.empty()
        : Optional.of(
            new WithheldComparison(
                closed.name(),
                Text.of(
                    "held to the middle, the question's search gains %.2f logits over white, more"
                        + " than half of %s (%.2f): it enters",
                    gain,
                    most < half ? "what a stronger one gains there" : "what makes p(target) ½",
                    Math.min(most, half))));
  }

  /** The gain that takes the empty canvas of an arm to p(target) ½, in logits. */
  private static double toHalf(Map<String, ArmRuns> arms, String arm) {
    double white = Objects.requireNonNull(arms.get(arm)).bareCatProbability().orElse(0);
    return Math.log((1 - white) / white);
  }

  /**
   * Withholds the verdict where the stronger search comes further in the middle, but to less than
   * half of what the question's search gains everywhere: that is no cat, so the middle may be of no
   * use.
   */
  private static Optional<WithheldComparison> makesNoCat(
      FinishedArms finished, ArmContrast closed) {
    return comesFurther(finished.arms(), closed)
        ? new GainCheck(closed.name(), STRONGER_HELD, FREE, GainCheck.HALF).apply(finished)
        : Optional.empty();
  }

  /**
   * Withholds the verdict where the stronger search makes no cat in the middle, and none in the
   * window elsewhere: that it comes no further than there does not say that the middle is open.
   */
  private static Optional<WithheldComparison> makesNoCatAnywhere(
      FinishedArms finished, ArmContrast closed) {
    Map<String, ArmRuns> arms = finished.arms();
    double here = gain(arms, STRONGER_HELD);
    double elsewhere = gain(arms, rolled(STRONGER_HELD));
    double half = toHalf(arms, STRONGER_HELD);
    return Math.max(here, elsewhere) >= half / 2
        ? Optional.empty()
        : Optional.of(
            new WithheldComparison(
                closed.name(),
                Text.of(
                    "the stronger search makes no cat in the middle, nor in a window elsewhere: it"
                        + " gains %.2f and %.2f logits over white, less than half of what makes"
                        + " p(target) ½ (%.2f)",
                    here, elsewhere, half)));
  }

  private static double gain(Map<String, ArmRuns> arms, String arm) {
    return Objects.requireNonNull(arms.get(arm)).mean(Measure.GAIN).orElse(0);
  }

  /** Whether the mean difference is above 0, and not shown to be negligible. */
  private static boolean comesFurther(Map<String, ArmRuns> arms, ArmContrast contrast) {
    Map<Long, Double> bySeed = new TreeMap<>();
    contrast
        .weights()
        .forEach(
            (arm, weight) ->
                Objects.requireNonNull(arms.get(arm))
                    .units(Measure.P_TARGET)
                    .forEach((seed, p) -> bySeed.merge(seed, weight * p.orElse(0), Double::sum)));
    double[] differences = bySeed.values().stream().mapToDouble(Double::doubleValue).toArray();
    return DoubleStream.of(differences).sum() > 0
        && (differences.length < 2
            || !Equivalence.oneSample(differences, 0, Measure.MARGIN).holds(ALPHA));
  }

  private static AblationArm free() {
    return question(FREE, "one pixel added, removed or moved in 1.5 % of the children", o -> o);
  }

  /** The question's search from given pixels, and with several added at once. */
  private static List<AblationArm> starts(Canvas canvas) {
    List<AblationArm> arms = new ArrayList<>();
    for (int count : counts(canvas)) {
      arms.add(
          question(
              given(count),
              count + " black pixels of the middle half in all founders",
              o -> o.withFounders(new FounderRule.Given(middle(canvas), count))));
    }
    for (int count : counts(canvas)) {
      arms.add(question(atOnce(count), count + " pixels added at once, anywhere", adding(count)));
    }
    return arms;
  }

  private static UnaryOperator<EvolutionOptions> adding(int count) {
    return o -> o.withGenetic(g -> g.withMutation(g.mutation().withAtOnce(count)));
  }

  private static AblationArm stronger() {
    return AblationArm.searchingBy(
        STRONGER, "all that the preset quick does", EvolutionOptions.quick());
  }

  /** What is held to the middle half for good. */
  private static List<AblationArm> held(Canvas canvas) {
    List<AblationArm> arms = new ArrayList<>(List.of(questionHeld(canvas)));
    for (int count : counts(canvas)) {
      arms.add(
          question(
              held(atOnce(count)),
              "held to the middle half, " + count + " pixels added at once",
              o -> held(adding(count).apply(o), canvas)));
    }
    arms.add(strongerHeld(canvas));
    arms.add(
        AblationArm.searching(
            ANNEALING_HELD,
            "annealing with the edits of quick, held to the middle half",
            base -> held(annealing(base), canvas)));
    return arms;
  }

  private static AblationArm questionHeld(Canvas canvas) {
    return question(HELD, "held to the middle half", o -> held(o, canvas));
  }

  private static AblationArm strongerHeld(Canvas canvas) {
    return AblationArm.searchingBy(
        STRONGER_HELD, "quick, held to the middle half", held(EvolutionOptions.quick(), canvas));
  }

  private static EvolutionOptions held(EvolutionOptions options, Canvas canvas) {
    return options.withRegions(RegionSchedule.always(middle(canvas)));
  }

  private static EvolutionOptions quick(EvolutionOptions base) {
    return EvolutionOptions.quick().withLimitsOf(base);
  }

  private static EvolutionOptions annealing(EvolutionOptions base) {
    EvolutionOptions quick = quick(base);
    long images = base.stop().evaluations().orElse((long) base.stop().generations() * CHAINS);
    int generations = (int) Math.max(1, Math.min(Integer.MAX_VALUE, images / CHAINS));
    return quick.withMethod(
        new Annealing(
            CHAINS, quick.genetic().mutation(), FIRST_TEMPERATURE, LAST_TEMPERATURE, generations));
  }

  /** An arm that begins at the question's search, whatever the experiment's base is. */
  private static AblationArm question(
      String name, String what, UnaryOperator<EvolutionOptions> change) {
    return AblationArm.searchingBy(name, what, change.apply(EvolutionOptions.question()));
  }

  @Override
  public Optional<String> clause(HypothesisResult decided) {
    return new Answer(decided.verdict(), decided.effects()).clause();
  }

  /** What the tests bear, in a clause. */
  private record Answer(Verdict verdict, List<EffectRow> effects) {
    Optional<String> clause() {
      Optional<EffectRow> held = row(HELD, FREE, Measure.P_TARGET);
      Optional<EffectRow> stronger = row(STRONGER_HELD, STRONGER, Measure.P_TARGET);
      if (held.isEmpty() || stronger.isEmpty()) {
        return Optional.empty();
      }
      if (verdict == Verdict.SUPPORTED) {
        return Optional.of(
            "the search "
                + (isWhite() ? "does not enter" : "hardly enters")
                + " the middle, where each step must raise the fitness: held there it "
                + (isWhite()
                    ? "stays white"
                    : "ends at p(target) " + treated(held) + " with " + pixels(HELD, FREE))
                + ", while a search with many edits comes to p(target) "
                + treated(stronger)
                + " there with "
                + pixels(STRONGER_HELD, STRONGER)
                + path());
      }
      return isOfNoUse()
          ? Optional.of(
              "with equally many images, neither the question's search nor one with many"
                  + " edits makes a cat in the middle: the latter ends at p(target) "
                  + treated(stronger)
                  + " there, and free at "
                  + number(stronger.flatMap(row -> boxed(row.controlMean())))
                  + path())
          : Optional.empty();
    }

    private boolean isWhite() {
      return mean(HELD, FREE, Measure.PIXELS).filter(pixels -> pixels == 0).isPresent();
    }

    /**
     * Whether searches held to the middle are shown to reach a lower p(target) than free ones, and
     * hardly any of them makes a cat.
     */
    private boolean isOfNoUse() {
      return row(STRONGER_HELD, STRONGER, Measure.P_TARGET)
              .filter(row -> row.verdict().equals(VerdictAnswer.DIFFERS.label()))
              .filter(row -> row.difference().orElse(0) < -Measure.MARGIN)
              .isPresent()
          && mean(STRONGER_HELD, STRONGER, Measure.SUCCESS).orElse(1.0) < MOSTLY / 2
          && mean(HELD, FREE, Measure.SUCCESS).orElse(1.0) < MOSTLY / 2;
    }

    private String pixels(String arm, String against) {
      return mean(arm, against, Measure.PIXELS)
          .map(Math::round)
          .map(
              pixels ->
                  pixels == 0 ? "less than 1 pixel" : pixels == 1 ? "1 pixel" : pixels + " pixels")
          .orElse("a few pixels");
    }

    /** Whether the start decides, where that is shown. */
    private String path() {
      for (int count : COUNTS) {
        Optional<EffectRow> row =
            effects.stream()
                .filter(each -> each.comparison().equals(lessRolled(given(count))))
                .filter(EffectRow::decisive)
                .findFirst();
        if (row.isPresent()) {
          return path(count, row.get());
        }
      }
      return "";
    }

    private static String path(int count, EffectRow row) {
      if (row.verdict().equals(VerdictAnswer.CAUSE.label())
          && row.difference().orElse(0) >= MOVED
          && row.ciLow().orElse(0) > Measure.MARGIN) {
        return Text.of(
            "; with %d black pixels given there, E of the added pixels rises by %s",
            count, number(boxed(row.difference())));
      }
      return row.verdict().equals(VerdictAnswer.NOT_THE_CAUSE.label())
          ? Text.of(
              "; with %d black pixels given there, the search adds its own in the same places",
              count)
          : "";
    }

    private Optional<EffectRow> row(String treated, String control, Measure measure) {
      return effects.stream()
          .filter(row -> row.comparison().equals(treated) && row.against().equals(control))
          .filter(row -> row.measure().equals(measure.label()))
          .findFirst();
    }

    private Optional<Double> mean(String treated, String control, Measure measure) {
      return row(treated, control, measure).flatMap(row -> boxed(row.treatedMean()));
    }

    private static String treated(Optional<EffectRow> row) {
      return number(row.flatMap(each -> boxed(each.treatedMean())));
    }

    private static Optional<Double> boxed(OptionalDouble value) {
      return value.isPresent() ? Optional.of(value.getAsDouble()) : Optional.empty();
    }

    private static String number(Optional<Double> value) {
      return value.map(v -> Text.of("%.2f", v)).orElse("?");
    }
  }
}
