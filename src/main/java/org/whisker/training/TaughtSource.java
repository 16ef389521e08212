package org.whisker.training;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.dataset.CachedPhoto;

/**
 * Batches of pictures with the teacher's logits as targets. Where an epoch shows a photo more than
 * once to balance classes, it shows the same picture each time.
 */
final class TaughtSource implements BatchSource {
  private final Distillation how;
  private final TaughtViews views;
  private final TeacherLogits teacher;
  private final PhotoBatches batches;
  private final List<CachedPhoto> validation;
  private int round = -1;
  private float[] logits = {};

  TaughtSource(
      Distillation how,
      TaughtViews views,
      TeacherLogits teacher,
      PhotoBatches batches,
      List<CachedPhoto> validation) {
    this.how = how;
    this.views = views;
    this.teacher = teacher;
    this.batches = batches;
    this.validation = validation;
  }

  static TaughtSource of(TrainingTask task, Teacher by, TrainingData data, TrainingFolder folder) {
    TrainingOptions options = task.options();
    TaughtViews views =
        new TaughtViews(
            data.training(), options.augmentation(), options.seed(), by.how().mixup(), data.size());
    TeacherLogits logits =
        new TeacherLogits(
            by,
            views,
            PhotoDigest.of("training", data.training()),
            by.cache().orElseGet(folder::teacher));
    return new TaughtSource(by.how(), views, logits, data.batches(), data.validation());
  }

  @Override
  public boolean prepare(int epoch, IntConsumer progress, BooleanSupplier stopped)
      throws IOException {
    if (round != how.round(epoch)) {
      Optional<float[]> made = teacher.of(how.round(epoch), progress, stopped);
      if (made.isEmpty()) {
        return false;
      }
      logits = made.get();
      round = how.round(epoch);
    }
    return true;
  }

  @Override
  public PhotoBatches.Batch training(int epoch, int step, int[] photos) {
    if (round != how.round(epoch)) {
      throw new IllegalStateException("epoch " + epoch + " is not prepared");
    }
    FloatBuffer images = FloatBuffer.allocate(photos.length * views.drawn().pixels());
    List<Float> targets = new ArrayList<>();
    for (int photo : photos) {
      images.put(views.picture(round, photo, views.drawn()));
      targets.add(logits[photo]);
    }
    return new PhotoBatches.Batch(images.flip(), targets);
  }

  @Override
  public int validations() {
    return validation.size();
  }

  @Override
  public PhotoBatches.Batch validation(int from, int to) {
    return batches.plain(validation.subList(from, to));
  }

  @Override
  public void close() {
    teacher.close();
  }
}
