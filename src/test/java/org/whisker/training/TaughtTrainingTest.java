package org.whisker.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.Preprocessing;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.image.Canvas;
import org.whisker.network.Layer.Parameter;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Vgg16;
import org.whisker.torch.Precision;
import org.whisker.torch.TrainableNetwork;
import org.whisker.training.BatchSource.PhotoSource;
import org.whisker.training.BatchSource.Validation;
import org.whisker.training.StageRun.TaughtSource;
import org.whisker.training.Teacher.Distillation;
import org.whisker.training.Trainer.EpochStats;
import org.whisker.training.TrainingData.PhotoBatches;
import org.whisker.training.TrainingTask.TrainingOptions;

class TaughtTrainingTest {
  private static final Network NETWORK =
      Vgg16.of(
          new Vgg16.Options(
              new FeatureShape(1, 32, 32), 0.125, true, new Vgg16.Head.Flattening(1, 8, 0.3), 1));

  @TempDir Path temp;

  private static TrainingTask task(Teacher teacher, int epochs) {
    TrainingOptions options =
        new TrainingOptions(epochs, 4, 0.01, 0.05, 1, 0, 2, 0.5, Augmentation.standard(), 5);
    return TrainingTask.of(NETWORK, options, Precision.FLOAT32, new Preprocessing(0.5f, 0.25f))
        .taughtBy(teacher);
  }

  /** Stops in an epoch, or while the teacher is at work for one. */
  private static final class Cut implements Trainer.Listener {
    final List<EpochStats> epochs = new ArrayList<>();
    final List<Integer> taught = new ArrayList<>();
    final AtomicBoolean stop = new AtomicBoolean();
    int inTeachingOf;
    int inEpoch;
    int afterEpoch;

    @Override
    public void onStep(int epoch, int step, int steps, double meanLoss) {
      stop.compareAndSet(false, epoch == inEpoch && step == 1);
    }

    @Override
    public void onEpoch(EpochStats stats) {
      epochs.add(stats);
      stop.compareAndSet(false, stats.epoch() == afterEpoch);
    }

    @Override
    public void onTeacher(int epoch, int views, int of) {
      taught.add(epoch);
      assertEquals(12, of);
      stop.compareAndSet(false, epoch == inTeachingOf);
    }
  }

  private Trainer.Result train(TrainingTask task, String folder, Cut cut) throws IOException {
    return new Trainer(task, temp.resolve(folder), InstantSource.system())
        .train(MemoryPhotos.of(6, 6), MemoryPhotos.of(3, 3), cut, cut.stop::get);
  }

  private byte[] checkpoint(String folder) throws IOException {
    return Files.readAllBytes(temp.resolve(folder).resolve("checkpoint.safetensors"));
  }

  @Test
  void theTeacherIsAskedOncePerPicture() throws IOException {
    MeanTeacher model = new MeanTeacher(48);
    Cut ears = new Cut();
    train(task(model.teacher(MeanTeacher.how(2, 0.5, 3)), 7), "seven", ears);
    assertEquals(7, ears.epochs.size());
    assertEquals(3 * 12, model.shown.size());
    assertEquals(List.of(1, 2, 3), ears.taught);
    assertTrue(model.closed);
  }

  @Test
  void teacherAndStudentSeeTheSamePicturesAndTheTargetsAreItsLogits() throws IOException {
    List<CachedPhoto> photos = MemoryPhotos.of(6, 6);
    MeanTeacher model = new MeanTeacher(32);
    TrainingTask task = task(model.teacher(MeanTeacher.how(2, 0.5, 3)), 7);
    TrainingData data = new TrainingData(photos, photos, Canvas.square(32), 1);
    TrainingFolder folder = new TrainingFolder(temp, "any");
    try (TaughtSource source = TaughtSource.of(task, task.teacher().orElseThrow(), data, folder)) {
      assertThrows(IllegalStateException.class, () -> source.training(1, 0, new int[] {0}));
      assertTrue(source.prepare(2, done -> {}, () -> false));
      int[] some = {7, 0, 11};
      PhotoBatches.Batch batch = source.training(2, 0, some);
      for (int i = 0; i < some.length; i++) {
        float[] seen = new float[32 * 32];
        batch.images().slice(i * seen.length, seen.length).get(seen);
        assertArrayEquals(model.shown.get(some[i]), seen);
        assertEquals(model.logit(seen), batch.targets().get(i));
      }
      FloatBuffer again = source.training(2, 0, some).images();
      assertTrue(source.prepare(5, done -> {}, () -> false), "the same round");
      assertEquals(again, source.training(5, 9, some).images());
      assertEquals(12, model.shown.size());
      assertEquals(
          FloatBuffer.wrap(new float[] {0, 1}),
          source.validation(5, 7).targets(),
          "these are labels");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 2})
  void stoppedAnywhereItEndsInTheSameBytes(double featureWeight) throws IOException {
    Distillation how = MeanTeacher.how(2, 0.5, 2, featureWeight);
    train(task(new MeanTeacher(48).teacher(how), 4), "whole", new Cut());
    Cut teaching = new Cut();
    teaching.inTeachingOf = 2;
    Cut epoch = new Cut();
    epoch.inEpoch = 3;
    Cut after = new Cut();
    after.afterEpoch = 1;
    for (Cut cut : List.of(teaching, epoch, after)) {
      String folder = "cut" + cut.hashCode();
      MeanTeacher model = new MeanTeacher(48);
      assertFalse(train(task(model.teacher(how), 4), folder, cut).finished());
      assertTrue(train(task(model.teacher(how), 4), folder, new Cut()).finished());
      assertArrayEquals(checkpoint("whole"), checkpoint(folder));
      assertEquals(2 * 12, model.shown.size());
    }
  }

  @Test
  void aTrainingThatIsTaughtOtherwiseIsAnother() throws IOException {
    MeanTeacher model = new MeanTeacher(48);
    train(task(model.teacher(MeanTeacher.how(2, 0.5, 2)), 1), "one", new Cut());
    for (Distillation other :
        List.of(
            MeanTeacher.how(1, 0.5, 2),
            MeanTeacher.how(2, 0.25, 2),
            MeanTeacher.how(2, 0.5, 3),
            MeanTeacher.how(2, 0.5, 2, 1))) {
      TrainingTask task = task(model.teacher(other), 1);
      assertTrue(
          assertThrows(IOException.class, () -> train(task, "one", new Cut()))
              .toString()
              .contains("training with other options"));
    }
  }

  @Test
  void theStudentComesCloseToTheTeacher() throws IOException {
    MeanTeacher model = new MeanTeacher(48);
    Cut ears = new Cut();
    train(task(model.teacher(MeanTeacher.how(2, 0.5, 4)), 30), "long", ears);
    double first = ears.epochs.get(0).trainLoss();
    double last = ears.epochs.get(29).trainLoss();
    assertTrue(last < 0.8 * first, first + " to " + last);
  }

  @Test
  void onlyTheLogitIsKeptOfANetworkThatLearnsFeatures() throws IOException {
    TrainingTask task = task(new MeanTeacher(48).teacher(MeanTeacher.how(2, 0.5, 3, 1)), 3);
    Trainer.Result result = train(task, "features", new Cut());
    for (Parameter parameter : NETWORK.parameters()) {
      assertEquals(parameter.shape(), result.weights().shape(parameter.name()));
    }
    try (TrainableNetwork net =
        new TrainableNetwork(NETWORK, Precision.FLOAT32, new Preprocessing(0.5f, 0.25f))) {
      net.begin(result.weights());
      TrainingData data = new TrainingData(List.of(), MemoryPhotos.of(3, 3), Canvas.square(32), 1);
      PhotoSource source =
          new PhotoSource(data.batches(), task.options(), List.of(), data.validation());
      assertEquals(
          result.best().loss(), Validation.of(net, source, 4).loss(), 1e-5, "the same logits");
    }
  }
}
