package org.whisker.torch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.whisker.classifier.Slices;
import org.whisker.parallel.Crew;
import org.whisker.torch.natives.OperatorThreads;

/**
 * Threads that share a batch out, each with one thread in each operator of libtorch: as many as the
 * operators of the caller would use. They wait for each other once a batch, not in each operator,
 * and what is computed does not depend on their number. For one caller at a time.
 */
final class PictureThreads implements AutoCloseable {
  private static final PictureThreads NONE =
      new PictureThreads(Integer.MAX_VALUE, 1, Integer.MAX_VALUE);

  private final int few;
  private final int step;
  private final int size;
  private @Nullable Crew crew;
  private int members;

  /**
   * Shares nothing out yet.
   *
   * @param few the most pictures that the operators' own threads compute faster, from 0
   * @param step what the number of pictures of a part is a multiple of, but for the last part
   * @param size pictures of a part, about; at least {@code step}
   */
  PictureThreads(int few, int step, int size) {
    this.few = few;
    this.step = step;
    this.size = size;
  }

  /** No threads: a batch stays whole, on that of the caller. */
  static PictureThreads none() {
    return NONE;
  }

  /** The threads for a call of so many pictures, however these are batched. */
  PictureThreads of(int pictures) {
    return pictures <= few ? NONE : this;
  }

  /**
   * Does all of 0 to {@code count - 1} in parts, and waits until none is at work.
   *
   * @throws CancellationException when the caller is interrupted
   */
  void over(int count, Slices.Step part) {
    int threads = threads();
    if (threads == 1) {
      parts(count, 1).forEach(each -> part.run(each.from(), each.to()));
    } else {
      sideBySide(threads, parts(count, threads), part);
    }
  }

  private int threads() {
    return equals(NONE) ? 1 : OperatorThreads.count();
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

  /** As many parts for each thread, of nearly one size; the last has what is left, too. */
  private List<Part> parts(int count, int threads) {
    int steps = Math.max(1, count / step);
    int number = Math.min(steps, threads * Math.max(1, count / (threads * size)));
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      int to = i == number - 1 ? count : steps * (i + 1) / number * step;
      parts.add(new Part(steps * i / number * step, to));
    }
    return parts;
  }

  private void sideBySide(int threads, List<Part> parts, Slices.Step step) {
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
      List<Part> parts, AtomicInteger next, BooleanSupplier ended, Slices.Step step) {
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
