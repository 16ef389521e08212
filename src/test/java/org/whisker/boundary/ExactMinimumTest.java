package org.whisker.boundary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.classifier.Classifier;
import org.whisker.evolution.LogitSource;
import org.whisker.evolution.Objective.TargetClass;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;

class ExactMinimumTest {
  private static final Canvas CANVAS = new Canvas(4, 3);
  private static final ExactMinimum PLAIN = new ExactMinimum(ExactMinimum.Bound.none(), 5_000, 64);

  private static ExactMinimum.Answer cat(ExactMinimum exact, Classifier classifier, double target) {
    return exact.find(LogitSource.of(classifier, 64), CANVAS, TargetClass.CAT, target, 13);
  }

  /** Over every subset by counting in binary: another way than by size. */
  private static int bruteForce(Classifier classifier, double target) {
    int least = 13;
    for (int set = 0; set < 1 << 12; set++) {
      int[] pixels = new int[Integer.bitCount(set)];
      int at = 0;
      for (int i = 0; i < 12; i++) {
        if ((set >> i & 1) == 1) {
          pixels[at++] = i;
        }
      }
      float logit = classifier.logits(List.of(BlackPixels.of(CANVAS, pixels)))[0];
      least = Classifier.catProbability(logit) >= target ? Math.min(least, pixels.length) : least;
    }
    return least;
  }

  @Test
  void ofALinearLogitItIsTheHeaviestPixels() {
    Formula linear =
        Formula.linear(CANVAS, 5, -1, 0.5, -3, 0, -2, 1, -0.5, -1.5, 2, -0.25, 0.25, -1);
    ExactMinimum.Answer answer = cat(PLAIN, linear, 0.5);
    assertEquals(Optional.of(BlackPixels.of(CANVAS, 2, 4)), answer.smallest());
    assertEquals(2, answer.atLeast());
    assertTrue(answer.complete());
    assertEquals(64, linear.largestBatch);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theBoundLeavesSetsOutAndTheAnswerAlone(long seed) {
    ReluNet net = ReluNet.random(CANVAS, 5, seed);
    ExactMinimum bounded = new ExactMinimum(net::most, 5_000, 64);
    for (double target : new double[] {0.5, 0.96}) {
      int least = bruteForce(net.classifier(), target);
      ExactMinimum.Answer plain = cat(PLAIN, net.classifier(), target);
      ExactMinimum.Answer quick = cat(bounded, net.classifier(), target);
      assertEquals(least, plain.atLeast());
      assertEquals(least, quick.atLeast());
      assertTrue(plain.complete() && quick.complete());
      assertEquals(least < 13, quick.smallest().isPresent());
      quick.smallest().ifPresent(set -> assertEquals(least, set.count()));
      assertTrue(quick.scored() <= plain.scored());
    }
  }

  @Test
  void theBoundSparesMost() {
    Formula linear = Formula.linear(CANVAS, 6, -1, -1, -1, -1, -1, -1, 1, 1, 1, 1, 1, 1);
    double[] most = {1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0};
    ExactMinimum.Answer plain = cat(PLAIN, linear, 0.5);
    ExactMinimum.Answer quick = cat(new ExactMinimum(i -> most[i], 5_000, 64), linear, 0.5);
    assertEquals(6, plain.atLeast());
    assertEquals(plain.smallest(), quick.smallest());
    assertTrue(plain.scored() > 1_500, "scored " + plain.scored());
    assertTrue(quick.scored() < 100, "scored " + quick.scored());
  }

  @Test
  void belowAKnownSizeThereMayBeNone() {
    Formula linear = Formula.linear(CANVAS, 3, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0);
    LogitSource source = LogitSource.of(linear, 64);
    ExactMinimum.Answer none = PLAIN.find(source, CANVAS, TargetClass.CAT, 0.5, 3);
    assertEquals(new ExactMinimum.Answer(3, Optional.empty(), true, 1 + 12 + 66), none);
    assertTrue(PLAIN.find(source, CANVAS, TargetClass.CAT, 0.5, 4).smallest().isPresent());
  }

  @Test
  void nothingReachesIt() {
    Formula flat = Formula.linear(CANVAS, 1, new double[12]);
    ExactMinimum.Answer answer = cat(PLAIN, flat, 0.5);
    assertEquals(new ExactMinimum.Answer(13, Optional.empty(), true, 1 << 12), answer);
  }

  @Test
  void whiteMayReachIt() {
    ExactMinimum.Answer answer = cat(PLAIN, Formula.linear(CANVAS, 0, new double[12]), 0.5);
    assertEquals(
        new ExactMinimum.Answer(0, Optional.of(BlackPixels.none(CANVAS)), true, 1), answer);
  }

  @Test
  void tooManySetsProveWhatTheySaw() {
    Formula flat = Formula.linear(CANVAS, 1, new double[12]);
    ExactMinimum.Answer answer =
        cat(new ExactMinimum(ExactMinimum.Bound.none(), 66, 64), flat, 0.5);
    assertFalse(answer.complete());
    assertEquals(3, answer.atLeast()); // sizes 0 to 2 were scored: 1, 12, 66
    assertEquals(79, answer.scored());
  }

  @Test
  void theOtherClassToo() {
    Formula linear = Formula.linear(CANVAS, -2.5, 1, 2, 1, -1, 0, 0, 0, 0, 0, 0, 0, 0);
    double[] most = {1, 2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    ExactMinimum.Answer answer =
        new ExactMinimum(i -> most[i], 5_000, 64)
            .find(LogitSource.of(linear, 64), CANVAS, TargetClass.NOT_CAT, 0.5, 13);
    assertEquals(Optional.of(BlackPixels.of(CANVAS, 0, 1)), answer.smallest());
  }

  @Test
  void impossible() {
    LogitSource flat = LogitSource.flat(1);
    assertThrows(
        IllegalArgumentException.class, () -> new ExactMinimum(ExactMinimum.Bound.none(), 0, 1));
    assertThrows(
        IllegalArgumentException.class, () -> PLAIN.find(flat, CANVAS, TargetClass.CAT, 1, 3));
    assertThrows(
        IllegalArgumentException.class, () -> PLAIN.find(flat, CANVAS, TargetClass.CAT, 0.5, -1));
  }
}
