package org.whisker.boundary.attack;

import java.util.ArrayList;
import java.util.List;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;

/** The network of tanh_net.py and its pictures. */
public final class TanhNet implements DifferentiableClassifier {
  public static final int PICTURES = 40;

  private static final int HIDDEN = 12;
  private static final Canvas CANVAS = Canvas.square(8);

  int passes;

  private static double unit(long i) {
    return (i * 7919 % 1009) / 504.0 - 1;
  }

  private static double inner(int hidden, int pixel) {
    return 0.4 * unit((long) hidden * CANVAS.pixels() + pixel + 1);
  }

  private static double outer(int hidden) {
    return 2 * unit(31L * hidden + 5);
  }

  private static double[] hidden(float[] gray) {
    double[] hidden = new double[HIDDEN];
    for (int h = 0; h < HIDDEN; h++) {
      double sum = 0;
      for (int i = 0; i < gray.length; i++) {
        sum += inner(h, i) * (gray[i] - 0.5);
      }
      hidden[h] = Math.tanh(sum);
    }
    return hidden;
  }

  /** Every other one of two tones. */
  public static List<GrayImage> pictures() {
    List<GrayImage> pictures = new ArrayList<>();
    for (int k = 0; k < PICTURES; k++) {
      float[] gray = new float[CANVAS.pixels()];
      for (int i = 0; i < gray.length; i++) {
        long at = (long) k * gray.length + i;
        double value = (at * at * 31 + at * 17) % 251 / 250.0;
        gray[i] = (float) (k % 2 == 0 ? (value > 0.5 ? 1 : 0) : value);
      }
      pictures.add(new GrayImage(CANVAS, gray));
    }
    return pictures;
  }

  @Override
  public String name() {
    return "tanh";
  }

  @Override
  public Canvas canvas() {
    return CANVAS;
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    float[] logits = new float[pictures.size()];
    for (int k = 0; k < logits.length; k++) {
      passes++;
      double[] hidden = hidden(pictures.get(k).grayValues());
      double logit = 0.1;
      for (int h = 0; h < HIDDEN; h++) {
        logit += outer(h) * hidden[h];
      }
      logits[k] = (float) logit;
    }
    return logits;
  }

  @Override
  public List<float[]> inputGradients(List<? extends Raster> pictures) {
    List<float[]> gradients = new ArrayList<>();
    for (Raster picture : pictures) {
      double[] hidden = hidden(picture.grayValues());
      float[] gradient = new float[CANVAS.pixels()];
      for (int i = 0; i < gradient.length; i++) {
        double sum = 0;
        for (int h = 0; h < HIDDEN; h++) {
          sum += outer(h) * inner(h, i) * (1 - hidden[h] * hidden[h]);
        }
        gradient[i] = (float) sum;
      }
      gradients.add(gradient);
    }
    return gradients;
  }

  @Override
  public void close() {}
}
