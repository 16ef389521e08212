package org.whisker.saliency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.PatchClassifier;
import org.whisker.classifier.PatchScorer;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;

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
 */
public record Occlusion(
    SaliencyMap map, Coverage coverage, double logit, int scored, int unchanged, int duplicates) {
  /** The method's name. */
  public static final String METHOD = "occlusion";

  static final String UNIT = "logits";

  public Occlusion {
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(coverage, "coverage");
    if (!Double.isFinite(logit)) {
      throw new IllegalArgumentException("the picture's logit is " + logit);
    }
  }

  /** How many windows there were. */
  public int windows() {
    return scored + unchanged + duplicates;
  }

  /** Whether no window changed the logit, as with a constant classifier: nothing stands out. */
  public boolean isZero() {
    return map.isZero();
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
    Batches batches = new Batches(batchSize, progress, stopped);
    Inputs.checkSize(classifier, picture.canvas());
    GrayImage base = Inputs.gray(picture);
    GrayImage fill = options.fill().of(base);
    Plan plan = new Plan(options.on(base.canvas()), base, fill);
    try (PatchScorer scorer = PatchClassifier.best(classifier, base)) {
      return batches
          .logits(
              plan.toScore.size(),
              i -> plan.toScore.get(i).patch(base, fill),
              scorer::logits,
              plan.windows.size() - plan.toScore.size())
          .map(logits -> plan.result(base.canvas(), scorer.baseLogit(), logits));
    }
  }

  /** Which windows must be scored, and which score each window has. */
  private static final class Plan {
    private static final int UNCHANGED = -1;

    private final List<OcclusionWindow> windows;
    private final List<OcclusionWindow> toScore = new ArrayList<>();
    private final int[] scoreOf;
    private int unchanged;

    Plan(List<OcclusionWindow> windows, GrayImage base, GrayImage fill) {
      this.windows = windows;
      this.scoreOf = new int[windows.size()];
      Map<OcclusionWindow.Change, Integer> seen = new HashMap<>();
      for (int w = 0; w < scoreOf.length; w++) {
        OcclusionWindow window = windows.get(w);
        OcclusionWindow.Change change = window.change(base, fill);
        scoreOf[w] = change.isNone() ? UNCHANGED : seen.getOrDefault(change, toScore.size());
        unchanged += change.isNone() ? 1 : 0;
        if (scoreOf[w] == toScore.size()) {
          seen.put(change, toScore.size());
          toScore.add(window);
        }
      }
    }

    Occlusion result(Canvas canvas, double logit, float[] logits) {
      double[] sums = new double[canvas.pixels()];
      int[] counts = new int[canvas.pixels()];
      for (int w = 0; w < scoreOf.length; w++) {
        double delta = scoreOf[w] == UNCHANGED ? 0 : logit - logits[scoreOf[w]];
        windows
            .get(w)
            .forEach(
                i -> {
                  sums[i] += delta;
                  counts[i]++;
                });
      }
      Arrays.setAll(sums, i -> sums[i] / counts[i]);
      SaliencyMap map =
          Inputs.map(canvas, sums, UNIT, METHOD, SignConvention.CONTENT_TOWARDS_NOT_CAT);
      int duplicates = scoreOf.length - unchanged - logits.length;
      return new Occlusion(
          map, new Coverage(canvas, counts), logit, logits.length, unchanged, duplicates);
    }
  }
}
