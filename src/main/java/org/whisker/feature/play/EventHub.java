package org.whisker.feature.play;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.whisker.feature.play.JobDesk.JobEvent;

/**
 * Hands events to the pages that listen. A page that reads slowly gets the latest of those that
 * replace each other, so what waits for it can't grow. Thread-safe.
 */
final class EventHub {
  private static final int MOST_WAITING = 32;

  private final int mostListeners;
  private final List<Listener> listeners = new ArrayList<>();
  private boolean closed;

  EventHub(int mostListeners) {
    this.mostListeners = mostListeners;
  }

  /** A page that listens. */
  final class Listener implements AutoCloseable {
    private final Deque<JobEvent> waiting = new ArrayDeque<>();
    private boolean replaced;

    private Listener() {}

    /** Whether a newer page took its place. */
    boolean replaced() {
      synchronized (EventHub.this) {
        return replaced;
      }
    }

    /** The next event; null when there is none in that time, or no more will come. */
    @Nullable JobEvent next(long seconds) throws InterruptedException {
      long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      synchronized (EventHub.this) {
        while (waiting.isEmpty() && !closed && !replaced) {
          long left = until - System.nanoTime();
          if (left <= 0) {
            return null;
          }
          TimeUnit.NANOSECONDS.timedWait(EventHub.this, left);
        }
        return waiting.poll();
      }
    }

    private void add(JobEvent event) {
      JobEvent last = waiting.peekLast();
      if (last != null && replaces(event, last)) {
        waiting.removeLast();
      }
      waiting.addLast(event);
      if (waiting.size() > MOST_WAITING) {
        waiting.removeFirst();
      }
    }

    @Override
    public void close() {
      synchronized (EventHub.this) {
        listeners.remove(this);
      }
    }
  }

  private static boolean replaces(JobEvent event, JobEvent last) {
    boolean passing = event instanceof JobEvent.Progress || event instanceof JobEvent.Generation;
    return passing && event.getClass() == last.getClass() && event.job() == last.job();
  }

  /**
   * A new listener. Where there are too many it takes the place of the oldest, which may belong to
   * a page that is gone.
   */
  synchronized Listener listen() {
    if (listeners.size() >= mostListeners) {
      listeners.remove(0).replaced = true;
      notifyAll();
    }
    Listener listener = new Listener();
    listeners.add(listener);
    return listener;
  }

  synchronized int size() {
    return listeners.size();
  }

  synchronized boolean closed() {
    return closed;
  }

  synchronized void publish(JobEvent event) {
    listeners.forEach(listener -> listener.add(event));
    notifyAll();
  }

  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
