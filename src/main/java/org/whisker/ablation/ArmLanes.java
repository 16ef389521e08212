package org.whisker.ablation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import org.whisker.classifier.Classifier;
import org.whisker.parallel.Crew;

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
    Queue<Long> left = new ConcurrentLinkedQueue<>(seeds);
    Crew.Task<List<ArmRun>> lane =
        ended -> drain(left, () -> ended.getAsBoolean() || stopped.getAsBoolean());
    int threads = Math.min(lanes, seeds.size());
    return Crew.runAll(threads, Collections.nCopies(threads, lane), RuntimeException.class).stream()
        .flatMap(List::stream)
        .toList();
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
}
