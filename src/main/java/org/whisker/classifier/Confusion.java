package org.whisker.classifier;

/**
 * The confusion matrix: counts of photos by class and prediction.
 *
 * @param catAsCat cats classified as cats
 * @param catAsNotCat cats missed
 * @param notCatAsCat others classified as cats
 * @param notCatAsNotCat others classified as others
 */
public record Confusion(int catAsCat, int catAsNotCat, int notCatAsCat, int notCatAsNotCat) {
  /** The total number of photos. */
  public int total() {
    return catAsCat + catAsNotCat + notCatAsCat + notCatAsNotCat;
  }

  /** Share of photos classified correctly. */
  public double accuracy() {
    return share(catAsCat + notCatAsNotCat, total(), "no photos");
  }

  /**
   * Share of cats classified as cats.
   *
   * @throws IllegalStateException without cats
   */
  public double recallCat() {
    return share(catAsCat, catAsCat + catAsNotCat, "no photos of class cat");
  }

  /**
   * Share of others classified as others.
   *
   * @throws IllegalStateException without others
   */
  public double recallNotCat() {
    return share(notCatAsNotCat, notCatAsCat + notCatAsNotCat, "no photos of class not_cat");
  }

  private static double share(int part, int whole, String problem) {
    if (whole == 0) {
      throw new IllegalStateException(problem);
    }
    return (double) part / whole;
  }
}
