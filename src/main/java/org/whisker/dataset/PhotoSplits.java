package org.whisker.dataset;

/** Names of the folders, or values of the column, that photos are split by. */
final class PhotoSplits {
  /** What is trained on. */
  static final String TRAIN = "train";

  /** What the best checkpoint is chosen by. */
  static final String VAL = "val";

  /** What the final figures are computed on. */
  static final String TEST = "test";

  private PhotoSplits() {}
}
