package org.whisker.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Classifier;
import org.whisker.classifier.Prefetch;
import org.whisker.classifier.Sha256;
import org.whisker.image.GrayImage;
import org.whisker.weights.DType;
import org.whisker.weights.Safetensors;
import org.whisker.weights.Tensor;
import org.whisker.weights.Weights;

/**
 * A teacher's logits of {@link TaughtViews}, on disk in files of {@link #SHARD} pictures of a
 * round. A file is named by a hash of everything that its logits depend on: the teacher's weights,
 * input and precision, the photos, and how views are drawn and mixed. It also holds that hash in
 * full and a hash of the logits; a file that does not match them is made again. So a stopped pass
 * goes on where it was, and trainings that draw the same views can share a folder.
 */
final class TeacherLogits implements AutoCloseable {
  static final String FOLDER = "teacher";

  /** Pictures per file: what a killed pass loses at most. */
  static final int SHARD = 512;

  private static final String LOGITS = "logits";
  private static final int BATCH = 32;

  private final Teacher teacher;
  private final TaughtViews views;
  private final String key;
  private final Path folder;
  private @Nullable Classifier opened;

  /**
   * Over files that exist or don't.
   *
   * @param photos a digest of the photos
   */
  TeacherLogits(Teacher teacher, TaughtViews views, String photos, Path folder) {
    this.teacher = teacher;
    this.views = views;
    this.folder = folder;
    this.key =
        "%s at %s %s; %s of %s"
            .formatted(
                teacher.how().sha256(),
                teacher.input(),
                teacher.precision(),
                views.identity(),
                photos);
  }

  /**
   * The logits of not-cat of a round's pictures, one for each photo; empty if stopped before all
   * were computed.
   *
   * @param progress receives the number of finished pictures while the teacher is at work
   */
  Optional<float[]> of(int round, IntConsumer progress, BooleanSupplier stopped)
      throws IOException {
    Files.createDirectories(folder);
    int photos = views.photos().size();
    FloatBuffer logits = FloatBuffer.allocate(photos);
    for (int from = 0; from < photos; from += SHARD) {
      int to = Math.min(photos, from + SHARD);
      Optional<float[]> shard = shard(round, from, to, progress, stopped);
      if (shard.isEmpty()) {
        return Optional.empty();
      }
      logits.put(shard.get());
    }
    return Optional.of(logits.array());
  }

  private Optional<float[]> shard(
      int round, int from, int to, IntConsumer progress, BooleanSupplier stopped)
      throws IOException {
    String hash = Sha256.ofText("%s round %d %d-%d".formatted(key, round, from, to));
    Path file = folder.resolve(hash.substring(0, 32) + ".safetensors");
    Optional<float[]> kept = read(file, hash, to - from);
    if (kept.isPresent()) {
      return kept;
    }
    Optional<float[]> made = score(round, from, to, progress, stopped);
    if (made.isPresent()) {
      write(file, hash, made.get());
    }
    return made;
  }

  /** Empty for a file that is missing, damaged, or of something else. */
  private static Optional<float[]> read(Path file, String hash, int count) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Safetensors tensors = Safetensors.open(file);
      float[] logits = new float[count];
      tensors.floats(LOGITS).get(logits);
      boolean whole =
          tensors.shape(LOGITS).equals(List.of(count))
              && tensors.metadata().equals(metadata(hash, logits));
      return whole ? Optional.of(logits) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // whatever is wrong with it, it can be made again
    }
  }

  private static void write(Path file, String hash, float[] logits) throws IOException {
    Weights tensor = Weights.of(Map.of(LOGITS, Tensor.of(List.of(logits.length), logits)));
    Safetensors.write(file, tensor, metadata(hash, logits), DType.F32);
  }

  private static Map<String, String> metadata(String hash, float[] logits) {
    ByteBuffer bytes = ByteBuffer.allocate(logits.length * Float.BYTES);
    bytes.asFloatBuffer().put(logits);
    return Map.of("of", hash, "sha256", Sha256.ofText(HexFormat.of().formatHex(bytes.array())));
  }

  private Optional<float[]> score(
      int round, int from, int to, IntConsumer progress, BooleanSupplier stopped)
      throws IOException {
    Classifier classifier = classifier();
    FloatBuffer logits = FloatBuffer.allocate(to - from);
    boolean all =
        Prefetch.whileWanted(
            pictures(round, from, to),
            some -> {
              if (stopped.getAsBoolean()) {
                return false;
              }
              logits.put(classifier.logits(some));
              progress.accept(from + logits.position());
              return true;
            });
    return all ? Optional.of(finite(logits.array())) : Optional.empty();
  }

  private float[] finite(float[] logits) throws IOException {
    for (float logit : logits) {
      if (!Float.isFinite(logit)) {
        throw new IOException(
            "the teacher %s gives %s for a picture; take another, or --precision float32"
                .formatted(teacher.how().model(), logit));
      }
    }
    return logits;
  }

  private Iterator<List<GrayImage>> pictures(int round, int from, int to) {
    List<List<Integer>> batches = new ArrayList<>();
    for (int first = from; first < to; first += BATCH) {
      batches.add(IntStream.range(first, Math.min(to, first + BATCH)).boxed().toList());
    }
    return batches.stream()
        .map(some -> some.stream().map(photo -> picture(round, photo)).toList())
        .iterator();
  }

  private GrayImage picture(int round, int photo) {
    return new GrayImage(teacher.input(), views.picture(round, photo, teacher.input()));
  }

  /** Loaded on demand: with all logits on disk, the teacher is not needed. */
  private Classifier classifier() throws IOException {
    Classifier loaded = opened;
    if (loaded == null) {
      loaded = teacher.opening().open();
      opened = loaded;
    }
    return loaded;
  }

  @Override
  public void close() {
    if (opened != null) {
      opened.close();
    }
  }
}
