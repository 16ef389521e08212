package org.whisker.hypothesis;

/**
 * What a plan that is to end within a time ({@code explain --within}) knows of an experiment of the
 * quick budget, beside the images that its arms score.
 *
 * @param turn its place among what is added while there is time; those of one turn come in the
 *     order of reports
 * @param seconds what it takes beside scored images, of all models together
 * @param mapsEveryPixel whether it needs the probe map at every position, and counts its images
 */
public record PlanCost(PlanTurn turn, double seconds, boolean mapsEveryPixel) {
  static final PlanCost USUAL = at(PlanTurn.USUAL);

  /** An experiment that costs its images alone. */
  public static PlanCost at(PlanTurn turn) {
    return new PlanCost(turn, 0, false);
  }
}
