package org.whisker.ablation;

import java.util.List;
import java.util.stream.Stream;
import org.whisker.ablation.move.MovedPatterns;
import org.whisker.ablation.move.MovedPatterns.MoveCurve;
import org.whisker.ablation.move.MovedPatterns.StrideComb;
import org.whisker.table.Table;

/** The results of an observer. */
public sealed interface Observations {
  /** The statistics; none if all are withheld. */
  List<Observation> observations();

  /** Returns these results with {@code observations} in place of their own. */
  Observations with(List<Observation> observations);

  /** The names of all statistics, withheld ones included. */
  default List<String> names() {
    return Stream.concat(
            withheld().stream().map(WithheldComparison::comparison),
            observations().stream().map(Observation::name))
        .distinct()
        .toList();
  }

  /** What has no verdict, with the reason. */
  List<WithheldComparison> withheld();

  /** Statistics alone. */
  record Plain(List<Observation> observations, List<WithheldComparison> withheld)
      implements Observations {
    public Plain {
      observations = List.copyOf(observations);
      withheld = List.copyOf(withheld);
    }

    /** Observations none of which is withheld. */
    public Plain(List<Observation> observations) {
      this(observations, List.of());
    }

    /** Results without any statistic. */
    public static Plain withheld(WithheldComparison why) {
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
  record Tabled(
      List<Observation> observations, List<WithheldComparison> withheld, List<Table.Rows<?>> tables)
      implements Observations {
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
      List<WithheldComparison> withheld)
      implements Observations {
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
}
