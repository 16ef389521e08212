package org.whisker.ablation;

import java.util.List;
import org.whisker.position.Residues;

/** What an observer saw of the control's evolved images. */
public sealed interface Observed {
  /** What it comes to; at least one. */
  List<Observation> observations();

  /** The same with other verdicts. */
  Observed with(List<Observation> observations);

  /** Nothing but numbers. */
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
   * Patterns moved elsewhere.
   *
   * @param curves one a kind of move
   * @param combs whether multiples of a stride lose less
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
