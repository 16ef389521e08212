package org.whisker.evolution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.Evolution.Ending;
import org.whisker.evolution.Evolution.GenerationListener;
import org.whisker.evolution.Evolution.RunResult;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

/**
 * Sparse-RS and BruSLeAttack need as many images as the code of their authors does on the same
 * function: a fixed weight for each of 24 × 24 pixels and a term for each pair of successive black
 * pixels, 20 black pixels, at most 1,000 images. Their code ran with PyTorch on white images, with
 * black as the only colour of changed pixels, 4,000 and 1,000 times. With 2,000 runs whisker
 * reaches 73.1 % and 668 images (theirs: 71.6 % and 649), and 63.8 % and 711 images (61.6 % and
 * 713).
 */
class SparseSearchParityTest {
  private static final Canvas CANVAS = Canvas.square(24);
  private static final double ENOUGH = -6.5;
  private static final int PIXELS = 20;
  private static final int IMAGES = 1000;
  private static final int RUNS = 200;

  @Test
  void sparseRsNeedsAsManyImagesAsItsAuthorsCode() {
    assertLike(new SparseRs(1, PIXELS, 0.3, IMAGES), 0.716, 649);
  }

  @Test
  void bruSLeAttackNeedsAsManyImagesAsItsAuthorsCode() {
    assertLike(new BruSLeAttack(10, PIXELS, 0.3), 0.616, 713);
  }

  private static void assertLike(SearchMethod method, double success, double median) {
    EvolutionOptions options =
        EvolutionOptions.question()
            .withMethod(method)
            .withLambda(0)
            .withStop(
                StopRules.after(2 * IMAGES)
                    .withEvaluations(IMAGES)
                    .withTarget(Classifier.catProbability(ENOUGH)));
    Evolution evolution = new Evolution(options, CANVAS, SparseSearchParityTest::logits);
    long[] images =
        LongStream.range(0, RUNS)
            .mapToObj(seed -> evolution.run(seed, GenerationListener.none()))
            .filter(run -> run.ending() == Ending.TARGET)
            .mapToLong(RunResult::evaluations)
            .sorted()
            .toArray();
    assertEquals(success, images.length / (double) RUNS, 0.08);
    assertEquals(1, images[images.length / 2] / median, 0.08);
  }

  private static float[] logits(List<BlackPixels> genomes) {
    float[] logits = new float[genomes.size()];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) logit(genomes.get(i).indices());
    }
    return logits;
  }

  private static double logit(int[] black) {
    double logit =
        4.5 + Arrays.stream(black).mapToDouble(p -> 0.5 * Math.sin(7.13 * (p + 1)) + 0.1).sum();
    for (int i = 1; i < black.length; i++) {
      logit += 0.3 * Math.sin(black[i - 1] + 3.0 * black[i]);
    }
    return logit;
  }
}
