package org.whisker.saliency;

import java.util.Arrays;
import java.util.List;
import org.whisker.classifier.PatchScorer;
import org.whisker.classifier.PatchScorer.PatchClassifier;
import org.whisker.image.Canvas;
import org.whisker.image.Patch;
import org.whisker.image.Raster;

/** A constant classifier whose quick way is off by a little. */
final class WrongPatches implements PatchClassifier {
  private final Canvas canvas;
  private final float off;

  WrongPatches(Canvas canvas, float off) {
    this.canvas = canvas;
    this.off = off;
  }

  @Override
  public String name() {
    return "wrong";
  }

  @Override
  public Canvas canvas() {
    return canvas;
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    return new float[pictures.size()];
  }

  @Override
  public PatchScorer patches(Raster base) {
    return new PatchScorer() {
      @Override
      public float baseLogit() {
        return 0;
      }

      @Override
      public float[] logits(List<Patch> patches) {
        float[] logits = new float[patches.size()];
        Arrays.fill(logits, off);
        return logits;
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void close() {}
}
