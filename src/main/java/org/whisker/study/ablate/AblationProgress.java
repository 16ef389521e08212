package org.whisker.study.ablate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationRunner.PendingRun;
import org.whisker.ablation.ArmRun;
import org.whisker.study.JobContext;
import org.whisker.study.Progress;

/**
 * How far an ablation is, in images scored, and how long the rest will take: each model's by its
 * own pace, once it has one.
 */
final class AblationProgress implements AblationRunner.Listener, AutoCloseable {
  private final Progress progress;
  private final LongSupplier nanoTime;
  private final long budget;
  private final Map<String, Long> left = new HashMap<>();
  private final Map<String, Double> nanosAnImage = new HashMap<>();
  private final Map<Long, Double> underWay = new HashMap<>();
  private long done;
  private String model = "";
  private String arm = "";
  private long armBegan;
  private double ended;

  /**
   * @param pending what is to be done; the same run may occur several times
   * @param budget images a run
   */
  AblationProgress(
      JobContext context, List<PendingRun> pending, long budget, LongSupplier nanoTime) {
    Set<PendingRun> distinct = new HashSet<>(pending);
    long runs = distinct.stream().filter(PendingRun::asksNetwork).count();
    this.budget = budget;
    this.nanoTime = nanoTime;
    distinct.stream()
        .filter(PendingRun::asksNetwork)
        .forEach(run -> left.merge(run.model(), budget, Long::sum));
    this.progress = context.progress("evolving images", runs * budget);
  }

  @Override
  public void onArm(String model, Ablation ablation, AblationArm arm) {
    this.model = model;
    this.arm = model + " " + ablation.id() + " " + arm.name();
    armBegan = nanoTime.getAsLong();
    ended = 0;
    underWay.clear();
    progress.extraMessage(this.arm + timeLeft(0));
  }

  @Override
  public void onProgress(AblationArm arm, long seed, double share) {
    if (!arm.isFlat()) {
      underWay.put(seed, share * budget);
      double scored = underWay();
      progress.extraMessage(this.arm + timeLeft(scored));
      progress.stepTo(done + Math.round(scored));
    }
  }

  @Override
  public void onRun(AblationArm arm, ArmRun run) {
    if (!arm.isFlat()) {
      underWay.remove(run.seed());
      ended += budget;
      double scored = underWay();
      double pace = (nanoTime.getAsLong() - armBegan) / (ended + scored);
      nanosAnImage.merge(model, pace, (old, next) -> 0.8 * old + 0.2 * next);
      left.merge(model, -budget, Long::sum);
      done += budget;
      progress.stepTo(done + Math.round(scored));
    }
  }

  /** Images of the runs that have not ended. */
  private double underWay() {
    return underWay.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private String timeLeft(double scored) {
    double known =
        nanosAnImage.values().stream().mapToDouble(Double::doubleValue).average().orElse(-1);
    if (known < 0) {
      return "";
    }
    double nanos = -scored * nanosAnImage.getOrDefault(model, known);
    for (Map.Entry<String, Long> each : left.entrySet()) {
      nanos += each.getValue() * nanosAnImage.getOrDefault(each.getKey(), known);
    }
    long minutes = Math.round(nanos / 6e10);
    return ", " + (minutes < 1 ? "less than a minute" : minutes + " min") + " left";
  }

  @Override
  public void close() {
    progress.close();
  }
}
