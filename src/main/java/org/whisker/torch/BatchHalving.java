package org.whisker.torch;

import ai.djl.engine.EngineException;
import java.util.Locale;
import org.whisker.torch.ModuleClassifier.ModuleException;
import org.whisker.torch.TorchDevice.DeviceMemoryException;

/**
 * Processes many pictures in batches whose size is halved when memory runs out; the smaller size is
 * then kept. Not thread-safe.
 *
 * <p>Free memory changes no result on the CPU ({@link FixedPasses}). On a GPU it may, by a
 * rounding.
 */
final class BatchHalving {
  private final String what;
  private int batch;

  /** Processes one batch: the pictures from {@code from} to {@code to - 1}. */
  interface Step {
    /**
     * Must not leave partial results when it throws: it is then called again with fewer pictures.
     */
    void run(int from, int to);
  }

  /**
   * Starts with a batch size.
   *
   * @param what description, for messages, of what is computed and where
   */
  BatchHalving(String what, int batch) {
    this.what = what;
    this.batch = batch;
  }

  int batch() {
    return batch;
  }

  /**
   * Calls {@code step} until all of 0 to {@code count - 1} are done, in order.
   *
   * @throws DeviceMemoryException if there is not enough memory for the smallest batch
   */
  void over(int count, Step step) {
    int from = 0;
    while (from < count) {
      int to = (int) Math.min(count, (long) from + batch);
      try {
        step.run(from, to);
        from = to;
      } catch (RuntimeException e) {
        halve(to - from, e);
      }
    }
  }

  private void halve(int tried, RuntimeException e) {
    if (!isOutOfMemory(e)) {
      throw e instanceof EngineException
          ? new ModuleException(what + " failed: " + ModuleException.reason(e), e)
          : e;
    }
    if (tried == 1) {
      throw new DeviceMemoryException(
          what + " ran out of memory with one picture; take a smaller model or another device", e);
    }
    batch = tried / 2;
  }

  /** Whether this is libtorch's out-of-memory error, on a GPU or on the CPU. */
  static boolean isOutOfMemory(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String message = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
      if (message.contains("out of memory") || message.contains("can't allocate memory")) {
        return true;
      }
    }
    return false;
  }
}
