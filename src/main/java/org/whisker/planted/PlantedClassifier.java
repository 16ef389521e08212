package org.whisker.planted;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/**
 * A classifier that is a formula. Ink is the difference to the picture's background, its most
 * frequent gray (the median where no gray has half of all pixels): towards dark on a light
 * background, towards light on a dark one.
 *
 * @param formula by whether the background is light
 */
record PlantedClassifier(String name, Canvas canvas, Function<Boolean, PlantedFormula> formula)
    implements DifferentiableClassifier {
  private static final float MIDDLE = 0.5f;

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    float[] logits = new float[pictures.size()];
    for (int i = 0; i < logits.length; i++) {
      Inked inked = inked(pictures.get(i));
      logits[i] = (float) formula.apply(inked.light()).logit(inked.ink());
    }
    return logits;
  }

  @Override
  public List<float[]> inputGradients(List<? extends Raster> pictures) {
    return pictures.stream().map(this::gradient).toList();
  }

  private float[] gradient(Raster picture) {
    Inked inked = inked(picture);
    double[] byInk = formula.apply(inked.light()).gradient(inked.ink());
    float[] byGray = new float[byInk.length];
    for (int i = 0; i < byGray.length; i++) {
      byGray[i] = (float) (inked.light() ? -byInk[i] : byInk[i]);
    }
    return byGray;
  }

  /** A picture's ink, and whether it lies on a light background. */
  @SuppressWarnings("ArrayRecordComponent") // never compared, read in inner loops
  private record Inked(double[] ink, boolean light) {}

  private Inked inked(Raster picture) {
    if (!picture.canvas().equals(canvas)) {
      throw new IllegalArgumentException(
          name + " takes " + canvas + " pictures, not " + picture.canvas());
    }
    double[] ink = new double[canvas.pixels()];
    if (picture instanceof BlackPixels black) {
      for (int i = 0; i < black.count(); i++) {
        ink[black.get(i)] = 1;
      }
      return new Inked(ink, true);
    }
    float[] gray = picture.grayValues();
    float background = background(gray);
    boolean light = background >= MIDDLE;
    for (int i = 0; i < ink.length; i++) {
      ink[i] = light ? background - gray[i] : gray[i] - background;
    }
    return new Inked(ink, light);
  }

  private static float background(float[] gray) {
    float[] sorted = gray.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  @Override
  public void close() {
    // holds nothing
  }
}
