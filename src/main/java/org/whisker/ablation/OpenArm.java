package org.whisker.ablation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.whisker.classifier.Classifier;
import org.whisker.parallel.Crew;

/** An arm whose network is open, for runs from any seeds. */
public final class OpenArm implements AutoCloseable {
  private final ArmSource source;
  private final ArmEvolution evolution;
  private final int lanes;
  private final BooleanSupplier stopped;

  private OpenArm(ArmSource source, ArmEvolution evolution, int lanes, BooleanSupplier stopped) {
    this.source = source;
    this.evolution = evolution;
    this.lanes = lanes;
    this.stopped = stopped;
  }

  /**
   * Opens the network of an arm, unless its fitness is flat.
   *
   * @param plan its target and batch are those of the runs
   * @param probed receives the number of single pixels that have been probed, where it needs them
   * @param stopped polled after every generation
   */
  public static OpenArm of(
      AblationArm arm,
      AblatedModel model,
      AblationSetting setting,
      RunPlan plan,
      IntConsumer probed,
      BooleanSupplier stopped) {
    ArmSource source = ArmSource.open(arm, model, plan.batch(), probed, stopped);
    ArmEvolution evolution = new ArmEvolution(arm, setting, source, plan.target());
    int lanes = model.lockStep() ? evolution.together(plan.batch()) : 1;
    return new OpenArm(source, evolution, lanes, stopped);
  }

  /**
   * Runs from these seeds; one that failed has a message.
   *
   * @param ended is told of each as it ends, by one thread at a time
   * @throws CancellationException when stopped
   */
  public void run(List<Long> seeds, Consumer<ArmRun> ended) {
    run(seeds, new Ended(ended));
  }

  List<ArmRun> run(List<Long> seeds, ArmLanes.Listener listener) {
    return new ArmLanes(evolution, lanes, listener, stopped).run(seeds);
  }

  @Override
  public void close() {
    source.close();
  }

  private record Ended(Consumer<ArmRun> ended) implements ArmLanes.Listener {
    @Override
    public void onProgress(long seed, double share) {}

    @Override
    public void onRun(ArmRun run) {
      ended.accept(run);
    }
  }

  /**
   * The runs of an arm, several of them in {@linkplain org.whisker.classifier.LockStep lock step}.
   * What a run comes to does not depend on how many there are.
   *
   * @param evolution the evolution of the arm
   * @param lanes runs at a time, at least 1
   * @param stopped polled after every generation
   */
  record ArmLanes(ArmEvolution evolution, int lanes, Listener listener, BooleanSupplier stopped) {
    /** Listens to the runs; it is called by one thread at a time. */
    interface Listener {
      /** The run of this seed has used this share, 0 to 1, of its generations or images. */
      void onProgress(long seed, double share);

      void onRun(ArmRun run);
    }

    /**
     * Does the runs of these seeds.
     *
     * @throws CancellationException when stopped; the listener has seen those that have ended
     */
    List<ArmRun> run(List<Long> seeds) {
      Queue<Long> left = new ConcurrentLinkedQueue<>(seeds);
      Crew.Task<List<ArmRun>> lane =
          ended -> drain(left, () -> ended.getAsBoolean() || stopped.getAsBoolean());
      int threads = Math.min(lanes, seeds.size());
      return Crew.runAll(threads, Collections.nCopies(threads, lane), RuntimeException.class)
          .stream()
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
}
