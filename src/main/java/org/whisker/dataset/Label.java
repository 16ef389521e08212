package org.whisker.dataset;

/** The two classes of photos. */
public enum Label {
  CAT(0, "cat"),
  NOT_CAT(1, "not_cat");

  private final int classIndex;
  private final String folder;

  Label(int classIndex, String folder) {
    this.classIndex = classIndex;
    this.folder = folder;
  }

  /** 0 for cat, 1 for not-cat: the value that the sigmoid of a classifier's logit should have. */
  public int classIndex() {
    return classIndex;
  }

  /** The folder of photos with this label. */
  public String folder() {
    return folder;
  }
}
