package org.whisker.torch.call;

import com.sun.jna.Function;
import com.sun.jna.Platform;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Calls into libtorch, of which a process must wait for the last before it ends: the end unloads
 * what the call is running in.
 */
public final class NativeCalls {
  /** How long an exit waits by which nobody asked for the end of the calls. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The calls of the whole process, since it is the process that must not end during a call. */
  private static final NativeCalls OF_PROCESS = new NativeCalls(PATIENCE);

  static {
    atExit(() -> endAll(PATIENCE));
  }

  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private final Duration late;
  private volatile boolean ended;

  /**
   * Prepares calls.
   *
   * @param late how long a call waits that is asked for after the end
   */
  NativeCalls(Duration late) {
    this.late = late;
  }

  private static void atExit(Runnable hook) {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(hook, "end of native calls"));
    } catch (IllegalStateException e) {
      // the end has begun, and no call did before
    }
  }

  /** The calls of this process, which share one libtorch. */
  public static NativeCalls ofProcess() {
    return OF_PROCESS;
  }

  /**
   * Waits for the calls that are running. Whoever asks for another one from then on waits, as a
   * rule until the process is gone.
   *
   * @param patience how long it waits at most
   * @return whether none is running
   */
  public static boolean endAll(Duration patience) {
    return OF_PROCESS.end(patience);
  }

  /**
   * Ends the process under the calls that are running: nothing is unloaded, as any exit of Java's
   * does, {@link Runtime#halt} among them. Where the system has no such end, it is a halt.
   */
  public static void abandonAll(int exitCode) {
    try {
      Function.getFunction(Platform.C_LIBRARY_NAME, "_exit").invokeVoid(new Object[] {exitCode});
    } catch (LinkageError e) {
      // libtorch's own library has loaded this one, where there is a call
    }
    Runtime.getRuntime().halt(exitCode);
  }

  /**
   * Makes a call into native code; {@link #endAll} waits until it has returned.
   *
   * @throws IllegalStateException some seconds after the end, so that a shutdown hook that calls
   *     does not keep the process for ever
   */
  public <T> T during(Supplier<T> call) {
    begin();
    try {
      return call.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  private void begin() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          if (lock.readLock().tryLock(late.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
          }
          if (ended) {
            throw new IllegalStateException("Java is ending: libtorch is not called any more");
          }
        } catch (InterruptedException e) {
          interrupted = true; // a call is not given up half-way
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether whoever asks for a call would wait for the end of the process. */
  public boolean haveEnded() {
    return ended;
  }

  boolean end(Duration patience) {
    try {
      ended = ended || lock.writeLock().tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
      return ended;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
