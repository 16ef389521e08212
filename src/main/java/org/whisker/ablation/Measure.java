package org.whisker.ablation;

import java.util.Locale;
import java.util.OptionalDouble;

/** What is measured of a run. */
public enum Measure {
  /** Edge index of the final image; a white image has none. */
  EDGE_INDEX {
    @Override
    public OptionalDouble of(ArmRun run) {
      return run.edgeIndex();
    }
  },
  /** 1 when p(cat) reached the target, else 0; a run that failed did not. */
  SUCCESS {
    @Override
    public OptionalDouble of(ArmRun run) {
      return OptionalDouble.of(run.succeeded() ? 1 : 0);
    }
  },
  /** Images scored until p(cat) reached the target; all that were scored when it did not. */
  EVALUATIONS {
    @Override
    public OptionalDouble of(ArmRun run) {
      return run.outcome().isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(run.outcome().get().evaluationsToTargetOrAll());
    }
  },
  /** Black pixels of the final image. */
  PIXELS {
    @Override
    public OptionalDouble of(ArmRun run) {
      return run.outcome().isEmpty()
          ? OptionalDouble.empty()
          : OptionalDouble.of(run.outcome().get().image().count());
    }
  },
  /** p(cat) of the final image. */
  P_CAT {
    @Override
    public OptionalDouble of(ArmRun run) {
      return run.catProbability();
    }
  };

  /** A difference of E, or of p(cat), that does not matter; fixed beforehand. */
  public static final double MARGIN = 0.05;

  /** The value of a run; empty where it has none. */
  public abstract OptionalDouble of(ArmRun run);

  /** Within which a difference counts as none; empty where no such margin was fixed. */
  public OptionalDouble margin() {
    return this == EDGE_INDEX || this == P_CAT ? OptionalDouble.of(MARGIN) : OptionalDouble.empty();
  }

  /** As tables call it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
