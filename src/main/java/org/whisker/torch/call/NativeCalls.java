package org.whisker.torch.call;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Calls into libtorch, of which a process must wait for the last before it ends: the end unloads
 * what the call is running in.
 */
public final class NativeCalls {
  /** The calls of the whole process, since it is the process that must not end during a call. */
  private static final NativeCalls OF_PROCESS = new NativeCalls();

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

  NativeCalls() {}

  /** The calls of this process, which share one libtorch. */
  public static NativeCalls ofProcess() {
    return OF_PROCESS;
  }

  /**
   * Waits for the calls that are running; whoever asks for another one from then on waits for ever.
   *
   * @param patience how long it waits at most
   * @return whether none is running
   */
  public static boolean endAll(Duration patience) {
    return OF_PROCESS.end(patience);
  }

  /** Makes a call into native code; {@link #endAll} waits until it has returned. */
  public <T> T during(Supplier<T> call) {
    lock.readLock().lock();
    try {
      return call.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  boolean end(Duration patience) {
    try {
      return lock.writeLock().tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
