package org.whisker.hypothesis;

/**
 * Whether training has put gradient energy into the centre: the trained network against its
 * architecture with random weights, in the experiment of {@link ReceptiveField}.
 */
public final class LearnedField implements Hypothesis {
  private static final Declaration DECLARED =
      Declaration.of(
              "learned-field",
              Topic.CAT,
              Wording.of(
                  "Has training made the network more sensitive at the centre?",
                  "the distribution of gradient energy, trained against random weights",
                  "a centre made more sensitive by training",
                  "after training, the gradient's energy lies nearer the centre than with"
                      + " random weights",
                  "after training, the gradient's energy lies as near the centre as with"
                      + " random weights",
                  "after training, the gradient's energy lies nearer the edge than with"
                      + " random weights"),
              Decisive.by(ReceptiveField.AGAINST_RANDOM),
              ReceptiveField.PLANNED)
          .ofNoCause();

  @Override
  public Declaration declared() {
    return DECLARED;
  }
}
