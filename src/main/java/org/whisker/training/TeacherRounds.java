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
import org.whisker.classifier.Prefetch;
import org.whisker.classifier.Sha256;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.random.SplitMix64;
import org.whisker.training.Teacher.TeacherOutputs;
import org.whisker.value.Text;
import org.whisker.weights.DType;
import org.whisker.weights.Safetensors;
import org.whisker.weights.Weights;
import org.whisker.weights.Weights.Tensor;

/**
 * A teacher's outputs for {@link TaughtViews}, on disk in files of {@link #SHARD} pictures of a
 * round. A file is named by a hash of everything that its numbers depend on: the teacher's weights,
 * input and precision, whether its features are among them, the photos, and how views are drawn and
 * mixed. It also holds that hash in full and a hash of the numbers; a file that does not match them
 * is made again. So a stopped pass goes on where it was, and trainings that draw the same views can
 * share a folder.
 */
final class TeacherRounds implements AutoCloseable {
  static final String FOLDER = "teacher";

  /** Pictures per file: what a killed pass loses at most. */
  static final int SHARD = 512;

  private static final String OUTPUTS = "outputs";
  private static final int BATCH = 32;

  private final Teacher teacher;
  private final TaughtViews views;
  private final String key;
  private final Path folder;
  private @Nullable TeacherOutputs opened;

  /**
   * Reads outputs from files, and asks the teacher for what they lack.
   *
   * @param photos a digest of the photos
   */
  TeacherRounds(Teacher teacher, TaughtViews views, String photos, Path folder) {
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
                    photos)
            + (teacher.features() > 0 ? " with " + teacher.features() + " features" : "");
  }

  /**
   * The outputs for a round's pictures, {@link Teacher#outputs} numbers for each photo; empty if
   * stopped before all were computed.
   *
   * @param progress receives the number of finished pictures while the teacher is at work
   */
  Optional<float[]> of(int round, IntConsumer progress, BooleanSupplier stopped)
      throws IOException {
    Files.createDirectories(folder);
    int photos = views.photos().size();
    FloatBuffer outputs = FloatBuffer.allocate(Math.multiplyExact(photos, teacher.outputs()));
    for (int from = 0; from < photos; from += SHARD) {
      int to = Math.min(photos, from + SHARD);
      Optional<float[]> shard = shard(round, from, to, progress, stopped);
      if (shard.isEmpty()) {
        return Optional.empty();
      }
      outputs.put(shard.get());
    }
    return Optional.of(outputs.array());
  }

  private Optional<float[]> shard(
      int round, int from, int to, IntConsumer progress, BooleanSupplier stopped)
      throws IOException {
    String hash = Sha256.ofText(Text.of("%s round %d %d-%d", key, round, from, to));
    Path file = folder.resolve(hash.substring(0, 32) + ".safetensors");
    Optional<float[]> kept = read(file, hash, List.of(to - from, teacher.outputs()));
    if (kept.isPresent()) {
      return kept;
    }
    Optional<float[]> made = score(round, from, to, progress, stopped);
    if (made.isPresent()) {
      write(
          file,
          hash,
          new Tensor(List.of(to - from, teacher.outputs()), FloatBuffer.wrap(made.get())));
    }
    return made;
  }

  /** Empty for a file that is missing, damaged, or of something else. */
  private static Optional<float[]> read(Path file, String hash, List<Integer> shape) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      Safetensors tensors = Safetensors.open(file);
      if (!tensors.shape(OUTPUTS).equals(shape)) {
        return Optional.empty();
      }
      float[] outputs = new float[shape.get(0) * shape.get(1)];
      tensors.floats(OUTPUTS).get(outputs);
      boolean whole = tensors.metadata().equals(metadata(hash, FloatBuffer.wrap(outputs)));
      return whole ? Optional.of(outputs) : Optional.empty();
    } catch (IOException | RuntimeException e) {
      return Optional.empty(); // whatever is wrong with it, it can be made again
    }
  }

  private static void write(Path file, String hash, Tensor outputs) throws IOException {
    Weights tensor = Weights.of(Map.of(OUTPUTS, outputs));
    Safetensors.write(file, tensor, metadata(hash, outputs.floats()), DType.F32);
  }

  private static Map<String, String> metadata(String hash, FloatBuffer outputs) {
    ByteBuffer bytes = ByteBuffer.allocate(outputs.remaining() * Float.BYTES);
    bytes.asFloatBuffer().put(outputs);
    return Map.of("of", hash, "sha256", Sha256.ofText(HexFormat.of().formatHex(bytes.array())));
  }

  private Optional<float[]> score(
      int round, int from, int to, IntConsumer progress, BooleanSupplier stopped)
      throws IOException {
    TeacherOutputs model = opened();
    FloatBuffer outputs = FloatBuffer.allocate((to - from) * teacher.outputs());
    boolean all =
        Prefetch.whileWanted(
            pictures(round, from, to),
            some -> {
              if (stopped.getAsBoolean()) {
                return false;
              }
              outputs.put(model.of(some));
              progress.accept(from + outputs.position() / teacher.outputs());
              return true;
            });
    return all ? Optional.of(finite(outputs.array())) : Optional.empty();
  }

  private float[] finite(float[] outputs) throws IOException {
    for (float output : outputs) {
      if (!Float.isFinite(output)) {
        throw new IOException(
            "the teacher %s gives %s for a picture; take another, or --precision float32"
                .formatted(teacher.how().model(), output));
      }
    }
    return outputs;
  }

  private Iterator<List<PlanarImage>> pictures(int round, int from, int to) {
    List<List<Integer>> batches = new ArrayList<>();
    for (int first = from; first < to; first += BATCH) {
      batches.add(IntStream.range(first, Math.min(to, first + BATCH)).boxed().toList());
    }
    return batches.stream()
        .map(some -> some.stream().map(photo -> picture(round, photo)).toList())
        .iterator();
  }

  private PlanarImage picture(int round, int photo) {
    return PlanarImage.of(teacher.input(), views.picture(round, photo, teacher.input()));
  }

  /** Loaded on demand: with all outputs on disk, the teacher is not needed. */
  private TeacherOutputs opened() throws IOException {
    TeacherOutputs loaded = opened;
    if (loaded == null) {
      loaded = teacher.opening().get();
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

  /**
   * The pictures that teacher and student are shown, each at its own size: in every round one of
   * each photo, which is a view of it or a mixture of that with a view of another photo (see {@link
   * Teacher.Distillation}). A picture is a function of the options, the round and the photo's
   * number.
   *
   * @param drawn the student's input, at which views are drawn
   * @param planes in which they are shown: 1 for their gray, 3 for their colours
   * @param mixup share of mixtures
   */
  record TaughtViews(
      List<CachedPhoto> photos,
      Augmentation augmentation,
      long seed,
      double mixup,
      Canvas drawn,
      int planes) {
    /**
     * What is mixed into a photo's view.
     *
     * @param other the number of the other photo
     * @param own the weight of the photo's own view
     */
    record Mixture(int other, float own) {}

    /**
     * A picture at {@code size}: values of 0 to 1, plane after plane, row-major.
     *
     * @param round from 0
     */
    float[] picture(int round, int photo, Canvas size) {
      float[] values = view(round, photo, size);
      Mixture mixture = mixture(round, photo);
      if (mixture.other() != photo) {
        float[] other = view(round, mixture.other(), size);
        for (int i = 0; i < values.length; i++) {
          values[i] = mixture.own() * values[i] + (1 - mixture.own()) * other[i];
        }
      }
      return values;
    }

    /** How a photo is mixed in a round; one that is not mixed is mixed with itself. */
    Mixture mixture(int round, int photo) {
      SplitMix64 random = SplitMix64.stream(seed, "mixture " + round, photo);
      return random.nextDouble() < mixup
          ? new Mixture(random.nextInt(photos.size()), random.nextFloat())
          : new Mixture(photo, 1);
    }

    private float[] view(int round, int photo, Canvas size) {
      CachedPhoto seen = photos.get(photo);
      SplitMix64 random = SplitMix64.stream(seed, "view " + round, photo);
      return augmentation
          .draw(seen.canvas(), drawn, random)
          .of(PlanarImage.from(seen).in(planes), size);
    }

    /** A text of all that pictures depend on beside the photos. */
    String identity() {
      return Text.of("%s seed %d mixup %s at %s", augmentation, seed, mixup, drawn);
    }
  }
}
