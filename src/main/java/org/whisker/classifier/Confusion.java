package org.whisker.classifier;

/**
 * How many photos of each class were taken for which.
 *
 * @param catAsCat cats seen as cats
 * @param catAsNotCat cats missed
 * @param notCatAsCat others seen as cats
 * @param notCatAsNotCat others seen as others
 */
public record Confusion(int catAsCat, int catAsNotCat, int notCatAsCat, int notCatAsNotCat) {
  /** Photos in all. */
  public int total() {
    return catAsCat + catAsNotCat + notCatAsCat + notCatAsNotCat;
  }

  /** Share of photos put in their class. */
  public double accuracy() {
    return share(catAsCat + notCatAsNotCat, total(), "no photos");
  }

  /**
   * Share of cats seen as cats.
   *
   * @throws IllegalStateException without cats
   */
  public double recallCat() {
    return share(catAsCat, catAsCat + catAsNotCat, "no photos of class cat");
  }

  /**
   * Share of others seen as others.
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
