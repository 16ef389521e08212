package org.whisker.classifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.whisker.stats.RocCurve.Auc;
import org.whisker.value.Checks;

/**
 * The evaluation of a classifier's logits on labelled photos. A photo is classified as a cat if its
 * p(target) is above one half, that is if its logit is below 0.
 */
public final class Evaluation {
  /** The label of a cat; 1 is not-cat. */
  public static final int CAT = 0;

  private static final int BINS = 10;

  private final float[] logits;
  private final int[] labels;
  private final SortedMap<String, Double> accuracyByOrigin;

  /**
   * Three parallel lists, one entry per photo.
   *
   * @param logits the logits of not-cat
   * @param labels 0 cat, 1 not-cat
   * @param origins where each photo came from
   * @throws IllegalArgumentException for unequal lengths, no photos, a logit that is not finite, or
   *     another label
   */
  public Evaluation(float[] logits, int[] labels, List<String> origins) {
    this.logits = logits.clone();
    this.labels = labels.clone();
    check(origins.size());
    this.accuracyByOrigin = Collections.unmodifiableSortedMap(byOrigin(List.copyOf(origins)));
  }

  private void check(int origins) {
    Checks.refuse(
        logits.length == 0 || logits.length != labels.length || logits.length != origins,
        "%d logits, %d labels and %d origins",
        logits.length,
        labels.length,
        origins);
    for (int i = 0; i < logits.length; i++) {
      if (!Float.isFinite(logits[i]) || labels[i] < 0 || labels[i] > 1) {
        throw new IllegalArgumentException(
            "photo " + i + " has logit " + logits[i] + " and label " + labels[i]);
      }
    }
  }

  private SortedMap<String, Double> byOrigin(List<String> origins) {
    SortedMap<String, List<Integer>> hits = new TreeMap<>();
    for (int i = 0; i < logits.length; i++) {
      hits.computeIfAbsent(origins.get(i), o -> new ArrayList<>()).add(correct(i) ? 1 : 0);
    }
    SortedMap<String, Double> accuracy = new TreeMap<>();
    hits.forEach(
        (origin, all) ->
            accuracy.put(origin, all.stream().mapToInt(hit -> hit).average().orElseThrow()));
    return accuracy;
  }

  private boolean seenAsCat(int photo) {
    return logits[photo] < 0;
  }

  private boolean correct(int photo) {
    return seenAsCat(photo) == (labels[photo] == CAT);
  }

  /** Share of photos classified correctly. */
  public double accuracy() {
    return confusion().accuracy();
  }

  /** Accuracy for each origin, sorted by origin. */
  public Map<String, Double> accuracyByOrigin() {
    return accuracyByOrigin;
  }

  /** Counts by class and prediction. */
  public Confusion confusion() {
    int[] counts = new int[4];
    for (int i = 0; i < logits.length; i++) {
      counts[2 * labels[i] + (seenAsCat(i) ? 0 : 1)]++;
    }
    return new Confusion(counts[0], counts[1], counts[2], counts[3]);
  }

  /**
   * Area under the ROC curve: the probability that a cat has a higher p(target) than another photo.
   *
   * @throws IllegalStateException when a class has no photo
   */
  public double rocAuc() {
    return Auc.below(logitsOf(CAT), logitsOf(1));
  }

  /**
   * Logits of the photos of a class, in order.
   *
   * @param label 0 cat, 1 not-cat
   */
  public float[] logitsOf(int label) {
    float[] found = new float[logits.length];
    int n = 0;
    for (int i = 0; i < logits.length; i++) {
      if (labels[i] == label) {
        found[n++] = logits[i];
      }
    }
    return Arrays.copyOf(found, n);
  }

  /** Ten equal intervals of p(target), from 0 to 1; some may be empty. */
  public List<CalibrationBin> calibration() {
    int[] counts = new int[BINS];
    int[] cats = new int[BINS];
    double[] sums = new double[BINS];
    for (int i = 0; i < logits.length; i++) {
      double p = Classifier.catProbability(logits[i]);
      int bin = Math.min((int) (p * BINS), BINS - 1);
      counts[bin]++;
      cats[bin] += labels[i] == CAT ? 1 : 0;
      sums[bin] += p;
    }
    List<CalibrationBin> bins = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      bins.add(
          new CalibrationBin((double) b / BINS, (b + 1.0) / BINS, counts[b], cats[b], sums[b]));
    }
    return Collections.unmodifiableList(bins);
  }

  /** Mean distance of p(target) from the share of cats, over the bins, weighted by photos (ECE). */
  public double expectedCalibrationError() {
    return calibration().stream()
            .filter(bin -> bin.count() > 0)
            .mapToDouble(bin -> bin.count() * Math.abs(bin.meanPredicted() - bin.targetFraction()))
            .sum()
        / logits.length;
  }

  /**
   * Photos whose p(target) falls in one interval.
   *
   * @param lower smallest p(target), inclusive
   * @param upper largest p(target); exclusive except in the last bin
   * @param count photos in it
   * @param cats how many of them are cats
   * @param sumPredicted the sum of their p(target)
   */
  public record CalibrationBin(
      double lower, double upper, int count, int cats, double sumPredicted) {
    /**
     * Mean p(target) in the bin.
     *
     * @throws IllegalStateException for an empty bin
     */
    public double meanPredicted() {
      requireFilled();
      return sumPredicted / count;
    }

    /**
     * Share of cats in the bin.
     *
     * @throws IllegalStateException for an empty bin
     */
    public double targetFraction() {
      requireFilled();
      return (double) cats / count;
    }

    private void requireFilled() {
      if (count == 0) {
        throw new IllegalStateException("no photo has p(target) in " + lower + " to " + upper);
      }
    }
  }

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
    public double recallTarget() {
      return share(catAsCat, catAsCat + catAsNotCat, "no photos of class cat");
    }

    /**
     * Share of others classified as others.
     *
     * @throws IllegalStateException without others
     */
    public double recallNotTarget() {
      return share(notCatAsNotCat, notCatAsCat + notCatAsNotCat, "no photos of class not_cat");
    }

    private static double share(int part, int whole, String problem) {
      if (whole == 0) {
        throw new IllegalStateException(problem);
      }
      return (double) part / whole;
    }
  }
}
