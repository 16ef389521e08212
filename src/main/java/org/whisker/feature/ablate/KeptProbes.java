package org.whisker.feature.ablate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.whisker.ablation.move.MovedPatterns;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.io.Npy;
import org.whisker.job.Provenance.WhiskerVersion;
import org.whisker.position.PixelMap;
import org.whisker.position.ProbeMap;

/**
 * Probe maps that were measured once: in this process, or in a folder that reports share; and, in
 * this process, images that were moved about.
 */
public final class KeptProbes {
  private final Optional<Path> folder;
  private final int every;
  private final Map<String, ProbeMap> known = new ConcurrentHashMap<>();
  private final Map<Moved, MovedPatterns> moved = new ConcurrentHashMap<>();

  /** The key of a kept correlation: what a model's scores depend on, and the images. */
  private record Moved(String scored, List<BlackPixels> images) {}

  private KeptProbes(Optional<Path> folder, int every) {
    this.folder = folder;
    this.every = every;
  }

  public static KeptProbes inMemory() {
    return new KeptProbes(Optional.empty(), 1);
  }

  /** Keeps them in a cache, by version of whisker and by what a model's scores depend on. */
  public static KeptProbes in(Path cache) {
    return new KeptProbes(Optional.of(cache.resolve("probes").resolve(WhiskerVersion.get())), 1);
  }

  /** Returns probes that are kept in the same place, but {@linkplain ProbeMap#sampled sampled}. */
  public KeptProbes sampled(int spacing) {
    return new KeptProbes(folder, spacing);
  }

  /** Side of the squares of positions from each of which one is probed. */
  int every() {
    return every;
  }

  /** Returns the probe of a model, and measures it when there is none. */
  ProbeMap of(StoredAblatedModel model, Supplier<ProbeMap> measured) {
    return known.computeIfAbsent(model.scored(), scored -> found(model, measured));
  }

  /** Images moved about, in this process alone. */
  MovedPatterns moved(
      StoredAblatedModel model, List<BlackPixels> images, Supplier<MovedPatterns> scored) {
    return moved.computeIfAbsent(
        new Moved(model.scored(), List.copyOf(images)), it -> scored.get());
  }

  private ProbeMap found(StoredAblatedModel model, Supplier<ProbeMap> measured) {
    if (folder.isEmpty()) {
      return measured.get();
    }
    Path file =
        folder.get().resolve(model.scored() + (every == 1 ? "" : "-every" + every) + ".npy");
    try {
      Optional<ProbeMap> kept = ProbeMapFile.read(file, model.name(), model.canvas());
      if (kept.isPresent()) {
        return kept.get();
      }
      ProbeMap probe = measured.get();
      ProbeMapFile.write(file, probe);
      return probe;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A probe map in one file: its values row by row, then the background's logit, as one column. */
  private static final class ProbeMapFile {
    /** Writes the file whole or not at all. */
    static void write(Path file, ProbeMap probe) throws IOException {
      double[] delta = probe.delta().values();
      double[] values = Arrays.copyOf(delta, delta.length + 1);
      values[delta.length] = probe.baseline();
      Files.createDirectories(file.toAbsolutePath().getParent());
      Npy.write(file, values.length, 1, values);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @param classifier the name of the probed classifier
     * @return empty when there is no such file, or one of another canvas size
     */
    static Optional<ProbeMap> read(Path file, String classifier, Canvas canvas) throws IOException {
      if (!Files.exists(file)) {
        return Optional.empty();
      }
      double[] values = Npy.read(file).values();
      if (values.length != canvas.pixels() + 1) {
        return Optional.empty();
      }
      PixelMap delta =
          PixelMap.of(
              "one black pixel",
              canvas,
              "Δlogit of not-cat",
              Arrays.copyOf(values, canvas.pixels()));
      return Optional.of(new ProbeMap(classifier, delta, values[canvas.pixels()]));
    }
  }
}
