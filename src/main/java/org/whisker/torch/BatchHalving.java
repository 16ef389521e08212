package org.whisker.torch;

import ai.djl.engine.EngineException;
import java.util.Locale;
import org.whisker.classifier.Slices;
import org.whisker.torch.ModuleClassifier.ModuleException;
import org.whisker.torch.TorchDevice.DeviceMemoryException;
import org.whisker.value.Text;

/**
 * Processes many pictures in batches whose size is halved when memory runs out; the smaller size is
 * then kept. Not thread-safe.
 *
 * <p>On the CPU it stays a multiple of four and at least {@value #ALIKE}, where what is computed is
 * rounded alike in any batch: free memory changes no result. On a GPU it may, by a rounding.
 */
final class BatchHalving {
  /** Pictures of a batch that can leave {@link Slices#FEWEST} for the last one. */
  private static final int ALIKE = 2 * Slices.FEWEST;

  private final String what;
  private final int fewest;
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
   * @param fewest pictures below which the size isn't halved
   */
  BatchHalving(String what, int batch, int fewest) {
    this.what = what;
    this.batch = batch;
    this.fewest = fewest;
  }

  /** Starts with the batch size that was asked for. */
  static BatchHalving of(String what, TorchClassifier.Settings run) {
    return new BatchHalving(what, run.batch(), run.device().isCpu() ? ALIKE : 1);
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
      int to = end(from, count);
      try {
        step.run(from, to);
        from = to;
      } catch (RuntimeException e) {
        halve(to - from, e);
      }
    }
  }

  /** Leaves no few for the last batch, whose logits would be rounded differently. */
  private int end(int from, int count) {
    int to = (int) Math.min(count, (long) from + batch);
    boolean few = to < count && count - to < Slices.FEWEST;
    return few && batch >= ALIKE ? to - Slices.FEWEST : to;
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
    } else if (tried <= fewest) {
      throw new DeviceMemoryException(
          Text.of(
              "%s ran out of memory with %d pictures at once; take a smaller batch or model, or"
                  + " another device",
              what, tried),
          e);
    }
    int half = Math.max(tried / 2, fewest);
    batch = fewest == ALIKE ? half / Slices.ROWS * Slices.ROWS : half;
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
