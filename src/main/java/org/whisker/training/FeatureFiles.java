package org.whisker.training;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.network.CutPoints.HeadSplit;
import org.whisker.torch.Backbone;
import org.whisker.training.TrainingData.PhotoBatches;
import org.whisker.training.TrainingTask.TrainingStart;
import org.whisker.value.Text;
import org.whisker.weights.DType;
import org.whisker.weights.Safetensors;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/**
 * Writes the files of a {@link FeatureCache}. A file's name is a hash of everything that its
 * features depend on: the weights, the network, its size and precision, and the photos' pixels. So
 * an existing file is valid, and an interrupted pass continues where it stopped.
 */
final class FeatureFiles implements AutoCloseable {
  static final String FOLDER = "features";
  private static final int BATCH = 16;

  private final TrainingTask task;
  private final HeadSplit split;
  private final Weights weights;
  private final String key;
  private final PhotoBatches batches;
  private final Path folder;
  private @Nullable Backbone backbone;

  FeatureFiles(TrainingTask task, TrainingStart.Weighted start, PhotoBatches batches, Path folder) {
    this.task = task;
    this.split = HeadSplit.of(task.network());
    this.weights = start.weights();
    this.batches = batches;
    this.folder = folder;
    this.key =
        Text.of(
                "%s %s %s %s %d",
                start.tuning().sha256(),
                split.backbone(),
                task.precision(),
                task.preprocessing(),
                BATCH)
            + (task.planes() > 1 ? " in colours" : "");
  }

  /**
   * The features of {@code photos}; empty if stopped before all were computed.
   *
   * @param mirrored also those of the mirror images
   * @param progress receives the number of finished photos
   */
  Optional<FeatureCache> of(
      List<CachedPhoto> photos, boolean mirrored, IntConsumer progress, BooleanSupplier stopped)
      throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (int from = 0; from < photos.size(); from += FeatureCache.SHARD) {
      if (stopped.getAsBoolean()) {
        return Optional.empty();
      }
      List<CachedPhoto> shard =
          photos.subList(from, Math.min(photos.size(), from + FeatureCache.SHARD));
      Path file =
          folder.resolve(
              TrainingData.photoDigest(key + mirrored, shard).substring(0, 32) + ".safetensors");
      if (!Files.exists(file)) {
        Safetensors.write(file, features(shard, mirrored), Map.of(), DType.F32);
      }
      files.add(file);
      progress.accept(from + shard.size());
    }
    int length = Math.toIntExact(split.backbone().output().shape().size());
    return Optional.of(FeatureCache.open(files, length));
  }

  private Weights features(List<CachedPhoto> photos, boolean mirrored) throws IOException {
    Map<String, Tensor> tensors = new TreeMap<>();
    tensors.put(FeatureCache.PLAIN, features(photos, batches::plain));
    if (mirrored) {
      tensors.put(FeatureCache.MIRRORED, features(photos, batches::mirrored));
    }
    return Weights.of(tensors);
  }

  private Tensor features(
      List<CachedPhoto> photos, Function<List<CachedPhoto>, PhotoBatches.Batch> extractor)
      throws IOException {
    int length = Math.toIntExact(split.backbone().output().shape().size());
    FloatBuffer rows = FloatBuffer.allocate(photos.size() * length);
    for (int from = 0; from < photos.size(); from += BATCH) {
      PhotoBatches.Batch batch =
          extractor.apply(photos.subList(from, Math.min(photos.size(), from + BATCH)));
      rows.put(backbone().features(batch.images(), batch.size()));
    }
    return new Tensor(List.of(photos.size(), length), rows.flip());
  }

  /** Loaded on demand: a resumed training already has its features. */
  private Backbone backbone() throws IOException {
    Backbone loaded = backbone;
    if (loaded == null) {
      loaded =
          new Backbone(
              split.backbone(),
              weights,
              task.preprocessing(),
              task.planes(),
              task.precision(),
              task.device());
      backbone = loaded;
    }
    return loaded;
  }

  @Override
  public void close() {
    if (backbone != null) {
      backbone.close();
    }
  }

  /**
   * The features that frozen layers computed for a list of photos, on disk: files of {@link #SHARD}
   * photos each, which are memory-mapped, so memory does not grow with their number.
   */
  static final class FeatureCache {
    /** Photos per file. */
    static final int SHARD = 128;

    static final String PLAIN = "plain";
    static final String MIRRORED = "mirrored";

    private final int length;
    private final List<FloatBuffer> plain;
    private final List<FloatBuffer> mirrored;

    private FeatureCache(int length, List<FloatBuffer> plain, List<FloatBuffer> mirrored) {
      this.length = length;
      this.plain = plain;
      this.mirrored = mirrored;
    }

    /** Opens the files of consecutive photos; all must exist. */
    static FeatureCache open(List<Path> files, int length) throws IOException {
      List<FloatBuffer> plain = new java.util.ArrayList<>();
      List<FloatBuffer> mirrored = new java.util.ArrayList<>();
      for (Path file : files) {
        Safetensors shard = Safetensors.open(file);
        plain.add(shard.floats(PLAIN));
        mirrored.add(shard.floats(shard.names().contains(MIRRORED) ? MIRRORED : PLAIN));
      }
      return new FeatureCache(length, List.copyOf(plain), List.copyOf(mirrored));
    }

    /** Features per photo. */
    int length() {
      return length;
    }

    /** A photo's features, or those of its mirror image. Thread-safe. */
    FloatBuffer row(int photo, boolean mirror) {
      FloatBuffer shard = (mirror ? mirrored : plain).get(photo / SHARD);
      return shard.slice(photo % SHARD * length, length);
    }
  }
}
