package org.whisker.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.Classifier;

/**
 * The runs of an arm, several of them in {@linkplain org.whisker.classifier.LockStep lock step}.
 * What a run comes to does not depend on how many there are.
 *
 * @param evolution of the arm
 * @param lanes runs at a time, at least 1
 * @param stopped polled after every generation
 */
record ArmLanes(ArmEvolution evolution, int lanes, Listener listener, BooleanSupplier stopped) {
  /** Is told by one thread at a time. */
  interface Listener {
    /** The run of this seed has used this share, 0 to 1, of its generations or images. */
    void onProgress(long seed, double share);

    /** A run has ended. */
    void onRun(ArmRun run);
  }

  /**
   * Does them.
   *
   * @throws CancellationException when stopped; the listener has seen those that have ended
   */
  List<ArmRun> run(List<Long> seeds) {
    int threads = Math.min(lanes, seeds.size());
    Queue<Long> left = new ConcurrentLinkedQueue<>(seeds);
    if (threads == 1) {
      return drain(left, stopped);
    }
    AtomicBoolean failed = new AtomicBoolean();
    BooleanSupplier ended = () -> failed.get() || stopped.getAsBoolean();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<ArmRun>>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        all.add(executor.submit(() -> unlessFailed(left, ended, failed)));
      }
      return joined(all);
    } finally {
      executor.shutdownNow();
    }
  }

  private List<ArmRun> unlessFailed(Queue<Long> left, BooleanSupplier ended, AtomicBoolean failed) {
    boolean whole = false;
    try {
      List<ArmRun> done = drain(left, ended);
      whole = true;
      return done;
    } finally {
      failed.compareAndSet(false, !whole);
    }
  }

  private List<ArmRun> drain(Queue<Long> left, BooleanSupplier ended) {
    List<ArmRun> done = new ArrayList<>();
    for (Long seed = left.poll(); seed != null; seed = left.poll()) {
      if (ended.getAsBoolean()) {
        throw new CancellationException("stopped before a run");
      }
      done.add(one(seed, ended));
    }
    return done;
  }

  private ArmRun one(long seed, BooleanSupplier ended) {
    Optional<Classifier> part = evolution.enter();
    ArmRun run;
    try {
      run = evolution.run(seed, part, share -> progress(seed, share), ended);
    } finally {
      part.ifPresent(Classifier::close); // the others must not wait for it
    }
    synchronized (listener) {
      listener.onRun(run);
    }
    return run;
  }

  private void progress(long seed, double share) {
    synchronized (listener) {
      listener.onProgress(seed, share);
    }
  }

  /** The first failure that is not due to another one. */
  private static List<ArmRun> joined(List<Future<List<ArmRun>>> all) {
    List<ArmRun> runs = new ArrayList<>();
    List<RuntimeException> failures = new ArrayList<>();
    for (Future<List<ArmRun>> each : all) {
      try {
        runs.addAll(each.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("interrupted");
      } catch (ExecutionException e) {
        failures.add(
            e.getCause() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException(e.getCause()));
      }
    }
    if (failures.isEmpty()) {
      return runs;
    }
    throw failures.stream()
        .filter(f -> !(f instanceof CancellationException))
        .findFirst()
        .orElse(failures.get(0));
  }
}
