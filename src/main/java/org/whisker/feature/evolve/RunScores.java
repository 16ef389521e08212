package org.whisker.feature.evolve;

import java.util.concurrent.locks.ReentrantLock;
import org.whisker.evolution.LogitSource;

/** Who scores the images of runs. */
interface RunScores {
  /** A run's part in the search; whoever has entered must ask or leave, or others may wait. */
  Part enter();

  /**
   * Scores what is reported of an image once its search is over.
   *
   * @return for whoever holds {@link #reporting}
   */
  LogitSource reported();

  /** Held while a run's results are measured. */
  ReentrantLock reporting();

  /** What a search asks until it leaves. */
  interface Part extends AutoCloseable {
    LogitSource source();

    /** Nothing happens the second time. */
    void leave();

    @Override
    default void close() {
      leave();
    }
  }

  /** One source for everything; for runs one after another. */
  static RunScores of(LogitSource source) {
    ReentrantLock lock = new ReentrantLock();
    return new RunScores() {
      @Override
      public Part enter() {
        return part(source, () -> {});
      }

      @Override
      public LogitSource reported() {
        return source.exact();
      }

      @Override
      public ReentrantLock reporting() {
        return lock;
      }
    };
  }

  /** A part that does something when it leaves, once or more often. */
  static Part part(LogitSource source, Runnable leave) {
    return new Part() {
      @Override
      public LogitSource source() {
        return source;
      }

      @Override
      public void leave() {
        leave.run();
      }
    };
  }
}
