package org.whisker.feature.ablate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.whisker.ablation.move.MovedPatterns;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.Npy;
import org.whisker.job.Provenance;
import org.whisker.position.PixelMap;
import org.whisker.position.ProbeMap;
import org.whisker.position.ProbeMap.Probing;

/**
 * Probe maps that were measured once: in this process, or in a folder that reports share; and, in
 * this process, images that were moved about, and the logits of images.
 */
public final class KeptProbes {
  private static final Duration KEPT_EVERY = Duration.ofSeconds(30);

  private final Optional<Path> folder;
  private final int every;
  private final LongSupplier nanoTime;
  private final Map<String, ProbeMap> known = new ConcurrentHashMap<>();
  private final Map<Scored, MovedPatterns> moved = new ConcurrentHashMap<>();
  private final Map<Scored, float[]> logits = new ConcurrentHashMap<>();

  /** What kept scores belong to: what a model's scores depend on, and the images. */
  private record Scored(String by, List<BlackPixels> images) {
    static Scored of(StoredAblatedModel model, List<BlackPixels> images) {
      return new Scored(model.scored(), List.copyOf(images));
    }
  }

  KeptProbes(Optional<Path> folder, int every, LongSupplier nanoTime) {
    this.folder = folder;
    this.every = every;
    this.nanoTime = nanoTime;
  }

  public static KeptProbes inMemory() {
    return new KeptProbes(Optional.empty(), 1, System::nanoTime);
  }

  /** Keeps them in a cache, by version of whisker and by what a model's scores depend on. */
  public static KeptProbes in(Path cache) {
    Path folder = cache.resolve("probes").resolve(Provenance.whiskerVersion());
    return new KeptProbes(Optional.of(folder), 1, System::nanoTime);
  }

  /** Returns probes that are kept in the same place, but of one position in each square. */
  public KeptProbes sampled(int spacing) {
    return new KeptProbes(folder, spacing, nanoTime);
  }

  /**
   * Returns the probe of a model, and measures what is missing of it. In a folder, what is measured
   * is kept now and then, and when it is stopped.
   */
  ProbeMap of(StoredAblatedModel model, Measuring measuring) {
    return known.computeIfAbsent(model.scored(), scored -> found(model, measuring));
  }

  /** Measures what is missing of a probe. */
  interface Measuring {
    /**
     * Finishes it.
     *
     * @param measured to be told after each batch
     * @throws CancellationException when stopped
     */
    ProbeMap finish(Probing probing, Runnable measured);
  }

  /** Images moved about, in this process alone. */
  MovedPatterns moved(
      StoredAblatedModel model, List<BlackPixels> images, Supplier<MovedPatterns> scored) {
    return moved.computeIfAbsent(Scored.of(model, images), it -> scored.get());
  }

  /** Logits of images, in this process alone. */
  float[] logits(StoredAblatedModel model, List<BlackPixels> images, Supplier<float[]> scored) {
    return logits.computeIfAbsent(Scored.of(model, images), it -> scored.get()).clone();
  }

  private ProbeMap found(StoredAblatedModel model, Measuring measuring) {
    BlackPixels white = BlackPixels.none(model.canvas());
    if (folder.isEmpty()) {
      return measuring.finish(new Probing(white, every), () -> {});
    }
    String name = model.scored() + (every == 1 ? "" : "-every" + every);
    ProbeFiles files = new ProbeFiles(folder.get(), name);
    return files
        .whole(model.name(), model.canvas())
        .orElseGet(() -> finished(files.begun(white, every), measuring, files));
  }

  private ProbeMap finished(Probing probing, Measuring measuring, ProbeFiles files) {
    try {
      ProbeMap probe = measuring.finish(probing, new NowAndThen(() -> files.keep(probing)));
      files.write(probe);
      return probe;
    } catch (CancellationException e) {
      files.keep(probing);
      throw e;
    }
  }

  /** Does something if it was not done for a while. */
  private final class NowAndThen implements Runnable {
    private final Runnable something;
    private long doneAt = nanoTime.getAsLong();

    NowAndThen(Runnable something) {
      this.something = something;
    }

    @Override
    public void run() {
      if (nanoTime.getAsLong() - doneAt >= KEPT_EVERY.toNanos()) {
        something.run();
        doneAt = nanoTime.getAsLong();
      }
    }
  }

  /**
   * The files of a probe map, each of one column. The whole map has its values row by row, then the
   * background's logit. As long as it is not whole, its values are in another file, NaN where they
   * are not measured. A file that can't be read counts as none, since it can be measured again.
   */
  private record ProbeFiles(Path folder, String name) {
    private Path file() {
      return folder.resolve(name + ".npy");
    }

    private Path part() {
      return folder.resolve(name + ".part.npy");
    }

    /**
     * The map if it is there, of this size.
     *
     * @param classifier the name of the probed classifier
     */
    Optional<ProbeMap> whole(String classifier, Canvas canvas) {
      return read(file(), canvas.pixels() + 1)
          .map(
              values -> {
                double[] delta = Arrays.copyOf(values, canvas.pixels());
                PixelMap map =
                    PixelMap.of("one black pixel", canvas, "Δlogit against the target", delta);
                return new ProbeMap(classifier, map, values[canvas.pixels()]);
              });
    }

    /** A probe that goes on from what is kept of it. */
    Probing begun(BlackPixels white, int every) {
      return read(part(), white.canvas().pixels())
          .map(values -> new Probing(white, every, values))
          .orElseGet(() -> new Probing(white, every));
    }

    private static Optional<double[]> read(Path file, int length) {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      try {
        return Optional.of(Npy.read(file).values()).filter(values -> values.length == length);
      } catch (IOException e) {
        return Optional.empty();
      }
    }

    void keep(Probing probing) {
      write(part(), probing.measured());
    }

    /** Writes the map, and takes away what was kept on the way. */
    void write(ProbeMap probe) {
      double[] delta = probe.delta().values();
      double[] values = Arrays.copyOf(delta, delta.length + 1);
      values[delta.length] = probe.baseline();
      write(file(), values);
      try {
        Files.deleteIfExists(part());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void write(Path file, double[] values) {
      try {
        Npy.write(file, values.length, 1, values);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
