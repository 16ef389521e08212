package org.whisker.hypothesis;

import java.util.OptionalDouble;
import org.whisker.option.Records;

/**
 * A hypothesis in words. The answers describe what was measured, each as a clause without its full
 * stop; the statistics choose among them.
 *
 * @param question the question that it answers
 * @param experiment the experiment, in one line
 * @param cause the suspected cause, as part of a sentence
 * @param supported what its verdict says where the prediction was shown
 * @param equivalent where it was shown that there is no effect
 * @param otherWay where an effect was shown that it does not predict
 * @param units the statistical units, in the plural
 * @param predictsNone whether it predicts no difference, so that equivalence supports it
 */
public record Wording(
    String question,
    String experiment,
    String cause,
    Clause supported,
    String equivalent,
    Clause otherWay,
    String units,
    boolean predictsNone) {
  /** A clause that may say which way an effect goes. */
  @FunctionalInterface
  public interface Clause {
    /**
     * The clause.
     *
     * @param effect the estimate; empty where it is not known
     * @param nothing the value of the statistic under the null hypothesis
     */
    String of(OptionalDouble effect, double nothing);

    /** A clause that is the same whatever the effect. */
    static Clause always(String text) {
      return (effect, nothing) -> text;
    }
  }

  /** The wording of a hypothesis that predicts an effect in one direction, whose units are runs. */
  public static Wording of(
      String question,
      String experiment,
      String cause,
      String supported,
      String equivalent,
      String otherWay) {
    return new Wording(
        question,
        experiment,
        cause,
        Clause.always(supported),
        equivalent,
        Clause.always(otherWay),
        "runs",
        false);
  }

  /** Returns this wording with trained networks as the units. */
  public Wording ofNetworks() {
    return Records.changed(this, Wording::units).to("networks");
  }
}
