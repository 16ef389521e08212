package org.whisker.feature.ablate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.whisker.classifier.ModelStore;
import org.whisker.cli.TinyModels;
import org.whisker.image.BlackPixels;
import org.whisker.position.ProbeMap;
import org.whisker.torch.Precision;
import org.whisker.torch.TorchClassifier;

/** Probes that are kept in a folder, however the process that measures them ends. */
class KeptProbesTest {
  private static final int BATCH = 100;
  private final List<Integer> done = new ArrayList<>();
  @TempDir Path home;
  private long now;

  @BeforeEach
  void saveAModel() throws IOException {
    TinyModels.save(home, "tiny");
  }

  /** A model of a process of its own, which knows what is in the folder and nothing else. */
  private StoredAblatedModel model(KeptProbes probes) throws IOException {
    return new StoredAblatedModel(
        new ModelStore(home.resolve("models")).open("tiny"),
        TorchClassifier.Settings.cpu(Precision.FLOAT32),
        Precision.FLOAT32,
        Optional.empty(),
        probes);
  }

  private StoredAblatedModel fresh() throws IOException {
    return model(new KeptProbes(Optional.of(probes()), 1, () -> now));
  }

  private Path probes() {
    return home.resolve("probes");
  }

  private ProbeMap probe(StoredAblatedModel model, IntConsumer progress, BooleanSupplier stopped) {
    return model.probe(
        BATCH,
        pixels -> {
          done.add(pixels);
          progress.accept(pixels);
        },
        stopped);
  }

  private double[] whole() throws IOException {
    StoredAblatedModel model = model(KeptProbes.inMemory());
    return model.probe(BATCH, pixels -> {}, () -> false).delta().values();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(probes())) {
      return files.map(file -> file.getFileName().toString().replaceFirst("^[^.]*", "")).toList();
    }
  }

  @Test
  void whatWasMeasuredBeforeAStopIsNotMeasuredAgain() throws IOException {
    StoredAblatedModel stopped = fresh();
    assertThrows(
        CancellationException.class, () -> probe(stopped, pixels -> {}, () -> done.size() == 2));
    assertEquals(List.of(".part.npy"), files());
    done.clear();
    ProbeMap map = probe(fresh(), pixels -> {}, () -> false);
    assertEquals(3 * BATCH, done.get(0));
    assertArrayEquals(whole(), map.delta().values());
    assertEquals(List.of(".npy"), files());
    done.clear();
    assertArrayEquals(whole(), probe(fresh(), p -> {}, () -> false).delta().values());
    assertEquals(List.of(), done);
  }

  @Test
  void isKeptNowAndThenForWhenItIsNotStoppedButDies() throws IOException {
    StoredAblatedModel dying = fresh();
    assertThrows(
        IllegalStateException.class,
        () ->
            probe(
                dying,
                pixels -> {
                  now += 10_000_000_000L;
                  if (pixels > 5 * BATCH) {
                    throw new IllegalStateException("dies");
                  }
                },
                () -> false));
    done.clear();
    ProbeMap map = probe(fresh(), pixels -> {}, () -> false);
    assertEquals(5 * BATCH, done.get(0)); // kept at the fourth, 30 s after the first
    assertArrayEquals(whole(), map.delta().values());
  }

  @Test
  void whatCantBeReadIsMeasuredAgain() throws IOException {
    double[] own = probe(fresh(), pixels -> {}, () -> false).delta().values();
    try (Stream<Path> files = Files.list(probes())) {
      for (Path file : files.toList()) {
        Files.write(file, new byte[] {1, 2, 3});
        String part = file.getFileName().toString().replace(".npy", ".part.npy");
        Files.write(file.resolveSibling(part), new byte[] {4});
      }
    }
    done.clear();
    assertArrayEquals(own, probe(fresh(), pixels -> {}, () -> false).delta().values());
    assertEquals(BATCH, done.get(0));
    assertEquals(List.of(".npy"), files());
  }

  @Test
  void imagesAreScoredOnceForAModel() throws IOException {
    List<BlackPixels> images = List.of(BlackPixels.of(fresh().canvas(), 3, 5));
    KeptProbes kept = KeptProbes.inMemory();
    float[] logits = model(kept).logits(images, () -> new float[] {7});
    logits[0] = 8; // the caller's own
    assertArrayEquals(
        new float[] {7},
        model(kept).logits(List.copyOf(images), () -> fail("they are known already")));
    List<BlackPixels> others = List.of(BlackPixels.of(fresh().canvas(), 3));
    assertArrayEquals(new float[] {9}, model(kept).logits(others, () -> new float[] {9}));
  }
}
