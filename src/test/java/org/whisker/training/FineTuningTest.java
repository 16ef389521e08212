package org.whisker.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.classifier.Preprocessing;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.image.Canvas;
import org.whisker.network.CutPoints.HeadSplit;
import org.whisker.network.Network;
import org.whisker.network.Network.FeatureShape;
import org.whisker.network.Vgg16;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchDevice;
import org.whisker.torch.TrainableNetwork;
import org.whisker.training.BatchSource.FeatureSource;
import org.whisker.training.FeatureFiles.FeatureCache;
import org.whisker.training.Trainer.EpochStats;
import org.whisker.training.TrainingData.PhotoBatches;
import org.whisker.training.TrainingTask.FineTuning;
import org.whisker.training.TrainingTask.TrainingOptions;
import org.whisker.training.TrainingTask.TrainingStart;
import org.whisker.weights.FormulaWeights;
import org.whisker.weights.Safetensors;
import org.whisker.weights.Weights;

class FineTuningTest {
  private static final Network NETWORK =
      Vgg16.of(
          new Vgg16.Options(
              new FeatureShape(1, 32, 32), 0.125, true, new Vgg16.Head.Flattening(1, 8, 0.3), 1));
  private static final Weights WEIGHTS = new FormulaWeights(NETWORK.parameters(), 7);
  private static final Preprocessing PREPROCESSING = new Preprocessing(0.5f, 0.25f);
  private static final String HEAD = "classifier.6.weight";

  @TempDir Path temp;

  private static TrainingTask task(int epochs, int frozen, double releaseRate) {
    TrainingOptions options =
        new TrainingOptions(epochs, 4, 0.01, 0.05, 1, 0.1, 2, 0.5, Augmentation.standard(), 5);
    FineTuning tuning =
        new FineTuning("base", "0".repeat(64), frozen, releaseRate, Optional.empty());
    return new TrainingTask(
        NETWORK,
        options,
        Precision.FLOAT32,
        PREPROCESSING,
        new TrainingStart.Weighted(WEIGHTS, tuning),
        false,
        1,
        Optional.empty(),
        TorchDevice.cpu());
  }

  /** Hears everything; stops when asked to. */
  private static final class Ears implements Trainer.Listener {
    final List<EpochStats> epochs = new ArrayList<>();
    final AtomicInteger features = new AtomicInteger();
    final AtomicBoolean stop = new AtomicBoolean();
    int stopAfterEpoch = -1;
    int stopAfterPhotos = -1;
    int failAtEpoch = -1;

    @Override
    public void onStep(int epoch, int step, int steps, double meanLoss) {}

    @Override
    public void onEpoch(EpochStats stats) {
      if (stats.epoch() == failAtEpoch) {
        throw new IllegalStateException("the disk is full");
      }
      epochs.add(stats);
      stop.compareAndSet(false, stats.epoch() == stopAfterEpoch);
    }

    @Override
    public void onFeatures(int photos, int of) {
      features.set(photos);
      stop.compareAndSet(false, photos == stopAfterPhotos);
    }
  }

  private Trainer.Result train(TrainingTask task, String folder, Ears ears) throws IOException {
    return train(task, folder, ears, MemoryPhotos.of(5, 5), ears.stop::get);
  }

  private Trainer.Result train(
      TrainingTask task, String folder, Ears ears, List<CachedPhoto> photos, BooleanSupplier stop)
      throws IOException {
    return new Trainer(task, temp.resolve(folder), InstantSource.system())
        .train(photos, MemoryPhotos.of(3, 3), ears, stop);
  }

  private Weights checkpoint(String folder) throws IOException {
    return Safetensors.open(temp.resolve(folder).resolve("checkpoint.safetensors"));
  }

  private List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(temp.resolve(folder).resolve(FeatureFiles.FOLDER))) {
      return files.sorted().toList();
    }
  }

  private static Map<String, float[]> values(Weights weights) {
    TreeMap<String, float[]> values = new TreeMap<>();
    for (String name : weights.names()) {
      float[] copy = new float[weights.floats(name).remaining()];
      weights.floats(name).get(copy);
      values.put(name, copy);
    }
    return values;
  }

  private static void assertSame(Weights expected, Weights found) {
    Map<String, float[]> wanted = values(expected);
    Map<String, float[]> got = values(found);
    assertEquals(wanted.keySet(), got.keySet());
    wanted.forEach((name, floats) -> assertArrayEquals(floats, got.get(name), name));
  }

  @Test
  void anEpochThatCouldNotBeToldIsDoneAgain() throws IOException {
    Ears failing = new Ears();
    failing.failAtEpoch = 2;
    TrainingTask task = task(3, 1, 1e-3);
    assertThrows(IllegalStateException.class, () -> train(task, "failed", failing));
    Ears after = new Ears();
    Trainer.Result result = train(task, "failed", after);
    assertEquals(List.of(2, 3), after.epochs.stream().map(EpochStats::epoch).toList());
    assertSame(train(task, "whole", new Ears()).weights(), result.weights());
  }

  @Test
  void theHeadOnCachedFeaturesIsTheWholeNetwork() throws IOException {
    List<CachedPhoto> photos = MemoryPhotos.of(70, 70);
    TrainingTask task = task(1, 1, 1e-3);
    PhotoBatches batches = new PhotoBatches(new Canvas(32, 32), 1);
    TrainingStart.Weighted start = (TrainingStart.Weighted) task.start();
    try (FeatureFiles files = new FeatureFiles(task, start, batches, temp.resolve("f"));
        TrainableNetwork whole = new TrainableNetwork(NETWORK, Precision.FLOAT32, PREPROCESSING);
        TrainableNetwork head =
            new TrainableNetwork(
                HeadSplit.of(NETWORK).head(), Precision.FLOAT32, Preprocessing.identity())) {
      FeatureCache cache = files.of(photos, true, done -> {}, () -> false).orElseThrow();
      FeatureSource source = new FeatureSource(cache, cache, task.options(), photos, photos);
      whole.begin(WEIGHTS);
      head.begin(WEIGHTS);
      float[] expected = whole.logits(batches.plain(photos).images(), 140);
      float[] found = head.logits(source.validation(0, 140).images(), 140);
      assertArrayEquals(expected, found, 1e-4f);
      float[] mirrored = whole.logits(batches.mirrored(photos).images(), 140);
      FloatBuffer rows = FloatBuffer.allocate(140 * cache.length());
      for (int i = 0; i < 140; i++) {
        rows.put(cache.row(i, true));
      }
      assertArrayEquals(mirrored, head.logits(rows.flip(), 140), 1e-4f);
      assertTrue(Math.abs(expected[139] - mirrored[139]) > 1e-3, "mirroring changes nothing");
    }
  }

  @Test
  void frozenToTheEndLeavesAllButTheHead() throws IOException {
    Ears ears = new Ears();
    Trainer.Result result = train(task(3, 9, 1e-3), "frozen", ears);
    assertTrue(result.finished());
    assertEquals(3, ears.epochs.size());
    List<String> changed = new ArrayList<>();
    values(WEIGHTS)
        .forEach(
            (name, floats) -> {
              if (!Arrays.equals(floats, values(result.weights()).get(name))) {
                changed.add(name);
              }
            });
    assertEquals(List.of("classifier.6.bias", HEAD), changed);
    assertEquals(2, files("frozen").size());
  }

  @Test
  void releasedEveryLayerMovesAtTheLowerRate() throws IOException {
    Ears ears = new Ears();
    Trainer.Result result = train(task(8, 2, 1e-3), "released", ears);
    assertEquals(8, ears.epochs.size());
    assertEquals(0.01 * 0.01, ears.epochs.get(1).learningRate(), 1e-12);
    assertEquals(1e-3, ears.epochs.get(2).learningRate(), 1e-12);
    assertEquals(1e-5, ears.epochs.get(7).learningRate(), 1e-12);
    FloatBuffer first = WEIGHTS.floats("features.0.weight");
    FloatBuffer moved = checkpoint("released").floats("average.0000").slice(0, first.remaining());
    assertNotEquals(first, moved);
    Trainer.Result other = train(task(8, 2, 2e-3), "other", new Ears());
    assertNotEquals(result.best().loss(), other.best().loss(), "another rate, another network");
  }

  @Test
  void stoppedAnywhereItEndsTheSame() throws IOException {
    TrainingTask task = task(4, 2, 1e-3);
    Weights whole = train(task, "whole", new Ears()).weights();
    for (int epoch = 1; epoch <= 3; epoch++) {
      String folder = "cut" + epoch;
      Ears cut = new Ears();
      cut.stopAfterEpoch = epoch;
      Trainer.Result part = train(task, folder, cut);
      assertFalse(part.finished());
      assertEquals(epoch, part.epochs());
      Trainer.Result rest = train(task, folder, new Ears());
      assertTrue(rest.finished());
      assertSame(whole, rest.weights());
      assertSame(checkpoint("whole"), checkpoint(folder));
    }
  }

  @Test
  void featuresThatAreThereAreNotMadeAgain() throws IOException {
    List<CachedPhoto> photos = MemoryPhotos.of(150, 150);
    TrainingTask task = task(1, 1, 1e-3);
    Ears cut = new Ears();
    cut.stopAfterPhotos = 256;
    assertThrows(IOException.class, () -> train(task, "cut", cut, photos, cut.stop::get));
    List<Path> before = files("cut");
    assertEquals(2, before.size());
    FileTime old = FileTime.fromMillis(1000);
    for (Path file : before) {
      Files.setLastModifiedTime(file, old);
    }
    Weights rest = train(task, "cut", new Ears(), photos, () -> false).weights();
    assertEquals(4, files("cut").size());
    for (Path file : before) {
      assertEquals(old, Files.getLastModifiedTime(file), "made again: " + file);
    }
    assertSame(train(task, "whole", new Ears(), photos, () -> false).weights(), rest);
  }

  @Test
  void anotherModelOrOtherPhotosAreAnotherTraining() throws IOException {
    Ears ears = new Ears();
    train(task(2, 1, 1e-3), "one", ears);
    String message =
        assertThrows(IOException.class, () -> train(task(2, 1, 2e-3), "one", new Ears()))
            .toString();
    assertTrue(message.contains("training with other options"), message);
    List<CachedPhoto> others = MemoryPhotos.of(4, 6);
    message =
        assertThrows(
                IOException.class,
                () -> train(task(2, 1, 1e-3), "one", new Ears(), others, () -> false))
            .toString();
    assertTrue(message.contains("other options"), message);
  }
}
