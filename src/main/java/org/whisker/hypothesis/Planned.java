package org.whisker.hypothesis;

import java.util.Set;
import org.whisker.ablation.Ablation;

/**
 * When a report does an experiment. Its runs an arm are those of the budget, unless an arm asks for
 * more ({@link org.whisker.ablation.AblationArm#fewestRuns}).
 *
 * @param from the smallest budget that does it; the larger ones do, too
 * @param trains whether it trains networks: then it is done where there are photos, in any budget
 * @param quickArms the treatments that the quick budget is content with; empty: all
 */
public record Planned(Ablation ablation, Budget from, boolean trains, Set<String> quickArms) {
  public Planned {
    quickArms = Set.copyOf(quickArms);
  }

  /** In every budget. */
  public static Planned quick(Ablation ablation) {
    return new Planned(ablation, Budget.QUICK, false, Set.of());
  }

  /** In every budget, in the quick one with the control and these arms alone. */
  public static Planned quick(Ablation ablation, String... arms) {
    return new Planned(ablation, Budget.QUICK, false, Set.of(arms));
  }

  /** In the standard budget and the full one. */
  public static Planned standard(Ablation ablation) {
    return new Planned(ablation, Budget.STANDARD, false, Set.of());
  }

  /** In the full budget alone. */
  public static Planned full(Ablation ablation) {
    return new Planned(ablation, Budget.FULL, false, Set.of());
  }

  /** Wherever there are photos to train on. */
  public static Planned withPhotos(Ablation ablation) {
    return new Planned(ablation, Budget.QUICK, true, Set.of());
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
