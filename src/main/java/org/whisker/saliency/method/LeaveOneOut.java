package org.whisker.saliency.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.PatchClassifier;
import org.whisker.classifier.PatchScorer;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Patch;
import org.whisker.saliency.Batches;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.SaliencyMap;

/**
 * What each black pixel does for the picture it is in: Δ = logit without it (white instead) − logit
 * with it, the logit being that of not-cat. <b>Above 0: the pixel helps the cat</b>; below 0: the
 * picture would be more cat without it. Pixels that do the same job hide each other here; {@link
 * ShapleySampling} shares it out between them.
 *
 * @param map Δ in logits at the black pixels, 0 elsewhere
 * @param pixels the black pixels, row by row
 * @param logit of the whole picture
 */
public record LeaveOneOut(SaliencyMap map, List<Pixel> pixels, double logit) {
  /**
   * One black pixel.
   *
   * @param delta logit without it − logit with it; above 0 it helps the cat
   */
  public record Pixel(int x, int y, double delta) {}

  public LeaveOneOut {
    Objects.requireNonNull(map, "map");
    pixels = List.copyOf(pixels);
    if (!Double.isFinite(logit)) {
      throw new IllegalArgumentException("the picture's logit is " + logit);
    }
  }

  /** Whether no pixel changes the logit, or there is none: nothing stands out. */
  public boolean isZero() {
    return map.isZero();
  }

  /**
   * Leaves out each black pixel in turn.
   *
   * @param batchSize how many pictures to score in one call, at least 1
   * @param progress told after each batch how many pixels are done, of {@code image.count()}
   * @param stopped asked before each batch
   * @return empty when stopped
   * @throws IllegalArgumentException if the picture is not of the classifier's size
   */
  public static Optional<LeaveOneOut> of(
      Classifier classifier,
      BlackPixels image,
      int batchSize,
      IntConsumer progress,
      BooleanSupplier stopped) {
    Batches batches = new Batches(batchSize, progress, stopped);
    Canvas canvas = image.canvas();
    Inputs.checkSize(classifier, canvas);
    try (PatchScorer scorer = PatchClassifier.best(classifier, image)) {
      return batches
          .logits(image.count(), i -> white(canvas, image.get(i)), scorer::logits)
          .map(logits -> result(image, scorer.baseLogit(), logits));
    }
  }

  private static Patch white(Canvas canvas, int index) {
    return Patch.pixel(canvas.x(index), canvas.y(index), 1);
  }

  private static LeaveOneOut result(BlackPixels image, double logit, float[] without) {
    Canvas canvas = image.canvas();
    double[] values = new double[canvas.pixels()];
    List<Pixel> pixels = new ArrayList<>();
    for (int i = 0; i < without.length; i++) {
      int index = image.get(i);
      double delta = without[i] - logit;
      values[index] = delta;
      pixels.add(new Pixel(canvas.x(index), canvas.y(index), delta));
    }
    return new LeaveOneOut(LeaveOneOutMethod.METHOD.map(canvas, values), pixels, logit);
  }
}
