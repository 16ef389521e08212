package org.whisker.torch;

import java.util.Locale;

/**
 * Work on many pictures in batches that halve when memory runs out. What fitted once is not
 * exceeded again: the smaller batch stays. Not for several threads at once.
 */
final class BatchHalving {
  private final String what;
  private int batch;

  /** Work on one batch, from the picture {@code from} on and up to before {@code to}. */
  interface Step {
    /** Must leave nothing half done when it throws: it is then called again for fewer. */
    void run(int from, int to);
  }

  /**
   * Begins with a batch size.
   *
   * @param what is computed, and where, as a message would say it
   */
  BatchHalving(String what, int batch) {
    this.what = what;
    this.batch = batch;
  }

  /** How many pictures go in one batch now. */
  int batch() {
    return batch;
  }

  /**
   * Calls {@code step} until all of 0 to {@code count - 1} are done, in order.
   *
   * @throws DeviceMemoryException when there is not enough memory for one
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
      throw e;
    }
    if (tried == 1) {
      throw new DeviceMemoryException(
          what + " ran out of memory with one picture; take a smaller model or another device", e);
    }
    batch = tried / 2;
  }

  /** Whether libtorch says so, on a GPU or on the CPU. */
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
