package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.evolution.Evolution.GenerationListener;
import org.whisker.evolution.Evolution.RunResult;
import org.whisker.evolution.EvolutionRun.Evaluator;
import org.whisker.evolution.Population.Individual;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/** Batches that are made while others are scored. */
class EvaluatorBatchesTest {
  private static final Canvas CANVAS = Canvas.square(24);

  /** Scores in batches, on the calling thread, and remembers how many there were in each. */
  private static final class Batched implements LogitSource {
    private final int batch;
    private final List<Integer> sizes = new ArrayList<>();

    Batched(int batch) {
      this.batch = batch;
    }

    @Override
    public int batch() {
      return batch;
    }

    @Override
    public float[] logits(List<BlackPixels> genomes) {
      sizes.add(genomes.size());
      return Planted.weightedSum(genomes);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 32, 90, 100, 1000})
  void theBatchIsNotSeenInTheRun(int batch) {
    EvolutionOptions options = EvolutionOptions.quick().withGenerations(30);
    List<Object> whole = new ArrayList<>();
    List<Object> parts = new ArrayList<>();
    Batched source = new Batched(batch);
    RunResult expected = new Evolution(options, CANVAS, Planted::weightedSum).run(4, into(whole));
    assertEquals(expected, new Evolution(options, CANVAS, source).run(4, into(parts)));
    assertEquals(whole, parts);
    assertEquals(expected.evaluations(), source.sizes.stream().mapToInt(n -> n).sum());
    assertTrue(source.sizes.stream().allMatch(n -> n >= 1 && n <= batch), "" + source.sizes);
  }

  private static GenerationListener into(List<Object> events) {
    return (stats, best) -> {
      events.add(stats);
      events.add(best);
      return true;
    };
  }

  @Test
  void allButTheLastBatchAreFull() {
    Batched source = new Batched(4);
    List<BlackPixels> genomes = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      genomes.add(BlackPixels.of(CANVAS, i));
      genomes.add(BlackPixels.of(CANVAS, i / 2)); // known, or met before
    }
    Evaluator evaluator = evaluator(source);
    List<Individual> scored = evaluator.score(genomes, 0);
    assertEquals(List.of(4, 4, 3), source.sizes);
    assertEquals(genomes, scored.stream().map(Individual::genome).toList());
    assertEquals(11, evaluator.evaluations());
    assertEquals(11, evaluator.cacheHits());
  }

  @Test
  void theNextBatchIsMadeWhileOneIsScored() {
    CountDownLatch secondIsMade = new CountDownLatch(4);
    Thread caller = Thread.currentThread();
    LogitSource waiting =
        new LogitSource() {
          @Override
          public int batch() {
            return 2;
          }

          @Override
          public float[] logits(List<BlackPixels> genomes) {
            assertSame(caller, Thread.currentThread());
            try {
              assertTrue(secondIsMade.await(5, TimeUnit.MINUTES), "nothing was made meanwhile");
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return new float[genomes.size()];
          }
        };
    Iterator<BlackPixels> coming =
        IntStream.range(0, 4)
            .mapToObj(
                i -> {
                  secondIsMade.countDown();
                  return BlackPixels.of(CANVAS, i);
                })
            .iterator();
    assertEquals(4, evaluator(waiting).score(coming, 0).size());
  }

  @Test
  void failuresOfEitherSideAreTheCallers() {
    IllegalArgumentException made = new IllegalArgumentException("made");
    Iterator<BlackPixels> failing =
        IntStream.range(0, 9).mapToObj(i -> failing(i, made)).iterator();
    assertSame(
        made,
        assertThrows(
            IllegalArgumentException.class, () -> evaluator(new Batched(2)).score(failing, 0)));
    AtomicInteger asked = new AtomicInteger();
    Iterator<BlackPixels> fine =
        IntStream.iterate(0, i -> i + 1)
            .peek(asked::set)
            .mapToObj(i -> BlackPixels.of(CANVAS, i))
            .iterator();
    LogitSource broken =
        new LogitSource() {
          @Override
          public int batch() {
            return 3;
          }

          @Override
          public float[] logits(List<BlackPixels> genomes) {
            throw new IllegalStateException("scored");
          }
        };
    assertThrows(IllegalStateException.class, () -> evaluator(broken).score(fine, 0));
    assertEquals(5, asked.get(), "two batches were made, and it is over");
  }

  private static BlackPixels failing(int i, RuntimeException failure) {
    if (i == 5) {
      throw failure;
    }
    return BlackPixels.of(CANVAS, i);
  }

  private static Evaluator evaluator(LogitSource source) {
    return new Evaluator(source, Objective.withLambda(0), new ScoreCache(1000));
  }
}
