package org.whisker.saliency;

import java.util.ArrayList;
import java.util.List;
import org.whisker.classifier.DifferentiableClassifier;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

/** Logit = 10 |gray − ½| − 0.4: a cat where it is gray, less so the more noise there is. */
public record ValleyClassifier() implements DifferentiableClassifier {
  public static final Canvas CANVAS = new Canvas(1, 1);

  @Override
  public String name() {
    return "valley";
  }

  @Override
  public Canvas canvas() {
    return CANVAS;
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    float[] logits = new float[pictures.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = 10 * Math.abs(pictures.get(i).grayValues()[0] - 0.5f) - 0.4f;
    }
    return logits;
  }

  @Override
  public List<float[]> inputGradients(List<? extends Raster> pictures) {
    List<float[]> gradients = new ArrayList<>();
    pictures.forEach(p -> gradients.add(new float[] {p.grayValues()[0] > 0.5f ? 10 : -10}));
    return gradients;
  }

  @Override
  public void close() {}
}
