package org.whisker.feature.ablate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.AblationRunner.ArmProgress;
import org.whisker.ablation.ArmRun;
import org.whisker.job.JobContext;
import org.whisker.job.JobListener.Progress;
import org.whisker.value.Text;

/**
 * How far a job is, in the seconds that a plan has for its parts, and what is being done. A part
 * that nobody counts is as far as its planned time has passed; none is whole before it ends. For
 * several threads.
 */
public final class PlannedProgress implements AblationRunner.Listener, AutoCloseable {
  static final String TASK = "planned seconds";

  /** The share of a part that its time alone can come to. */
  private static final double MOST = 0.99;

  private final JobContext context;
  private final WorkPlan plan;
  private final LongSupplier nanoTime;
  private final Map<String, Double> shares = new HashMap<>();
  private final Map<String, Long> seen = new HashMap<>();
  private final Map<String, Begun> underWay = new LinkedHashMap<>();
  private final List<Arm> arms = new ArrayList<>();
  private @Nullable Progress bar;

  /** A part that has begun; one that is measured is shown with its time. */
  private record Begun(long at, boolean measured) {}

  public PlannedProgress(JobContext context, WorkPlan plan) {
    this(context, plan, System::nanoTime);
  }

  PlannedProgress(JobContext context, WorkPlan plan, LongSupplier nanoTime) {
    this.context = context;
    this.plan = plan;
    this.nanoTime = nanoTime;
  }

  /** A part that is no search is so far; at 1 it ends. */
  public synchronized void reach(String model, String what, double share) {
    reach(WorkPlan.Part.name(model, what, ""), share, false);
  }

  /** An experiment is measured, since the first call. */
  @Override
  public synchronized void onMeasuring(String model, Ablation ablation) {
    String part = WorkPlan.Part.name(model, ablation.id(), "");
    long now = nanoTime.getAsLong();
    // what is done side by side shares the machine, for all of which the plan is
    double passed = 1e-9 * (now - seen.getOrDefault(part, now)) / Math.max(1, underWay.size());
    seen.put(part, now);
    double before = shares.getOrDefault(part, 0.0);
    reach(part, Math.min(MOST, before + passed / Math.max(1, seconds(part))), true);
  }

  @Override
  public synchronized ArmProgress onArm(String model, Ablation ablation, AblationArm arm) {
    Arm begun = new Arm(WorkPlan.Part.name(model, ablation.id(), arm.name()));
    arms.add(begun);
    begun.show();
    return begun;
  }

  /** The runs of an arm have ended, or there is no time left for them. */
  synchronized void end(String model, Ablation ablation, String arm) {
    reach(WorkPlan.Part.name(model, ablation.id(), arm), 1, false);
  }

  /** All is done that will be, with or without what there was no time for. */
  public synchronized void finish() {
    underWay.clear();
    plan.parts().forEach(part -> shares.put(part.name(), 1.0));
    show();
  }

  /** Hides it, as beside the training of a network; whatever goes on shows it again. */
  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private void reach(String part, double share, boolean measured) {
    shares.merge(part, share, Math::max);
    if (share >= 1) {
      underWay.remove(part);
    } else {
      underWay.putIfAbsent(part, new Begun(nanoTime.getAsLong(), measured));
    }
    show();
  }

  private double seconds(String part) {
    return sum(part, WorkPlan.Part::seconds);
  }

  private double sum(String name, ToDoubleFunction<WorkPlan.Part> figure) {
    return plan.parts().stream().filter(part -> part.name().equals(name)).mapToDouble(figure).sum();
  }

  private Progress bar() {
    if (bar == null) {
      bar = context.progress(TASK, total());
    }
    return bar;
  }

  private long total() {
    return Math.max(1, (long) Math.ceil(plan.seconds()));
  }

  private void show() {
    Progress shown = bar();
    shown.extraMessage(
        underWay.entrySet().stream()
            .map(part -> text(part.getKey(), part.getValue()))
            .collect(Collectors.joining(", ")));
    boolean done =
        plan.parts().stream().allMatch(part -> shares.getOrDefault(part.name(), 0.0) >= 1);
    shown.stepTo(done ? total() : Math.min(total() - 1, (long) reached()));
  }

  private double reached() {
    return plan.parts().stream()
        .mapToDouble(part -> part.seconds() * Math.min(1, shares.getOrDefault(part.name(), 0.0)))
        .sum();
  }

  private String text(String part, Begun begun) {
    double minutes = (nanoTime.getAsLong() - begun.at) / 6e10;
    return begun.measured ? Text.of("measuring %s, %.1f min so far", part, minutes) : part;
  }

  /** An arm on one of its networks. */
  private final class Arm implements ArmProgress {
    private final String name;
    private final Map<Long, Double> runs = new HashMap<>();

    Arm(String name) {
      this.name = name;
    }

    private void show() {
      double done =
          arms.stream()
              .filter(arm -> arm.name.equals(name))
              .flatMap(arm -> arm.runs.values().stream())
              .mapToDouble(Double::doubleValue)
              .sum();
      reach(name, done / Math.max(1, sum(name, WorkPlan.Part::runs)), false);
    }

    @Override
    public void onProbed(double share) {
      synchronized (PlannedProgress.this) {
        bar().extraMessage(Text.of("%s, %.0f %% of single pixels probed", name, 100 * share));
      }
    }

    @Override
    public void onProgress(long seed, double share) {
      synchronized (PlannedProgress.this) {
        runs.put(seed, share);
        show();
      }
    }

    @Override
    public void onRun(ArmRun run) {
      onProgress(run.seed(), 1);
    }
  }
}
