package org.whisker.ablation;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

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
   * @param stopped polled after every generation
   */
  public static OpenArm of(
      AblationArm arm,
      AblatedModel model,
      AblationSetting setting,
      AblationRunner.Plan plan,
      BooleanSupplier stopped) {
    ArmSource source = ArmSource.open(arm, model, plan.batch(), stopped);
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
}
