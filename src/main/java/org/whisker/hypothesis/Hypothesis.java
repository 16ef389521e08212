package org.whisker.hypothesis;

import java.util.List;
import org.whisker.ablation.Ablation;
import org.whisker.planted.Plant;

/**
 * A suspected cause of where evolved pixels lie, and all that whisker knows of it: the experiments
 * that test it, the comparison that decides it, its wording, the budgets in which it is tested,
 * what is right of it on planted classifiers, and what a page shows. A new one is a class that
 * implements this, named as its id, and a line in {@link Hypotheses}.
 */
public interface Hypothesis {
  /** Name in options and tables: lower-case words with hyphens, such as {@code safe-harbour}. */
  String id();

  /** The question, and the answers that the statistics choose from. */
  Wording wording();

  /** The experiments that test it, at least one; the first has the comparison that decides. */
  List<Planned> experiments();

  /** The comparison that decides it, fixed beforehand. */
  Decisive decisive();

  /**
   * What is right of it on planted classifiers. The first line that names a plant counts, so
   * exceptions stand before the rule; of plants that no line names nothing is expected.
   */
  default List<Expectation> expected() {
    return List.of();
  }

  /** Planted classifiers of its own, beside those that all hypotheses are held against. */
  default List<Plant> plants() {
    return List.of();
  }

  /** On which planted classifiers its false verdicts and its power are measured. */
  default NullAndEffect calibratedOn() {
    return NullAndEffect.neither();
  }

  /** What its section of a page shows where its experiments have the tables. */
  default List<Shown> shown() {
    return Shown.OF_ARMS;
  }

  /** The experiment that decides it. */
  default Ablation experiment() {
    return experiments().get(0).ablation();
  }

  /** The verdict that is right on a plant, with its reason. */
  default Expectation expectedOn(Plant plant) {
    return expected().stream()
        .filter(line -> line.isOf(plant))
        .findFirst()
        .orElseGet(() -> Expectation.elsewhere(Expected.ANY, "not argued yet"));
  }
}
