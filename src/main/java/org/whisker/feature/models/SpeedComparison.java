package org.whisker.feature.models;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.Evolution;
import org.whisker.evolution.Evolution.GenerationListener;
import org.whisker.evolution.Evolution.GenerationStats;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.Population.Individual;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;

/**
 * Evolution against bare forward passes on the same module. After each generation the same batches
 * are passed again, bare: as many images, in calls of the same sizes, at almost the same time. So
 * neither children whose score was known nor a slow moment of the machine favour one of the two.
 */
final class SpeedComparison implements GenerationListener {
  private static final double NANOS = 1e9;
  private static final int FOUNDERS_BLACK = 50;

  private final IntConsumer bare;
  private final BatchSizes sizes;
  private final int blocks;
  private final double blockSeconds;
  private final LongSupplier nanoTime;
  private final IntConsumer progress;
  private final List<Double> bareRates = new ArrayList<>();
  private final List<Double> evolutionRates = new ArrayList<>();
  private long images;
  private long bareNanos;
  private long evolutionNanos;
  private long began;

  /** Scores as a classifier does, and remembers the sizes of its batches. */
  private static final class BatchSizes implements LogitSource {
    private final LogitSource source;
    private final List<Integer> sizes = new ArrayList<>();

    BatchSizes(LogitSource source) {
      this.source = source;
    }

    @Override
    public int batch() {
      return source.batch();
    }

    @Override
    public float[] logits(List<BlackPixels> genomes) {
      sizes.add(genomes.size());
      return source.logits(genomes);
    }
  }

  private SpeedComparison(
      IntConsumer bare,
      BatchSizes sizes,
      int blocks,
      double blockSeconds,
      LongSupplier nanoTime,
      IntConsumer progress) {
    this.bare = bare;
    this.sizes = sizes;
    this.blocks = blocks;
    this.blockSeconds = blockSeconds;
    this.nanoTime = nanoTime;
    this.progress = progress;
  }

  /**
   * Measures. The first generation after the founders warms up and is not counted.
   *
   * @param bare passes of the classifier's module
   * @param batch pictures a call at most
   * @param blocks how many ratios are wanted
   * @param blockSeconds how long evolution runs in a block at least
   * @param progress told of each block that is done
   * @return evolution compared with bare passes
   */
  static PairedRates measure(
      Classifier classifier,
      IntConsumer bare,
      int population,
      int batch,
      int blocks,
      double blockSeconds,
      LongSupplier nanoTime,
      IntConsumer progress) {
    BatchSizes sizes = new BatchSizes(LogitSource.of(classifier, batch));
    Evolution evolution = new Evolution(options(population), classifier.canvas(), sizes);
    SpeedComparison it = new SpeedComparison(bare, sizes, blocks, blockSeconds, nanoTime, progress);
    for (long seed = 1; it.evolutionRates.size() < blocks; seed++) {
      evolution.run(seed, it);
    }
    return new PairedRates(it.bareRates, it.evolutionRates);
  }

  private static EvolutionOptions options(int population) {
    EvolutionOptions quick = EvolutionOptions.quick();
    return quick
        .withStop(quick.stop().withoutTarget())
        .withGenetic(
            genetic ->
                genetic
                    .withElites(Math.min(genetic.elites(), population / 2))
                    .withPopulation(population));
  }

  /** Pictures for bare passes. */
  static List<Raster> pictures(Canvas canvas, int count) {
    return pictures(canvas, count, FOUNDERS_BLACK);
  }

  /** Pictures with at most so many black pixels, at random places. */
  static List<Raster> pictures(Canvas canvas, int count, int black) {
    List<Raster> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SplitMix64 random = SplitMix64.stream(1, "picture", i);
      BlackPixels picture = BlackPixels.none(canvas);
      for (int k = 0; k < black; k++) {
        picture = picture.with(random.nextInt(canvas.pixels()));
      }
      pictures.add(picture);
    }
    return pictures;
  }

  @Override
  public boolean onGeneration(GenerationStats stats, Individual best) {
    long ended = nanoTime.getAsLong();
    sizes.sizes.forEach(bare::accept);
    if (stats.generation() > 1) {
      bareNanos += nanoTime.getAsLong() - ended;
      evolutionNanos += ended - began;
      images += sizes.sizes.stream().mapToInt(n -> n).sum();
      endBlock();
    }
    sizes.sizes.clear();
    began = nanoTime.getAsLong();
    return evolutionRates.size() < blocks;
  }

  private void endBlock() {
    if (images == 0 || evolutionNanos < blockSeconds * NANOS) {
      return;
    }
    bareRates.add(images * NANOS / Math.max(1, bareNanos));
    evolutionRates.add(images * NANOS / Math.max(1, evolutionNanos));
    progress.accept(evolutionRates.size());
    images = 0;
    bareNanos = 0;
    evolutionNanos = 0;
  }

  /**
   * Images a second of two ways to score, block by block; both of a block were measured in turn.
   *
   * @param reference what {@code compared} is divided by
   */
  record PairedRates(List<Double> reference, List<Double> compared) {
    public PairedRates {
      reference = List.copyOf(reference);
      compared = List.copyOf(compared);
      if (reference.isEmpty() || reference.size() != compared.size()) {
        throw new IllegalArgumentException(
            "blocks come in pairs, were " + reference.size() + " and " + compared.size());
      }
    }

    /** Ratios of the compared rate to the reference, pair by pair. */
    public List<Double> ratios() {
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < reference.size(); i++) {
        ratios.add(compared.get(i) / reference.get(i));
      }
      return ratios;
    }

    public double medianRatio() {
      return median(ratios());
    }

    public double leastRatio() {
      return ratios().stream().mapToDouble(r -> r).min().orElseThrow();
    }

    public double greatestRatio() {
      return ratios().stream().mapToDouble(r -> r).max().orElseThrow();
    }

    public static double median(List<Double> values) {
      List<Double> sorted = values.stream().sorted().toList();
      int middle = sorted.size() / 2;
      return sorted.size() % 2 == 1
          ? sorted.get(middle)
          : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
  }

  /**
   * Measures two ways to score the same pictures, in turn, in one process. A first pass of each is
   * not counted.
   *
   * @param reference scores the pictures of a batch, and returns how many they were, at least 1
   * @param compared the same, in the other way
   * @param blocks how many, of at least one pass each
   * @param blockSeconds how long a block of either lasts at least
   */
  static PairedRates takeTurns(
      IntSupplier reference,
      IntSupplier compared,
      int blocks,
      double blockSeconds,
      LongSupplier nanoTime) {
    int unused = reference.getAsInt() + compared.getAsInt(); // warms up
    List<Double> first = new ArrayList<>();
    List<Double> second = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      first.add(rate(reference, blockSeconds, nanoTime));
      second.add(rate(compared, blockSeconds, nanoTime));
    }
    return new PairedRates(first, second);
  }

  private static double rate(IntSupplier pass, double blockSeconds, LongSupplier nanoTime) {
    long began = nanoTime.getAsLong();
    long images = 0;
    double seconds = 0;
    while (seconds < blockSeconds || images == 0) {
      images += pass.getAsInt();
      seconds = Math.max(1, nanoTime.getAsLong() - began) / NANOS;
    }
    return images / seconds;
  }
}
