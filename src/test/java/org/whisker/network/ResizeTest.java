package org.whisker.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.whisker.network.Operation.Resize;
import org.whisker.network.Operation.Resize.Interpolation;

/** What a resize says of itself follows from the weights of its kernel. */
class ResizeTest {
  private static final int LARGEST = 13;

  /** The weight of each position before, for one after it. */
  private static double[] weights(Resize resize, int i, int from, int to) {
    double at =
        resize.corners()
            ? i * (from - 1.0) / Math.max(1, to - 1)
            : resize.by() == Interpolation.NEAREST
                ? Math.floorDiv(i * from, to)
                : (2 * i + 1) * from / (2.0 * to) - 0.5;
    double[] weights = new double[from];
    for (int k = (int) Math.floor(at) - 3; k <= at + 4; k++) {
      weights[Math.max(0, Math.min(from - 1, k))] += kernel(resize.by(), Math.abs(k - at));
    }
    return weights;
  }

  private static double kernel(Interpolation by, double d) {
    return switch (by) {
      case NEAREST -> d == 0 ? 1 : 0;
      case LINEAR -> Math.max(0, 1 - d);
      case CUBIC ->
          d < 1
              ? 1.25 * d * d * d - 2.25 * d * d + 1
              : d < 2 ? -0.75 * d * d * d + 3.75 * d * d - 6 * d + 3 : 0;
    };
  }

  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void readsWhatHasWeight(Interpolation by) {
    for (boolean corners : new boolean[] {false, by != Interpolation.NEAREST}) {
      for (int from = 1; from <= LARGEST; from++) {
        for (int to = 1; to <= LARGEST; to++) {
          Resize resize = new Resize(to, to, by, corners);
          for (int i = 0; i < to; i++) {
            double[] weights = weights(resize, i, from, to);
            Set<Integer> wanted =
                IntStream.range(0, from)
                    .filter(k -> Math.abs(weights[k]) > 1e-9)
                    .boxed()
                    .collect(Collectors.toSet());
            Set<Integer> read = resize.read(i, from, to).boxed().collect(Collectors.toSet());
            assertEquals(wanted, read, resize + " of " + from + " at " + i);
          }
        }
      }
    }
  }

  /** A whole one of a map that is rolled by one step is its result rolled by one. */
  @ParameterizedTest
  @EnumSource(Interpolation.class)
  void isWholeWhereEachStepIsTheSame(Interpolation by) {
    for (boolean corners : new boolean[] {false, by != Interpolation.NEAREST}) {
      for (int small = 2; small <= 5; small++) {
        for (int times = 2; times <= 5; times++) {
          Resize less = new Resize(small, small, by, corners);
          Resize more = new Resize(small * times, small * times, by, corners);
          assertEquals(
              isSame(less, small * times, small, times, 1),
              less.isWhole(small * times, small),
              less + " of " + small * times);
          assertEquals(
              isSame(more, small, small * times, 1, times),
              more.isWhole(small, small * times),
              more + " of " + small);
        }
      }
      assertFalse(new Resize(4, 4, by, corners).isWhole(6, 4));
    }
  }

  private static boolean isSame(Resize resize, int from, int to, int before, int behind) {
    return IntStream.range(0, to)
        .allMatch(
            i -> {
              double[] here = weights(resize, i, from, to);
              double[] next = weights(resize, (i + behind) % to, from, to);
              double[] moved = new double[from];
              Arrays.setAll(moved, k -> here[Math.floorMod(k - before, from)]);
              return IntStream.range(0, from).allMatch(k -> Math.abs(moved[k] - next[k]) < 1e-9);
            });
  }

  @Test
  void repeatedValuesHaveNoCorners() {
    assertThrows(
        IllegalArgumentException.class, () -> new Resize(4, 4, Interpolation.NEAREST, true));
  }
}
