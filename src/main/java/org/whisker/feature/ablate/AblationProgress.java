package org.whisker.feature.ablate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationRunner.ArmProgress;
import org.whisker.ablation.AblationRunner.PendingRun;
import org.whisker.ablation.ArmRun;
import org.whisker.job.JobContext;
import org.whisker.job.Progress;

/**
 * How far an ablation is, in images scored, and how long the rest will take: each model's by its
 * own pace, once it has one. Arms may be under way together.
 */
final class AblationProgress implements AblationRunner.Listener, AutoCloseable {
  private final Progress progress;
  private final LongSupplier nanoTime;
  private final long budget;
  private final int together;
  private final Map<String, Long> left = new HashMap<>();
  private final Map<String, Double> nanosAnImage = new HashMap<>();
  private final Set<Arm> underWay = new LinkedHashSet<>();
  private long done;

  /**
   * @param pending what is to be done; the same run may occur several times
   * @param budget images a run
   * @param together how many arms are under way at a time
   */
  AblationProgress(
      JobContext context,
      List<PendingRun> pending,
      long budget,
      int together,
      LongSupplier nanoTime) {
    Set<PendingRun> distinct = new HashSet<>(pending);
    long runs = distinct.stream().filter(PendingRun::asksNetwork).count();
    this.budget = budget;
    this.together = together;
    this.nanoTime = nanoTime;
    distinct.stream()
        .filter(PendingRun::asksNetwork)
        .forEach(run -> left.merge(run.model(), budget, Long::sum));
    this.progress = context.progress("evolving images", runs * budget);
  }

  @Override
  public synchronized ArmProgress onArm(String model, Ablation ablation, AblationArm arm) {
    Arm begun = new Arm(model, model + " " + ablation.id() + " " + arm.name(), !arm.isFlat());
    underWay.add(begun);
    show();
    return begun;
  }

  private void show() {
    if (!underWay.isEmpty()) {
      progress.extraMessage(underWay.iterator().next().name + timeLeft());
    }
    progress.stepTo(done + Math.round(underWay.stream().mapToDouble(Arm::scored).sum()));
  }

  private String timeLeft() {
    double known =
        nanosAnImage.values().stream().mapToDouble(Double::doubleValue).average().orElse(-1);
    if (known < 0) {
      return "";
    }
    double nanos = 0;
    for (Map.Entry<String, Long> each : left.entrySet()) {
      nanos += each.getValue() * nanosAnImage.getOrDefault(each.getKey(), known);
    }
    for (Arm arm : underWay) {
      nanos -= arm.scored() * nanosAnImage.getOrDefault(arm.model, known);
    }
    long minutes = Math.round(nanos / together / 6e10);
    return ", " + (minutes < 1 ? "less than a minute" : minutes + " min") + " left";
  }

  @Override
  public void close() {
    progress.close();
  }

  /** An arm with runs that have not ended. */
  private final class Arm implements ArmProgress {
    private final String model;
    private final String name;
    private final boolean asksNetwork;
    private final long begun = nanoTime.getAsLong();
    private final Map<Long, Double> running = new HashMap<>();
    private double ended;

    Arm(String model, String name, boolean asksNetwork) {
      this.model = model;
      this.name = name;
      this.asksNetwork = asksNetwork;
    }

    /** Images of the runs that have not ended. */
    double scored() {
      return running.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    @Override
    public void onProgress(long seed, double share) {
      synchronized (AblationProgress.this) {
        if (asksNetwork) {
          running.put(seed, share * budget);
          show();
        }
      }
    }

    @Override
    public void onRun(ArmRun run) {
      synchronized (AblationProgress.this) {
        running.remove(run.seed());
        if (asksNetwork) {
          ended += budget;
          double pace = (nanoTime.getAsLong() - begun) / (ended + scored());
          nanosAnImage.merge(model, pace, (old, next) -> 0.8 * old + 0.2 * next);
          left.merge(model, -budget, Long::sum);
          done += budget;
        }
        if (running.isEmpty()) {
          underWay.remove(this);
        }
        show();
      }
    }
  }
}
