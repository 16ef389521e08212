package org.whisker.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.whisker.torch.TorchDevice.DeviceMemoryException;

class BatchHalvingTest {
  private final List<Integer> done = new ArrayList<>();

  /** A device with room for so many pictures. */
  private BatchHalving.Step device(int room) {
    return (from, to) -> {
      if (to - from > room) {
        throw new IllegalStateException(
            "CUDA out of memory. Tried to allocate " + (to - from) + " GiB");
      }
      IntStream.range(from, to).forEach(done::add);
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 7, 100})
  void doesEachPictureOnceInOrder(int room) {
    BatchHalving batches = new BatchHalving("scoring", 13);
    batches.over(31, device(room));
    assertEquals(IntStream.range(0, 31).boxed().toList(), done);
    assertTrue(batches.batch() <= Math.max(room, 1), "batch " + batches.batch());
    assertTrue(2 * batches.batch() + 1 > Math.min(room, 13), "batch " + batches.batch());
  }

  @Test
  void keepsTheSmallerBatch() {
    BatchHalving batches = new BatchHalving("scoring", 8);
    batches.over(8, device(3));
    List<Integer> sizes = new ArrayList<>();
    batches.over(5, (from, to) -> sizes.add(to - from));
    assertEquals(List.of(2, 2, 1), sizes);
  }

  @Test
  void aLastBatchThatIsSmallHalvesItself() {
    BatchHalving batches = new BatchHalving("scoring", 100);
    batches.over(3, device(1));
    assertEquals(List.of(0, 1, 2), done);
    assertEquals(1, batches.batch());
  }

  @Test
  void givesUpAtOne() {
    BatchHalving batches = new BatchHalving("scoring by tiny on gpu:0", 4);
    DeviceMemoryException e =
        assertThrows(DeviceMemoryException.class, () -> batches.over(4, device(0)));
    assertEquals(
        "scoring by tiny on gpu:0 ran out of memory with one picture;"
            + " take a smaller model or another device",
        e.getMessage());
    assertTrue(done.isEmpty());
  }

  @Test
  void leavesOtherFailuresAlone() {
    BatchHalving batches = new BatchHalving("scoring", 4);
    IllegalArgumentException wrong = new IllegalArgumentException("a picture of another size");
    BatchHalving.Step step =
        (from, to) -> {
          throw wrong;
        };
    assertSame(wrong, assertThrows(RuntimeException.class, () -> batches.over(4, step)));
    assertEquals(4, batches.batch());
    assertFalse(BatchHalving.isOutOfMemory(new RuntimeException()));
  }

  @Test
  void knowsWhatLibtorchSays() {
    try (NDManager manager = NDManager.newBaseManager(TorchDevice.cpu().djl(), "PyTorch")) {
      // more than an address can reach, so refused on any machine
      Shape petabytes = new Shape(1L << 50);
      RuntimeException e = assertThrows(RuntimeException.class, () -> manager.zeros(petabytes));
      assertTrue(BatchHalving.isOutOfMemory(e), e.toString());
    }
  }
}
