package org.whisker.torch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.parallel.Crew;
import org.whisker.torch.natives.OperatorThreads;

/**
 * Threads that share a batch out, each with one thread in each operator of libtorch: as many as the
 * operators of the caller would use. They wait for each other once a batch, not in each operator,
 * and what is computed does not depend on their number. For one caller at a time.
 */
final class PictureThreads implements AutoCloseable {
  private static final PictureThreads NONE = new PictureThreads(true);

  /** Pictures of a part, about: a thread that has less to do takes another. */
  private static final int PART = 16;

  private final boolean none;
  private @Nullable Crew crew;
  private int members;

  /** Shares nothing out yet. */
  PictureThreads() {
    this(false);
  }

  private PictureThreads(boolean none) {
    this.none = none;
  }

  /** No threads: a batch stays whole, on that of the caller. */
  static PictureThreads none() {
    return NONE;
  }

  /**
   * Does all of 0 to {@code count - 1} in parts, and waits until none is at work.
   *
   * @param step what the number of a part is a multiple of, but for the last part
   * @throws CancellationException when the caller is interrupted
   */
  void over(int count, int step, BatchHalving.Step part) {
    int threads = threads();
    if (threads == 1) {
      parts(count, 1, step).forEach(each -> part.run(each.from(), each.to()));
    } else {
      sideBySide(threads, parts(count, threads, step), part);
    }
  }

  /**
   * What is found of 0 to {@code count - 1}, in their order: of each by itself, but of all at once
   * where there are no threads.
   */
  <T> List<T> each(int count, Found<T> found) {
    Map<Integer, List<T>> all = new ConcurrentSkipListMap<>();
    over(
        count,
        1,
        (from, to) -> {
          int step = none ? to - from : 1;
          for (int i = from; i < to; i += step) {
            all.put(i, found.of(i, i + step));
          }
        });
    return all.values().stream().flatMap(List::stream).toList();
  }

  /** What is found of the pictures from {@code from} to {@code to - 1}. */
  interface Found<T> {
    List<T> of(int from, int to);
  }

  private int threads() {
    return none ? 1 : OperatorThreads.count();
  }

  /** Does something on a thread whose operators have one, where there are threads. */
  void alone(Runnable work) {
    int threads = threads();
    if (threads == 1) {
      work.run();
    } else {
      sideBySide(threads, List.of(new Part(0, 1)), (from, to) -> work.run());
    }
  }

  private record Part(int from, int to) {}

  /** As many parts for each thread, of nearly one size. */
  private List<Part> parts(int count, int threads, int step) {
    if (none) {
      return List.of(new Part(0, count));
    }
    int steps = (count + step - 1) / step;
    int number = Math.min(steps, threads * Math.max(1, count / (threads * PART)));
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      int to = Math.min(count, steps * (i + 1) / number * step);
      parts.add(new Part(steps * i / number * step, to));
    }
    return parts;
  }

  private void sideBySide(int threads, List<Part> parts, BatchHalving.Step step) {
    AtomicInteger next = new AtomicInteger();
    List<Crew.Task<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < Math.min(threads, parts.size()); i++) {
      tasks.add(ended -> drained(parts, next, ended, step));
    }
    try {
      crew(threads).run(tasks, RuntimeException.class);
    } catch (CancellationException e) {
      close(); // a crew whose caller was interrupted takes no more work
      throw e;
    }
  }

  private static boolean drained(
      List<Part> parts, AtomicInteger next, BooleanSupplier ended, BatchHalving.Step step) {
    for (int i = next.getAndIncrement(); i < parts.size(); i = next.getAndIncrement()) {
      if (ended.getAsBoolean()) {
        throw new CancellationException("another part has failed");
      }
      step.run(parts.get(i).from(), parts.get(i).to());
    }
    return true;
  }

  private Crew crew(int threads) {
    if (crew == null || members != threads) {
      close();
      crew = singleThreaded(threads);
      members = threads;
    }
    return crew;
  }

  /** Sets the number before any of them computes: MKL's is one for all threads meanwhile. */
  private static Crew singleThreaded(int threads) {
    Crew crew = new Crew(threads); // begins a thread for each of its first tasks
    crew.run(Collections.nCopies(threads, PictureThreads::haveOne), RuntimeException.class);
    return crew;
  }

  private static boolean haveOne(BooleanSupplier ended) {
    OperatorThreads.haveOne();
    return true;
  }

  /** Waits for its threads to end. */
  @Override
  public void close() {
    if (crew != null) {
      crew.close();
      crew = null;
    }
  }
}
