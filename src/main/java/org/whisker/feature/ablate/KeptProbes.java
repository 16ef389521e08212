package org.whisker.feature.ablate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.whisker.job.WhiskerVersion;
import org.whisker.position.ProbeMap;

/** Probe maps that were measured once: in this process, or in a folder that reports share. */
public final class KeptProbes {
  private final Optional<Path> folder;
  private final Map<String, ProbeMap> known = new ConcurrentHashMap<>();

  private KeptProbes(Optional<Path> folder) {
    this.folder = folder;
  }

  public static KeptProbes inMemory() {
    return new KeptProbes(Optional.empty());
  }

  /** Keeps them in a cache, by version of whisker and by what a model's scores depend on. */
  public static KeptProbes in(Path cache) {
    return new KeptProbes(Optional.of(cache.resolve("probes").resolve(WhiskerVersion.get())));
  }

  /** That of a model, measured when there is none. */
  ProbeMap of(StoredAblatedModel model, Supplier<ProbeMap> measured) {
    return known.computeIfAbsent(model.scored(), scored -> found(model, measured));
  }

  private ProbeMap found(StoredAblatedModel model, Supplier<ProbeMap> measured) {
    if (folder.isEmpty()) {
      return measured.get();
    }
    Path file = folder.get().resolve(model.scored() + ".npy");
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
}
