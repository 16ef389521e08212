package org.whisker.image;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/**
 * The memory that pictures may take while they are decoded, shared by all threads: a small file can
 * hold a large picture, and several of them at once more than there is.
 */
final class DecodeMemory {
  private static final int MIB = 1 << 20;

  private final int most;
  private final Semaphore free;

  /**
   * So much memory.
   *
   * @param bytes at least 1 MiB
   */
  DecodeMemory(long bytes) {
    this.most = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / MIB));
    this.free = new Semaphore(most, true);
  }

  /** Decodes something. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  /**
   * Does this once there is memory for it.
   *
   * @param bytes that it takes
   * @throws IOException in one line, when there will never be that much
   */
  <T> T with(String file, long bytes, Work<T> work) throws IOException {
    int need = (int) Math.min(Integer.MAX_VALUE, 1 + bytes / MIB);
    if (need > most) {
      throw new IOException(
          "%s takes %,d MiB once decoded, more than the %,d MiB that there are; make it smaller, or"
                  .formatted(file, need, most)
              + " give more with WHISKER_JAVA_OPTS=-Xmx6g");
    }
    free.acquireUninterruptibly(need);
    try {
      return work.run();
    } finally {
      free.release(need);
    }
  }
}
