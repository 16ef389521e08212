package org.whisker.hypothesis;

import java.util.Set;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.Ablation.AblationSetting;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.ModelVariant;
import org.whisker.ablation.ModelVariant.TrainingChange;
import org.whisker.value.Labelled;

/**
 * Tells when a report does an experiment. Its runs an arm are those of the budget, unless an arm
 * asks for more ({@link org.whisker.ablation.AblationArm#fewestRuns}).
 *
 * @param from the smallest budget that does it; the larger ones do, too
 * @param trains whether it trains networks: then it is done where there are photos
 * @param quickArms the treatments that the quick budget is content with; empty: all
 * @param timed when a plan that is to end within a time does it, and what it costs there
 */
public record Planned(
    Ablation ablation, Budget from, boolean trains, Set<String> quickArms, Timed timed) {
  public Planned {
    quickArms = Set.copyOf(quickArms);
  }

  /** Plans an experiment for every budget. */
  public static Planned quick(Ablation ablation) {
    return new Planned(ablation, Budget.QUICK, false, Set.of(), Timed.USUAL);
  }

  /**
   * Plans an experiment for every budget, in the quick one with the control and these arms alone.
   */
  public static Planned quick(Ablation ablation, String... arms) {
    return new Planned(ablation, Budget.QUICK, false, Set.of(arms), Timed.USUAL);
  }

  /** Plans an experiment for the standard budget and the full one. */
  public static Planned standard(Ablation ablation) {
    return new Planned(ablation, Budget.STANDARD, false, Set.of(), Timed.USUAL);
  }

  /** Plans an experiment for the full budget alone. */
  public static Planned full(Ablation ablation) {
    return new Planned(ablation, Budget.FULL, false, Set.of(), Timed.USUAL);
  }

  /** Wherever there are photos to train on. */
  public static Planned withPhotos(Ablation ablation) {
    return new Planned(ablation, Budget.QUICK, true, Set.of(), Timed.USUAL);
  }

  /** Plans an experiment for the full budget alone, where there are photos to train on. */
  static Planned fullWithPhotos(Ablation ablation) {
    return new Planned(ablation, Budget.FULL, true, Set.of(), Timed.USUAL);
  }

  /** The same at another turn of a plan that is to end within a time. */
  public Planned timed(Timed timed) {
    return new Planned(ablation, from, trains, quickArms, timed);
  }

  /**
   * What a plan that is to end within a time ({@code explain --within}) knows of an experiment of
   * the quick budget, beside the images that its arms score.
   *
   * @param turn its place among what is added while there is time; those of one turn come in the
   *     order of reports
   * @param seconds what it takes beside scored images, of all models together
   * @param mapsEveryPixel whether it needs the probe map at every position, and counts its images
   */
  public record Timed(Turn turn, double seconds, boolean mapsEveryPixel) {
    static final Timed USUAL = at(Turn.USUAL);

    /** An experiment that costs its images alone. */
    public static Timed at(Turn turn) {
      return new Timed(turn, 0, false);
    }
  }

  /** When a plan that is to end within a time adds an experiment: the first is added first. */
  public enum Turn {
    /** Always planned: the control, and what costs by place. */
    ALWAYS,
    PARTS_OF_PLACE,
    TIES_TO_PLACE,
    LEARNED_FIELDS,
    PATHS,
    STRIDES,
    OPERATORS,
    CARRIERS,
    /** What names no other turn. */
    USUAL,
    /** What needs a score at every pixel. */
    LANDSCAPE
  }

  /** Whether a budget does it without photos. */
  boolean isIn(Budget budget) {
    return !trains && budget.compareTo(from) >= 0;
  }

  /** The experiment as a budget does it. */
  Ablation in(Budget budget) {
    return budget == Budget.QUICK && !quickArms.isEmpty() ? ablation.narrowed(quickArms) : ablation;
  }

  /**
   * The cost of a report, for two small models on two cores.
   *
   * <p>The number of runs follows from the tests: the smallest p of a sign-flip test with n runs is
   * 2^(1 − n), which the correction multiplies by up to the number of hypotheses and models.
   */
  public enum Budget implements Labelled {
    /** Minutes: hypotheses that need few arms or none. */
    QUICK(12, 7_000, 3_000, true),
    /** An hour or two: every experiment without training but that of the question's reports. */
    STANDARD(12, 7_000, 3_000, false),
    /** A night: all of them, with more runs of twice as many generations. */
    FULL(30, 14_000, 6_000, false);

    private final int runs;
    private final long evaluations;
    private final int generations;
    private final boolean endsAtTarget;

    Budget(int runs, long evaluations, int generations, boolean endsAtTarget) {
      this.runs = runs;
      this.evaluations = evaluations;
      this.generations = generations;
      this.endsAtTarget = endsAtTarget;
    }

    /**
     * The budget of that name.
     *
     * @throws IllegalArgumentException for an unknown name
     */
    public static Budget parse(String label) {
      return Labelled.find(values(), label)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "--budget must be quick, standard or full, was '" + label + "'"));
    }

    /** Name of the search that all arms change one thing of, unless another is asked for. */
    public String preset() {
      return "question";
    }

    public int runs() {
      return runs;
    }

    /** Generations per run of the question's search: 3,000 were reported. */
    public int generations() {
      return generations;
    }

    /**
     * Whether a run ends with its first image of the p(cat) at which arms are compared: no verdict
     * is about later ones. What the search does beyond is for the larger budgets.
     */
    public boolean endsAtTarget() {
      return endsAtTarget;
    }

    /** Most evaluations per run. */
    public long evaluations() {
      return evaluations;
    }
  }

  /**
   * What experiments on training share. Two networks of one recipe differ by chance, so an arm has
   * several, trained from seeds shared by all arms, and the statistical unit is a network, as the
   * mean of its runs.
   */
  static final class Retraining {
    static final String UNIT =
        " An arm has several networks (--networks), trained from the same seeds in each; the unit"
            + " is the network";
    static final String NEEDS = "photos to train on (--data DIR)";

    private Retraining() {}

    /** An arm whose networks are trained with this change. */
    static AblationArm arm(String name, String what, TrainingChange change, AblationSetting s) {
      return AblationArm.of(
          name, what, new ModelVariant.Retrained(change, 0, s.regime(), s.fineTuned()));
    }
  }
}
