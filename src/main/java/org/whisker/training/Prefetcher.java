package org.whisker.training;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Computes item {@code i + 1} on its own thread while the caller processes item {@code i}. */
final class Prefetcher<T> implements AutoCloseable {
  private final int count;
  private final IntFunction<T> maker;
  private final ExecutorService thread;
  private int asked;
  private @Nullable Future<T> pending;

  Prefetcher(int count, IntFunction<T> maker) {
    this.count = count;
    this.maker = maker;
    this.thread = Executors.newSingleThreadExecutor();
    ask();
  }

  private void ask() {
    int index = asked++;
    pending = index < count ? thread.submit(() -> maker.apply(index)) : null;
  }

  /** The next item. */
  T next() {
    Future<T> ready = pending;
    if (ready == null) {
      throw new IllegalStateException("only " + count + " items");
    }
    try {
      T item = ready.get();
      ask();
      return item;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while preparing a batch", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("preparing a batch failed: " + e.getCause(), e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
