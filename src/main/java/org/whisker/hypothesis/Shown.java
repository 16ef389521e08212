package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;

/** A figure or table of a hypothesis on a page, drawn from the tables of its experiments. */
public enum Shown {
  /** Edge index of every run by arm. */
  EDGE_INDEX,
  /** The same of the first image of each run that reached the p(cat) at which arms are compared. */
  EDGE_INDEX_OF_CATS,
  /** Edge index against p(cat) along the climb, by arm. */
  CLIMBS,
  /** Edge index of the arms under a flat fitness, which ask no network. */
  FLAT_FITNESS,
  /** p(cat) of every run by arm. */
  CONFIDENCE,
  /** Density of black pixels over the canvas by arm. */
  DENSITY_MAPS,
  /** Effects of black pixels by edge rank, alone on white and in evolved images. */
  RINGS,
  /** Change of the logit by the distance that a pattern is moved. */
  MOVES,
  /** Density of black pixels by residues of x and y. */
  RESIDUES,
  /** Table: what a cat costs in the middle and at the edge. */
  PRICES,
  /** Table: patterns mirrored, shrunk, turned inside out, scattered. */
  OTHER_MOVES,
  /** Table: rolls by multiples of a stride against neighbouring rolls. */
  STRIDE_COMBS,
  /** Table: black pixels that harm alone and help in place. */
  HARM_AND_HELP,
  /** Table: test performance of trained networks. */
  NETWORKS,
  /** Table: whether training on shifted photos had the intended effect. */
  MANIPULATION;

  /** What every experiment with arms has. */
  public static final List<Shown> OF_ARMS =
      List.of(EDGE_INDEX, EDGE_INDEX_OF_CATS, CLIMBS, FLAT_FITNESS, CONFIDENCE, DENSITY_MAPS);

  /** That, and these in order. */
  public static List<Shown> ofArmsAnd(Shown... more) {
    List<Shown> all = new ArrayList<>(OF_ARMS);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }
}
