package org.whisker.ablation;

import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.whisker.classifier.Classifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/**
 * A model whose cause is known. Its logit is {@value #BARE} and what each inked pixel adds to it;
 * ink is whatever is rarer, dark or light, so that grays and backgrounds are all the same to it.
 *
 * @param effect of one pixel under a padding
 * @param together what the pixels add as a pattern
 */
record PlantedModel(
    Canvas canvas,
    ToDoubleBiFunction<Integer, String> effect,
    ToDoubleFunction<BlackPixels> together)
    implements TestedModel {
  /** A sum over pixels. */
  PlantedModel(Canvas canvas, ToDoubleBiFunction<Integer, String> effect) {
    this(canvas, effect, image -> 0);
  }

  static final float BARE = 8;
  private static final float DARK = 0.3f;

  @Override
  public String name() {
    return "planted";
  }

  @Override
  public float paddingGray() {
    return 0.456f;
  }

  @Override
  public Classifier open(ModelVariant variant) {
    String padding = variant instanceof ModelVariant.OtherPadding o ? o.padding() : padding();
    return new Classifier() {
      @Override
      public String name() {
        return "planted";
      }

      @Override
      public Canvas canvas() {
        return PlantedModel.this.canvas();
      }

      @Override
      public float[] logits(List<? extends Raster> pictures) {
        float[] logits = new float[pictures.size()];
        for (int i = 0; i < logits.length; i++) {
          logits[i] = logit(pictures.get(i), padding);
        }
        return logits;
      }

      @Override
      public void close() {}
    };
  }

  private float logit(Raster picture, String padding) {
    BlackPixels ink =
        picture instanceof BlackPixels black && black.count() <= canvas.pixels() / 2
            ? black
            : ink(picture);
    double logit = BARE;
    for (int i = 0; i < ink.count(); i++) {
      logit += effect.applyAsDouble(ink.get(i), padding);
    }
    return (float) (logit + together.applyAsDouble(ink));
  }

  private BlackPixels ink(Raster picture) {
    float[] gray = picture.grayValues();
    int dark = 0;
    for (float each : gray) {
      dark += each < DARK ? 1 : 0;
    }
    boolean darkIsInk = dark <= gray.length / 2;
    int[] ink = new int[gray.length];
    int count = 0;
    for (int i = 0; i < gray.length; i++) {
      if (gray[i] < DARK == darkIsInk) {
        ink[count++] = i;
      }
    }
    return BlackPixels.ofSorted(canvas, ink, count);
  }
}
