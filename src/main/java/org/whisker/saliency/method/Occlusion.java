package org.whisker.saliency.method;

import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Batches;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.PatchCheck;
import org.whisker.classifier.PatchClassifier;
import org.whisker.classifier.PatchScorer;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.OcclusionBorder;
import org.whisker.saliency.OcclusionOptions;
import org.whisker.saliency.SaliencyMap;

/**
 * What hiding a window does (Zeiler and Fergus, 2014, arXiv:1311.2901; averaged over windows as
 * Captum does).
 *
 * <p>With f the logit of not-cat, a pixel's value is the mean of f(picture) − f(picture with the
 * window hidden) over the windows that cover it, in logits. <b>Above 0: what is there speaks
 * against cat</b> (hidden, the picture is more cat); below 0: it speaks for cat. Near the border
 * the mean is over other and, in most modes, fewer windows: see {@link OcclusionBorder} and {@link
 * #coverage}.
 *
 * <p>A window that changes nothing is 0 without being scored, and windows that lead to the same
 * picture are scored once; both are exact, and on a white canvas with few black pixels they save
 * most of the work.
 *
 * @param coverage how many windows cover each pixel, at least 1
 * @param logit of the picture itself
 * @param scored how many windows were scored
 * @param unchanged how many were not, since they change nothing
 * @param duplicates how many were not, since another leads to the same picture
 * @param check how far a sample of windows was from full passes; empty where none was asked for
 */
public record Occlusion(
    SaliencyMap map,
    Coverage coverage,
    double logit,
    int scored,
    int unchanged,
    int duplicates,
    Optional<PatchCheck> check) {
  /**
   * Which windows to score again, each by a full pass.
   *
   * @param sample so many of those that were scored, and as many of those that were not; 0 for none
   * @param seed of the drawing
   */
  public record Verification(int sample, long seed) {
    public Verification {
      Inputs.atLeast(0, "windows to verify", sample);
    }

    /** Of none. */
    static Verification none() {
      return new Verification(0, 0);
    }
  }

  public Occlusion {
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(coverage, "coverage");
    Objects.requireNonNull(check, "check");
    if (!Double.isFinite(logit)) {
      throw new IllegalArgumentException("the picture's logit is " + logit);
    }
  }

  /** How many windows there were. */
  public int windows() {
    return scored + unchanged + duplicates;
  }

  /**
   * Occludes a picture.
   *
   * @param batchSize how many windows to score in one call, at least 1
   * @param progress told after each batch how many windows are done, of {@link
   *     OcclusionOptions#windows}; those not scored are done from the start
   * @param stopped asked before each batch
   * @return empty when stopped
   * @throws IllegalArgumentException if the picture is not of the classifier's size, or the window
   *     larger than it
   */
  public static Optional<Occlusion> of(
      Classifier classifier,
      Raster picture,
      OcclusionOptions options,
      int batchSize,
      IntConsumer progress,
      BooleanSupplier stopped) {
    return of(classifier, picture, options, Verification.none(), batchSize, progress, stopped);
  }

  /** As above, and scores a sample of the windows again. */
  public static Optional<Occlusion> of(
      Classifier classifier,
      Raster picture,
      OcclusionOptions options,
      Verification verification,
      int batchSize,
      IntConsumer progress,
      BooleanSupplier stopped) {
    Batches batches = new Batches(batchSize, progress, stopped);
    Inputs.checkSize(classifier, picture.canvas());
    GrayImage base = GrayImage.of(picture);
    GrayImage fill = options.fill().of(base);
    OcclusionPlan plan = new OcclusionPlan(options.on(base.canvas()), base, fill);
    try (PatchScorer scorer = PatchClassifier.best(classifier, base)) {
      return batches
          .logits(plan.toScore(), plan::patch, scorer::logits, plan.windows() - plan.toScore())
          .map(
              logits ->
                  plan.result(
                      scorer.baseLogit(),
                      logits,
                      plan.check(classifier, scorer.baseLogit(), logits, verification)));
    }
  }
}
