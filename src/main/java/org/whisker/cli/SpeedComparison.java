package org.whisker.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.whisker.evolution.Evolution;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.GenerationListener;
import org.whisker.evolution.GenerationStats;
import org.whisker.evolution.Individual;
import org.whisker.image.BlackPixels;
import org.whisker.image.Raster;
import org.whisker.random.SplitMix64;
import org.whisker.torch.TorchClassifier;

/**
 * Bare forward passes against evolution on the same module, in turn (A B A B …), so that what slows
 * the machine slows both. An evolution goes on from block to block; a new one begins when it ends.
 */
final class SpeedComparison implements GenerationListener {
  private static final double NANOS = 1e9;
  private static final int FOUNDERS_BLACK = 50;

  private final TorchClassifier.BareForward bare;
  private final int batch;
  private final int pairs;
  private final double blockSeconds;
  private final LongSupplier nanoTime;
  private final IntConsumer progress;
  private final List<Double> bareRates = new ArrayList<>();
  private final List<Double> evolutionRates = new ArrayList<>();
  private long blockBegan;
  private long blockImages;
  private long evaluationsSeen;

  /**
   * Images a second, block by block.
   *
   * @param bare the forward passes'
   * @param evolution evolution's: genomes scored, those known before not counted
   */
  record Rates(List<Double> bare, List<Double> evolution) {
    Rates {
      bare = List.copyOf(bare);
      evolution = List.copyOf(evolution);
      if (bare.isEmpty() || bare.size() != evolution.size()) {
        throw new IllegalArgumentException(
            "blocks come in pairs, were " + bare.size() + " and " + evolution.size());
      }
    }

    /** Evolution's rate by the bare one's, pair by pair. */
    List<Double> ratios() {
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < bare.size(); i++) {
        ratios.add(evolution.get(i) / bare.get(i));
      }
      return ratios;
    }
  }

  private SpeedComparison(
      TorchClassifier.BareForward bare,
      int batch,
      int pairs,
      double blockSeconds,
      LongSupplier nanoTime,
      IntConsumer progress) {
    this.bare = bare;
    this.batch = batch;
    this.pairs = pairs;
    this.blockSeconds = blockSeconds;
    this.nanoTime = nanoTime;
    this.progress = progress;
  }

  /**
   * Measures.
   *
   * @param batch pictures a pass, and the evolution's population
   * @param blockSeconds how long a block lasts at least
   * @param progress told of each pair that is done
   */
  static Rates measure(
      TorchClassifier classifier,
      int batch,
      int pairs,
      double blockSeconds,
      LongSupplier nanoTime,
      IntConsumer progress) {
    EvolutionOptions options = options(batch);
    Evolution evolution = Evolution.of(options, classifier, batch);
    evolution.run(0, (stats, best) -> stats.generation() < 2); // warms up
    try (TorchClassifier.BareForward bare = classifier.bareForward(pictures(classifier, batch))) {
      SpeedComparison it =
          new SpeedComparison(bare, batch, pairs, blockSeconds, nanoTime, progress);
      bare.pass();
      it.bareBlock();
      for (long seed = 1; it.evolutionRates.size() < pairs; seed++) {
        it.evaluationsSeen = 0;
        evolution.run(seed, it);
      }
      return new Rates(it.bareRates, it.evolutionRates);
    }
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

  private static List<Raster> pictures(TorchClassifier classifier, int count) {
    List<Raster> pictures = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SplitMix64 random = SplitMix64.stream(1, "picture", i);
      BlackPixels picture = BlackPixels.none(classifier.canvas());
      for (int k = 0; k < FOUNDERS_BLACK; k++) {
        picture = picture.with(random.nextInt(classifier.canvas().pixels()));
      }
      pictures.add(picture);
    }
    return pictures;
  }

  /** One block of passes; the next block of evolution begins when it ends. */
  private void bareBlock() {
    long began = nanoTime.getAsLong();
    long images = 0;
    double seconds = 0;
    while (seconds < blockSeconds || images == 0) {
      bare.pass();
      images += batch;
      seconds = (nanoTime.getAsLong() - began) / NANOS;
    }
    bareRates.add(images / seconds);
    blockImages = 0;
    blockBegan = nanoTime.getAsLong();
  }

  @Override
  public boolean onGeneration(GenerationStats stats, Individual best) {
    blockImages += stats.evaluations() - evaluationsSeen;
    evaluationsSeen = stats.evaluations();
    double seconds = (nanoTime.getAsLong() - blockBegan) / NANOS;
    if (seconds < blockSeconds || blockImages == 0) {
      return true;
    }
    evolutionRates.add(blockImages / seconds);
    progress.accept(evolutionRates.size());
    if (evolutionRates.size() == pairs) {
      return false;
    }
    bareBlock();
    return true;
  }
}
