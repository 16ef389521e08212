package org.whisker.hypothesis;

import java.util.ArrayList;
import java.util.List;

/** A figure or table of a hypothesis on a page, drawn from the tables of its experiments. */
public enum Exhibit {
  /** Edge index of every run by arm. */
  EDGE_INDEX,
  /**
   * Edge index by arm of the first image of each run that reached the p(target) at which arms are
   * compared.
   */
  EDGE_INDEX_OF_CATS,
  /** Edge index against p(target) along the climb, by arm. */
  CLIMBS,
  /** Edge index of the arms under a flat fitness, which ask no network. */
  FLAT_FITNESS,
  CONFIDENCE,
  /** Density of black pixels over the canvas by arm. */
  DENSITY_MAPS,
  /** Effects of black pixels by edge rank, alone on white and in evolved images. */
  RINGS,
  /** Cost of a number of pixels by zone, from the border to the centre. */
  DOSE,
  /** Which part of the network knows places: shares, and what is left by what is made blind. */
  PARTS,
  /** Table: what goes with padding of one stage or side, or with channels. */
  PART_PLACES(true),
  /** Table: Shapley values of padding and head in where evolved pixels lie. */
  PART_EDGES(true),
  /** Share of the evidence restored by layer and rings. */
  CARRIERS,
  /** Patches of photos that channels see. */
  CARRIER_PHOTOS,
  /** Table: channels that carry the evidence. */
  CARRIER_CHANNELS(true),
  /** Table: what these channels do in photos. */
  CARRIER_SEEN(true),
  /** Change of the logit by the distance that a pattern is moved. */
  MOVES,
  /** E of added pixels by the number of central pixels that a search begins with. */
  GIVEN_PIXELS,
  /** Gain of the logit over white by arm, with the number of runs that reached the target. */
  GAINS,
  /** p(target) and score before and after a release from the middle. */
  RELEASE_CURVE,
  /** Table: p(target), score and pixels at the release and in the end. */
  RELEASE(true),
  /** Table: success, gain, images and pixels by arm. */
  ENTRY_EFFORT(true),
  /** Table: what a cat costs in the middle and at the edge. */
  EFFORT(true),
  /** Table: patterns mirrored, shrunk, turned inside out, scattered. */
  OTHER_MOVES(true),
  /** Table: rolls by multiples of a stride against neighbouring rolls. */
  STRIDE_COMBS(true),
  /** Table: black pixels that harm alone and help in place. */
  HARM_AND_HELP(true),
  /** Figure: the barrier of networks by how they were trained. */
  ORIGINS,
  /** Table: how well simple functions of the pixels predict the network. */
  SURROGATES(true),
  /** Table: test performance of trained networks. */
  NETWORKS(true),
  /** Table: whether training on shifted photos had the intended effect. */
  MANIPULATION(true);

  private final boolean table;

  Exhibit() {
    this(false);
  }

  Exhibit(boolean table) {
    this.table = table;
  }

  /** Whether it is a table, and no figure. */
  public boolean isTable() {
    return table;
  }

  /** What every experiment with arms has. */
  public static final List<Exhibit> OF_ARMS =
      List.of(EDGE_INDEX, EDGE_INDEX_OF_CATS, CLIMBS, FLAT_FITNESS, CONFIDENCE, DENSITY_MAPS);

  /** What every experiment with arms has, and then these in order. */
  public static List<Exhibit> ofArmsAnd(Exhibit... more) {
    List<Exhibit> all = new ArrayList<>(OF_ARMS);
    all.addAll(List.of(more));
    return List.copyOf(all);
  }
}
