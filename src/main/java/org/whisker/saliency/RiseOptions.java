package org.whisker.saliency;

import java.util.Objects;

/**
 * Options of RISE (Petsiuk, Das and Saenko, 2018, arXiv:1806.07421).
 *
 * @param masks number of masks, at least 2; 4,000 to 8,000 in the paper
 * @param cells cells per mask along either axis, at least 1; 7 in the paper
 * @param shown the probability that a cell is shown, between 0 and 1; 0.5 in the paper
 * @param fill replacement of hidden pixels
 */
public record RiseOptions(int masks, int cells, double shown, Fill fill, long seed) {
  public RiseOptions {
    Inputs.atLeast(2, "masks", masks);
    Inputs.atLeast(1, "cells", cells);
    if (cells > 1000) {
      throw new IllegalArgumentException("cells must be at most 1000, was " + cells);
    }
    if (!(shown > 0 && shown < 1)) {
      throw new IllegalArgumentException("the share shown must be between 0 and 1, was " + shown);
    }
    Objects.requireNonNull(fill, "fill");
  }
}
