package org.whisker.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.whisker.image.ImageFiles.ImageDecoder;

class DecodeMemoryTest {
  private static final long MIB = 1 << 20;
  private static final String FILE = "large.png";

  @Test
  void neverMoreAtOnceThanThereIs() throws Exception {
    ImageDecoder.DecodeMemory memory = new ImageDecoder.DecodeMemory(10 * MIB);
    AtomicInteger inUse = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Callable<Integer>> pictures = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int each = 1 + i % 6;
      pictures.add(
          () ->
              memory.with(
                  FILE,
                  each * MIB - 1,
                  () -> {
                    most.accumulateAndGet(inUse.addAndGet(each), Math::max);
                    return inUse.addAndGet(-each);
                  }));
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Integer> each : threads.invokeAll(pictures)) {
        each.get();
      }
    } finally {
      threads.shutdown();
    }
    assertTrue(most.get() <= 10, "at most " + most);
  }

  @Test
  void whatWillNeverFitIsNamedAndAFailureGivesItsMemoryBack() throws IOException {
    ImageDecoder.DecodeMemory memory = new ImageDecoder.DecodeMemory(10 * MIB);
    String line =
        String.valueOf(
            assertThrows(IOException.class, () -> memory.with(FILE, 11 * MIB, () -> 1))
                .getMessage());
    assertTrue(line.startsWith("large.png takes 12 MiB once decoded, more than the 10"), line);
    for (int i = 0; i < 3; i++) {
      assertThrows(
          IOException.class,
          () ->
              memory.with(
                  FILE,
                  9 * MIB,
                  () -> {
                    throw new IOException("damaged");
                  }));
    }
    assertEquals(7, memory.with(FILE, 9 * MIB, () -> 7));
  }
}
