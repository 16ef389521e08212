package org.whisker.training;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.torch.Precision;
import org.whisker.training.Teacher.Distillation;
import org.whisker.training.Teacher.TeacherOutputs;

/** A teacher that calls dark pictures cats, and keeps what it was shown. */
final class MeanTeacher implements Classifier {
  final List<float[]> shown = new ArrayList<>();
  private final Canvas canvas;
  float scale = 8;
  int opened;
  boolean closed;

  MeanTeacher(int side) {
    this.canvas = Canvas.square(side);
  }

  static Distillation how(double temperature, double mixup, int views) {
    return how(temperature, mixup, views, 0);
  }

  static Distillation how(double temperature, double mixup, int views, double featureWeight) {
    return new Distillation(
        "mean", "0".repeat(64), temperature, mixup, views, OptionalLong.empty(), featureWeight);
  }

  Teacher teacher(Distillation how) {
    return new Teacher(
        how,
        canvas,
        Precision.FLOAT32,
        how.ofFeatures() ? 2 : 0,
        Optional.empty(),
        () -> {
          opened++;
          return how.ofFeatures() ? new Halves() : TeacherOutputs.logits(this);
        });
  }

  float logit(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return (float) (scale * (sum / values.length - 0.5));
  }

  @Override
  public String name() {
    return "mean";
  }

  @Override
  public Canvas canvas() {
    return canvas;
  }

  @Override
  public float[] logits(List<? extends Raster> pictures) {
    float[] logits = new float[pictures.size()];
    for (int i = 0; i < logits.length; i++) {
      shown.add(pictures.get(i).grayValues());
      logits[i] = logit(pictures.get(i).grayValues());
    }
    return logits;
  }

  @Override
  public void close() {
    closed = true;
  }

  /** The logit, and its like of the upper and the lower half. */
  private final class Halves implements TeacherOutputs {
    @Override
    public float[] of(List<PlanarImage> pictures) {
      FloatBuffer rows = FloatBuffer.allocate(3 * pictures.size());
      for (PlanarImage picture : pictures) {
        float[] values = picture.values();
        int half = values.length / 2;
        rows.put(logits(List.of(picture)));
        rows.put(logit(Arrays.copyOf(values, half)));
        rows.put(logit(Arrays.copyOfRange(values, half, values.length)));
      }
      return rows.array();
    }

    @Override
    public void close() {
      MeanTeacher.this.close();
    }
  }
}
