package org.whisker.classifier;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.whisker.value.Checks;

/**
 * How many pictures are scored: in batches, telling how far it is, until stopped. Pictures are made
 * when their batch comes, so only one batch of them is in memory.
 *
 * @param size at least 1
 * @param progress told after each batch how many are done
 * @param stopped asked before each batch
 */
public record Batches(int size, IntConsumer progress, BooleanSupplier stopped) {
  public Batches {
    Checks.refuse(size < 1, "batch size must be at least 1, was %s", size);
  }

  /** Batches of {@code size} pictures that report no progress and never stop. */
  public static Batches of(int size) {
    return new Batches(size, done -> {}, () -> false);
  }

  /** The same in batches of at least {@code fewest} pictures. */
  public Batches atLeast(int fewest) {
    return new Batches(Math.max(size, fewest), progress, stopped);
  }

  /**
   * The logits of {@code count} pictures; empty when stopped.
   *
   * @param made the picture of each number from 0
   * @param done how many count as done before the first
   */
  public <T> Optional<float[]> logits(
      int count, IntFunction<T> made, Function<List<T>, float[]> scorer, int done) {
    float[] logits = new float[count];
    for (int from = 0; from < count; from += size) {
      if (stopped.getAsBoolean()) {
        return Optional.empty();
      }
      int to = (int) Math.min(count, (long) from + size);
      float[] batch = scorer.apply(IntStream.range(from, to).mapToObj(made).toList());
      System.arraycopy(batch, 0, logits, from, to - from);
      progress.accept(done + to);
      if (to == count) {
        break; // a size near the largest int would overflow
      }
    }
    return Optional.of(logits);
  }

  /** The logits of {@code count} pictures; empty when stopped. */
  public <T> Optional<float[]> logits(
      int count, IntFunction<T> made, Function<List<T>, float[]> scorer) {
    return logits(count, made, scorer, 0);
  }
}
