package org.whisker.table;

import java.util.Set;

/** The units of columns. */
public final class Units {
  /** All of them; a table with another one has a spelling mistake, or adds it here. */
  public static final Set<String> KNOWN =
      Set.of(
          Column.PROBABILITY,
          "1/gray",
          "count",
          "gray",
          "images",
          "log2",
          "logit",
          "logit/gray",
          "nat",
          "nats",
          "px",
          "runs",
          "s",
          "share",
          "squared logit",
          "squared logit per activation");

  private Units() {}
}
