package org.whisker.training;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.whisker.dataset.CachedPhoto;
import org.whisker.training.TrainingData.PhotoDigest;

/**
 * Batches of pictures with the teacher's outputs as targets. Where an epoch shows a photo more than
 * once to balance classes, it shows the same picture each time.
 */
final class TaughtSource implements BatchSource {
  private final Distillation how;
  private final TaughtViews views;
  private final TeacherRounds teacher;
  private final PhotoBatches batches;
  private final List<CachedPhoto> validation;
  private int round = -1;
  private FloatBuffer outputs = FloatBuffer.allocate(0);

  TaughtSource(
      Distillation how,
      TaughtViews views,
      TeacherRounds teacher,
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
    TeacherRounds rounds =
        new TeacherRounds(
            by,
            views,
            PhotoDigest.of("training", data.training()),
            by.cache().orElseGet(folder::teacher));
    return new TaughtSource(by.how(), views, rounds, data.batches(), data.validation());
  }

  @Override
  public boolean prepare(int epoch, IntConsumer progress, BooleanSupplier stopped)
      throws IOException {
    if (round != how.round(epoch)) {
      Optional<float[]> made = teacher.of(how.round(epoch), progress, stopped);
      if (made.isEmpty()) {
        return false;
      }
      outputs = FloatBuffer.wrap(made.get());
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
    int each = outputs.capacity() / views.photos().size();
    FloatBuffer targets = FloatBuffer.allocate(photos.length * each);
    for (int photo : photos) {
      images.put(views.picture(round, photo, views.drawn()));
      targets.put(outputs.slice(photo * each, each));
    }
    return new PhotoBatches.Batch(photos.length, images.flip(), targets.flip());
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
