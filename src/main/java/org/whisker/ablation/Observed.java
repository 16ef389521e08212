package org.whisker.ablation;

import java.util.List;
import org.whisker.position.Residues;

/** The results of an observer. */
public sealed interface Observed {
  /** The statistics; at least one. */
  List<Observation> observations();

  /** The same with other verdicts. */
  Observed with(List<Observation> observations);

  /** Statistics alone. */
  record Plain(List<Observation> observations) implements Observed {
    public Plain {
      observations = List.copyOf(observations);
    }

    @Override
    public Plain with(List<Observation> others) {
      return new Plain(others);
    }
  }

  /**
   * Moved patterns.
   *
   * @param curves one per kind of move
   * @param combs tests of whether multiples of a stride lose less
   */
  record Moves(
      MovedPatterns patterns,
      List<MoveCurve> curves,
      List<StrideComb> combs,
      List<Observation> observations)
      implements Observed {
    public Moves {
      curves = List.copyOf(curves);
      combs = List.copyOf(combs);
      observations = List.copyOf(observations);
    }

    @Override
    public Moves with(List<Observation> others) {
      return new Moves(patterns, curves, combs, others);
    }
  }

  /** Densities by x and y modulo powers of two. */
  record ByResidue(List<Residues> residues, List<Observation> observations) implements Observed {
    public ByResidue {
      residues = List.copyOf(residues);
      observations = List.copyOf(observations);
    }

    @Override
    public ByResidue with(List<Observation> others) {
      return new ByResidue(residues, others);
    }
  }
}
