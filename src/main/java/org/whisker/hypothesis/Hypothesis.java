package org.whisker.hypothesis;

import java.util.List;
import java.util.Optional;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.Prediction;
import org.whisker.ablation.VerdictAnswer;
import org.whisker.stats.Verdict;
import org.whisker.table.Table;

/**
 * A suspected cause of where evolved pixels lie, and all that whisker knows of it: the experiments
 * that test it, the comparison that decides it, its wording, the budgets in which it is tested, and
 * what a page shows. A new one is a class that implements this, named as its id, and a line in
 * {@link Hypotheses}.
 */
public interface Hypothesis {
  /** What is fixed of it before any run. */
  Declaration declared();

  /** Name in options and tables: lower-case words with hyphens, such as {@code safe-harbour}. */
  default String id() {
    return declared().id();
  }

  /** The question of a report to which it belongs. */
  default Topic topic() {
    return declared().topic();
  }

  /** The question, and the answers that the statistics choose from. */
  default Wording wording() {
    return declared().wording();
  }

  /** Whether it asks if there is a bias, rather than what causes it. */
  default boolean isOfBias() {
    return declared().isOfBias();
  }

  /**
   * Whether its test takes a suspected cause away, so that it can be called one. Where its test
   * only looks, the answer to its question is yes or no.
   */
  default boolean isOfCause() {
    return declared().isOfCause() && !isOfBias();
  }

  /**
   * Puts a verdict into the words of the question; {@code effect} is the estimate less its null
   * value.
   */
  default VerdictAnswer answer(Verdict verdict, double effect) {
    return VerdictAnswer.of(verdict, predicts(), effect);
  }

  private Prediction predicts() {
    if (isOfBias()) {
      return wording().predictsNone() ? Prediction.STAYS : Prediction.LEANS;
    }
    return isOfCause() ? Prediction.RISES : Prediction.EXISTS;
  }

  /** The experiments that test it, at least one; the first has the comparison that decides. */
  default List<Planned> experiments() {
    return declared().experiments();
  }

  /** The comparison that decides it, fixed beforehand. */
  default Decisive decisive() {
    return declared().decisive();
  }

  /** What its section of a page shows where its experiments have the tables. */
  default List<Exhibit> shown() {
    return declared().shown();
  }

  /** The tables that its experiments write beside those that all experiments have. */
  default List<Table<?>> tables() {
    return declared().tables();
  }

  /** What its clause of the answer tells; empty where the answer does without it. */
  default String tells() {
    return declared().tells();
  }

  /**
   * What it adds to the answer with which a report begins: a clause without a full stop, such as
   * {@code "the first black pixel in the middle costs 1.1 logits, at the edge none"}. Empty where
   * its test does not bear one. Asked only of one that {@linkplain #tells() tells} something.
   */
  default Optional<String> clause(HypothesisResult decided) {
    return Optional.empty();
  }

  /** Whether its clause is of the network alone, and stands where the verdict is withheld. */
  default boolean tellsWithoutVerdict() {
    return false;
  }

  /**
   * Whether its p comes from sign flips of runs, or of what each run ended with: then n runs give
   * none below 2^(1 − n).
   */
  default boolean flipsRuns() {
    return declared().flipsRuns() && !movesRunsTogether();
  }

  /**
   * Whether its p comes from moving all runs at once, as if they were one pattern: runs share the
   * places of their network. No number of runs is known to decide it then.
   */
  default boolean movesRunsTogether() {
    return declared().movesRunsTogether();
  }

  /** The experiment that decides it. */
  default Ablation experiment() {
    return experiments().get(0).ablation();
  }
}
