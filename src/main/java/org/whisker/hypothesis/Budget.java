package org.whisker.hypothesis;

import org.whisker.value.Labelled;

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
   * Whether a run ends with its first image of the p(target) at which arms are compared: no verdict
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
