package org.whisker.ablation;

import java.util.List;
import java.util.stream.Stream;
import org.whisker.ablation.move.MoveCurve;
import org.whisker.ablation.move.MovedPatterns;
import org.whisker.ablation.move.StrideComb;
import org.whisker.position.Residues;
import org.whisker.table.Table;

/** The results of an observer. */
public sealed interface Observed {
  /** The statistics; none if all are withheld. */
  List<Observation> observations();

  /** Returns these results with {@code observations} in place of their own. */
  Observed with(List<Observation> observations);

  /** The names of all statistics, withheld ones included. */
  default List<String> names() {
    return Stream.concat(
            withheld().stream().map(Withheld::comparison),
            observations().stream().map(Observation::name))
        .distinct()
        .toList();
  }

  /** What has no verdict, with the reason. */
  List<Withheld> withheld();

  /** Statistics alone. */
  record Plain(List<Observation> observations, List<Withheld> withheld) implements Observed {
    public Plain {
      observations = List.copyOf(observations);
      withheld = List.copyOf(withheld);
    }

    /** Observations none of which is withheld. */
    public Plain(List<Observation> observations) {
      this(observations, List.of());
    }

    /** Results without any statistic. */
    public static Plain withheld(Withheld why) {
      return new Plain(List.of(), List.of(why));
    }

    @Override
    public Plain with(List<Observation> others) {
      return new Plain(others, withheld);
    }
  }

  /**
   * Statistics with tables of their own, which are written beside them. A hypothesis that has such
   * tables lists them, so that the guide has their columns.
   */
  record Tabled(List<Observation> observations, List<Withheld> withheld, List<Table.Rows<?>> tables)
      implements Observed {
    public Tabled {
      observations = List.copyOf(observations);
      withheld = List.copyOf(withheld);
      tables = List.copyOf(tables);
    }

    @Override
    public Tabled with(List<Observation> others) {
      return new Tabled(others, withheld, tables);
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
      List<Observation> observations,
      List<Withheld> withheld)
      implements Observed {
    public Moves {
      withheld = List.copyOf(withheld);
      curves = List.copyOf(curves);
      combs = List.copyOf(combs);
      observations = List.copyOf(observations);
    }

    @Override
    public Moves with(List<Observation> others) {
      return new Moves(patterns, curves, combs, others, withheld);
    }
  }

  /** Densities by x and y modulo powers of two. */
  record ByResidue(List<Residues> residues, List<Observation> observations, List<Withheld> withheld)
      implements Observed {
    public ByResidue {
      residues = List.copyOf(residues);
      withheld = List.copyOf(withheld);
      observations = List.copyOf(observations);
    }

    @Override
    public ByResidue with(List<Observation> others) {
      return new ByResidue(residues, others, withheld);
    }
  }

  /**
   * A comparison or observation without a verdict although it was made: the manipulation failed,
   * the placebo had the effect, or a map restates E.
   *
   * @param comparison name or label of the contrast or observation, whether or not it has a row
   * @param reason in one line, to follow "no verdict"
   */
  record Withheld(String comparison, String reason) {
    public Withheld {
      if (comparison.isBlank() || reason.isBlank() || reason.contains("\n")) {
        throw new IllegalArgumentException("'" + comparison + "' withheld for '" + reason + "'");
      }
    }
  }
}
