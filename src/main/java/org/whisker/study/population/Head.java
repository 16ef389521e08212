package org.whisker.study.population;

import java.util.Locale;

/** What lies between the last feature map and the logit. */
enum Head {
  /** Hidden layers, whose weights belong to places. */
  FLATTENING,
  /** The mean over all places, then one linear layer. */
  POOLED;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
