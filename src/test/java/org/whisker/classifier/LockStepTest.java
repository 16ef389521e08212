package org.whisker.classifier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Raster;

class LockStepTest {
  private static final Canvas CANVAS = CountingClassifier.CANVAS;

  /** Belongs to others. */
  private static final class Counting extends CountingClassifier {
    private @Nullable Error thrown;

    @Override
    public float[] logits(List<? extends Raster> pictures) {
      if (thrown != null) {
        throw thrown;
      }
      return super.logits(pictures);
    }

    @Override
    public void close() {
      throw new AssertionError("it belongs to others");
    }
  }

  private static BlackPixels of(int count) {
    return BlackPixels.of(CANVAS, IntStream.range(0, count).toArray());
  }

  private static <T> List<Future<T>> together(List<Callable<T>> searches) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(searches.size());
    try {
      return threads.invokeAll(searches);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void thoseThatAskTogetherAreAnsweredByOneCall() throws Exception {
    Counting counting = new Counting();
    LockStep lockStep = new LockStep(counting);
    List<Classifier> members = IntStream.range(0, 5).mapToObj(i -> lockStep.enter()).toList();
    List<Callable<float[]>> searches =
        IntStream.range(0, 5)
            .mapToObj(i -> (Callable<float[]>) () -> members.get(i).logits(List.of(of(i), of(9))))
            .toList();
    List<Future<float[]>> answers = together(searches);
    for (int i = 0; i < 5; i++) {
      assertArrayEquals(new float[] {i, 9}, answers.get(i).get());
    }
    assertEquals(List.of(10), counting.calls);
  }

  @Test
  void whoLeavesIsNotWaitedFor() throws Exception {
    LockStep lockStep = new LockStep(new Counting());
    List<Callable<Float>> searches = new ArrayList<>();
    for (int rounds = 1; rounds <= 4; rounds++) {
      int own = rounds;
      Classifier member = lockStep.enter();
      searches.add(
          () -> {
            float sum = 0;
            for (int i = 0; i < own; i++) {
              sum += member.logits(List.of(of(own)))[0];
            }
            member.close();
            member.close();
            return sum;
          });
    }
    List<Float> sums = new ArrayList<>();
    for (Future<Float> each : together(searches)) {
      sums.add(each.get());
    }
    assertEquals(List.of(1f, 4f, 9f, 16f), sums);
  }

  @Test
  void aFailureReachesAllWhoseCallItWasAndNoneAfter() throws Exception {
    LockStep lockStep = new LockStep(new Counting());
    Classifier one = lockStep.enter();
    Classifier other = lockStep.enter();
    for (Future<float[]> each :
        together(
            List.<Callable<float[]>>of(
                () -> one.logits(List.of(of(64))), () -> other.logits(List.of(of(1)))))) {
      ExecutionException e = assertThrows(ExecutionException.class, each::get);
      assertEquals("java.lang.IllegalStateException: all black", e.getMessage());
    }
    one.close();
    assertArrayEquals(new float[] {2}, other.logits(List.of(of(2))));
    assertArrayEquals(new float[0], other.logits(List.of()));
  }

  @Test
  @Timeout(300)
  void anErrorReachesAllWhoseCallItWasAndNoneAfter() throws Exception {
    OutOfMemoryError none = new OutOfMemoryError("as one of libtorch's");
    Counting counting = new Counting();
    LockStep lockStep = new LockStep(counting);
    List<Classifier> members = IntStream.range(0, 4).mapToObj(i -> lockStep.enter()).toList();
    List<Callable<float[]>> searches = new ArrayList<>();
    members.forEach(member -> searches.add(() -> member.logits(List.of(of(1)))));
    counting.thrown = none;
    for (Future<float[]> each : together(searches)) {
      assertSame(none, assertThrows(ExecutionException.class, each::get).getCause());
    }
    counting.thrown = null;
    for (Future<float[]> each : together(searches)) {
      assertArrayEquals(new float[] {1}, each.get());
    }
  }

  @Test
  void whoAsksNowAndThenIsNotWaitedFor() {
    Counting counting = new Counting();
    LockStep lockStep = new LockStep(counting);
    Classifier occasional = lockStep.occasional();
    assertArrayEquals(new float[] {3, 5}, occasional.logits(List.of(of(3), of(5))));
    try (Classifier member = lockStep.enter()) {
      assertArrayEquals(new float[] {2}, member.logits(List.of(of(2))));
    }
    occasional.close();
    assertArrayEquals(new float[] {4}, occasional.logits(List.of(of(4))));
    assertEquals(List.of(2, 1, 1), counting.calls);
  }
}
