package org.whisker.hypothesis;

import java.util.Set;
import org.whisker.ablation.Ablation;

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
    Ablation ablation, Budget from, boolean trains, Set<String> quickArms, PlanCost timed) {
  public Planned {
    quickArms = Set.copyOf(quickArms);
  }

  /** Plans an experiment for every budget. */
  public static Planned quick(Ablation ablation) {
    return new Planned(ablation, Budget.QUICK, false, Set.of(), PlanCost.USUAL);
  }

  /**
   * Plans an experiment for every budget, in the quick one with the control and these arms alone.
   */
  public static Planned quick(Ablation ablation, String... arms) {
    return new Planned(ablation, Budget.QUICK, false, Set.of(arms), PlanCost.USUAL);
  }

  /** Plans an experiment for the standard budget and the full one. */
  public static Planned standard(Ablation ablation) {
    return new Planned(ablation, Budget.STANDARD, false, Set.of(), PlanCost.USUAL);
  }

  /** Plans an experiment for the full budget alone. */
  public static Planned full(Ablation ablation) {
    return new Planned(ablation, Budget.FULL, false, Set.of(), PlanCost.USUAL);
  }

  /** Wherever there are photos to train on. */
  public static Planned withPhotos(Ablation ablation) {
    return new Planned(ablation, Budget.QUICK, true, Set.of(), PlanCost.USUAL);
  }

  /** Plans an experiment for the full budget alone, where there are photos to train on. */
  static Planned fullWithPhotos(Ablation ablation) {
    return new Planned(ablation, Budget.FULL, true, Set.of(), PlanCost.USUAL);
  }

  /** The same at another turn of a plan that is to end within a time. */
  public Planned timed(PlanCost timed) {
    return new Planned(ablation, from, trains, quickArms, timed);
  }

  /** Whether a budget does it without photos. */
  boolean isIn(Budget budget) {
    return !trains && budget.compareTo(from) >= 0;
  }

  /** The experiment as a budget does it. */
  Ablation in(Budget budget) {
    return budget == Budget.QUICK && !quickArms.isEmpty() ? ablation.narrowed(quickArms) : ablation;
  }
}
