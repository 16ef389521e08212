package org.whisker.ablation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.whisker.stats.Bootstrap;
import org.whisker.stats.BoundedInterval;
import org.whisker.stats.Estimate.Interval;
import org.whisker.value.Labelled;

/** A measured quantity of a run. */
public enum Measure implements Labelled {
  /** Edge index of the final image, whatever its p(target); a white image has none. */
  EDGE_INDEX {
    @Override
    public OptionalDouble of(ArmRun run) {
      return run.edgeIndex();
    }
  },
  /**
   * Edge index of the first image whose p(target) reached the target: arms are compared at equal
   * p(target). A run that did not reach it has none.
   */
  EDGE_INDEX_AT_TARGET {
    @Override
    public OptionalDouble of(ArmRun run) {
      return edgeIndex(run.atTarget());
    }
  },
  /** Edge index of the first image whose p(target) reached ½. */
  EDGE_INDEX_AT_HALF {
    @Override
    public OptionalDouble of(ArmRun run) {
      return edgeIndex(run.at(HALF));
    }
  },
  /**
   * Edge index at an equal gain of the logit over the empty canvas, which the arms of a comparison
   * share: see {@link ArmEffect#equalGain}. By itself a run has no value.
   */
  EDGE_INDEX_AT_GAIN {
    @Override
    public OptionalDouble of(ArmRun run) {
      return OptionalDouble.empty();
    }
  },
  /**
   * Logit against the target of the empty canvas less that of the final image: 0 for a run that
   * ended without a black pixel.
   */
  GAIN {
    @Override
    public OptionalDouble of(ArmRun run) {
      return run.outcome().map(ArmRun.Outcome::gain).orElse(OptionalDouble.empty());
    }
  },
  /** 1 if p(target) reached the target, otherwise 0; 0 for a run that failed with an error. */
  SUCCESS {
    @Override
    public OptionalDouble of(ArmRun run) {
      return OptionalDouble.of(run.succeeded() ? 1 : 0);
    }
  },
  /** Evaluations until p(target) reached the target; all evaluations if it did not. */
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
  P_TARGET {
    @Override
    public OptionalDouble of(ArmRun run) {
      return run.catProbability();
    }
  };

  /** The equivalence margin for E and p(target), fixed beforehand. */
  public static final double MARGIN = 0.05;

  /** The p(target) from which an image is more cat than not. */
  public static final double HALF = 0.5;

  /** E at the p(target) at which arms may be compared, the most demanding first. */
  static final List<Measure> LEVELS = List.of(EDGE_INDEX_AT_TARGET, EDGE_INDEX_AT_HALF);

  /** The value of a run; empty if it has none. */
  public abstract OptionalDouble of(ArmRun run);

  /** Whether it is an edge index, from 0 to 1. */
  public boolean isEdgeIndex() {
    return this == EDGE_INDEX || this == EDGE_INDEX_AT_GAIN || LEVELS.contains(this);
  }

  /** Whether values lie between 0 and 1. */
  boolean isShare() {
    return isEdgeIndex() || this == P_TARGET || this == SUCCESS;
  }

  /** The equivalence margin; empty if none was fixed. */
  public OptionalDouble margin() {
    return isEdgeIndex() || this == P_TARGET ? OptionalDouble.of(MARGIN) : OptionalDouble.empty();
  }

  /**
   * 95 % interval of the mean of at least two values: where their range is known, one that allows
   * for runs of another kind that happened not to be drawn ({@link BoundedInterval}); else by the
   * bootstrap-t.
   */
  public Interval interval(double[] values, RandomGenerator random) {
    return isEdgeIndex() || this == P_TARGET
        ? BoundedInterval.ofShares().mean(values, random)
        : Bootstrap.standard().mean(values, random);
  }

  static OptionalDouble edgeIndex(Optional<ArmRun.Step> step) {
    return step.map(ArmRun.Step::edgeIndex).orElse(OptionalDouble.empty());
  }
}
