package org.whisker.parallel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of threads for tasks that run side by side: the one way to run in parallel.
 * Whoever hands it tasks waits until each of them has ended, also when one has failed: what they
 * used can then be closed. Whatever a task throws reaches the caller, an {@link Error} too. For one
 * caller at a time.
 */
public final class Crew implements AutoCloseable {
  private final ExecutorService threads;

  /**
   * Threads that begin when they are needed. They keep no process alive: whoever hands them tasks
   * does.
   *
   * @param size how many, at least 1
   */
  public Crew(int size) {
    threads = Executors.newFixedThreadPool(size, Crew::member);
  }

  private static Thread member(Runnable work) {
    Thread thread = new Thread(work, "crew");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * A task, one of several.
   *
   * @param <T> its result
   */
  @FunctionalInterface
  public interface Task<T> {
    /**
     * Does the task.
     *
     * @param ended becomes true when another task has failed or the caller was interrupted; a long
     *     task asks it now and then, and returns or throws a {@link CancellationException}
     */
    T call(BooleanSupplier ended) throws Exception;
  }

  /**
   * As {@link #run}, on threads that end with this call; a single task runs on the caller's thread.
   *
   * @param size threads, at least 1
   */
  public static <T, X extends Exception> List<T> runAll(
      int size, List<? extends Task<T>> tasks, Class<X> checked) throws X {
    if (tasks.size() == 1) {
      try {
        return List.of(tasks.get(0).call(() -> false));
      } catch (Exception e) {
        throw thrown(e, checked);
      }
    }
    try (Crew crew = new Crew(size)) {
      return crew.run(tasks, checked);
    }
  }

  /**
   * What comes of each item, in their order, on a thread a core.
   *
   * @param work may be done on any thread
   */
  public static <T, R> List<R> map(List<T> items, Function<T, R> work) {
    if (items.isEmpty()) {
      return List.of();
    }
    List<Task<R>> tasks = new ArrayList<>();
    items.forEach(item -> tasks.add(ended -> work.apply(item)));
    int threads = Math.min(items.size(), Runtime.getRuntime().availableProcessors());
    return runAll(threads, tasks, RuntimeException.class);
  }

  /**
   * Does one of several numbers.
   *
   * @param <W> a worker
   */
  @FunctionalInterface
  public interface Work<W> {
    void take(W worker, int number) throws IOException;
  }

  /**
   * Deals numbered work out over workers until nothing is left, or {@code stopped}: whoever is free
   * takes the next number. So which worker does what depends on their speed, and what is done must
   * not depend on the worker. One works on the caller's thread, several each on a thread of its
   * own. After a failure the others end what they have begun.
   *
   * @throws IOException of the first worker, in their order, that failed
   */
  public static <W> void deal(
      List<Integer> numbers, List<W> workers, BooleanSupplier stopped, Work<W> work)
      throws IOException {
    Queue<Integer> left = new ConcurrentLinkedQueue<>(numbers);
    List<Task<Boolean>> tasks = new ArrayList<>();
    for (W worker : workers) {
      tasks.add(
          ended -> {
            while (!ended.getAsBoolean() && !stopped.getAsBoolean()) {
              Integer next = left.poll();
              if (next == null) {
                break;
              }
              work.take(worker, next);
            }
            return true;
          });
    }
    runAll(tasks.size(), tasks, IOException.class);
  }

  /**
   * Runs tasks and waits until all have ended. Those that have not begun when one fails never do.
   *
   * @param checked the checked exceptions that they may throw
   * @return their results, in the order of the tasks
   * @throws X what the first of them that failed has thrown, in the order of the tasks; a {@link
   *     CancellationException} only if nothing else was
   * @throws CancellationException when the caller was interrupted, which interrupts the tasks; all
   *     later calls throw it, too
   */
  public <T, X extends Exception> List<T> run(List<? extends Task<T>> tasks, Class<X> checked)
      throws X {
    CountDownLatch left = new CountDownLatch(tasks.size());
    AtomicBoolean failed = new AtomicBoolean();
    List<Run<T>> runs = new ArrayList<>();
    tasks.forEach(task -> runs.add(new Run<>(task, failed, left)));
    runs.forEach(this::begin);
    patiently(
        left::await,
        () -> {
          failed.set(true);
          threads.shutdownNow().forEach(Runnable::run); // which only ends them
        });
    if (threads.isShutdown()) {
      throw new CancellationException("interrupted");
    }
    return results(runs, checked);
  }

  private void begin(Run<?> run) {
    try {
      threads.execute(run);
    } catch (RuntimeException | Error e) { // shut down, or the system gives no thread
      run.fail(e);
    }
  }

  private static <T, X extends Exception> List<T> results(List<Run<T>> runs, Class<X> checked)
      throws X {
    List<T> results = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (Run<T> run : runs) {
      if (run.result != null) {
        results.add(run.result);
      } else if (run.failure != null) {
        failures.add(run.failure);
      }
    }
    if (failures.isEmpty()) {
      return results;
    }
    throw thrown(
        failures.stream()
            .filter(failure -> !(failure instanceof CancellationException))
            .findFirst()
            .orElse(failures.get(0)),
        checked);
  }

  /** Throws what needs no declaration. */
  private static <X extends Exception> X thrown(Throwable failure, Class<X> checked) {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException unchecked) {
      throw unchecked;
    }
    if (checked.isInstance(failure)) {
      return checked.cast(failure);
    }
    throw new IllegalStateException(failure);
  }

  /** A task and what came of it, which can be read once {@code left} has reached zero. */
  private static final class Run<T> implements Runnable {
    private final Task<T> task;
    private final AtomicBoolean failed;
    private final CountDownLatch left;
    private @Nullable T result;
    private @Nullable Throwable failure;

    Run(Task<T> task, AtomicBoolean failed, CountDownLatch left) {
      this.task = task;
      this.failed = failed;
      this.left = left;
    }

    @Override
    public void run() {
      if (failed.get()) {
        fail(new CancellationException("another task has failed"));
        return;
      }
      try {
        result = Objects.requireNonNull(task.call(failed::get));
        left.countDown();
      } catch (Exception | Error e) {
        fail(e);
      }
    }

    void fail(Throwable thrown) {
      failure = thrown;
      failed.set(true);
      left.countDown();
    }
  }

  private interface Waiting {
    void once() throws InterruptedException;
  }

  /** Waits to the end, however often the thread is interrupted; its status is kept. */
  private static void patiently(Waiting waiting, Runnable whenInterrupted) {
    boolean interrupted = false;
    while (true) {
      try {
        waiting.once();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
        whenInterrupted.run();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for its threads to end. */
  @Override
  public void close() {
    threads.shutdown();
    patiently(() -> threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS), () -> {});
  }
}
