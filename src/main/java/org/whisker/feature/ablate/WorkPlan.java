package org.whisker.feature.ablate;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationRunner.ArmKey;
import org.whisker.ablation.AblationRunner.PendingRun;
import org.whisker.ablation.ArmEvolution.ArmLoad;
import org.whisker.ablation.RunPlan;
import org.whisker.ablation.RunStore;

/**
 * The parts of what is to be done, with the seconds that each is reckoned to take here. It is what
 * a dry run prints, and what progress counts. Training is no part of it.
 */
public record WorkPlan(List<Part> parts) {
  /** Share, by measurement, of the images that a mutation makes of another which are new ones. */
  public static final double NEW = 0.65;

  /** By measurement: opening networks, statistics and charts of an experiment. */
  public static final double SECONDS_AN_EXPERIMENT = 2;

  /** By measurement: a run that asks no network. */
  private static final double SECONDS_A_FLAT_RUN = 1.0 / 60;

  public WorkPlan {
    parts = List.copyOf(parts);
  }

  /**
   * A part of a plan.
   *
   * @param what an experiment, or another thing that is made of a model
   * @param arm whose runs these are; empty where they are measured, and for what has no runs
   * @param runs that are to be done
   */
  public record Part(String model, String what, String arm, int runs, double seconds) {
    /** A part that is no search. */
    public static Part of(String model, String what, double seconds) {
      return new Part(model, what, "", 0, seconds);
    }

    String name() {
      return name(model, what, arm);
    }

    static String name(String model, String what, String arm) {
      return (model + " " + what + " " + arm).strip();
    }
  }

  /** Returns a plan of these parts before and after those of this one. */
  public WorkPlan between(List<Part> before, List<Part> after) {
    return new WorkPlan(Stream.of(before, parts, after).flatMap(List::stream).toList());
  }

  public double seconds() {
    return parts.stream().mapToDouble(Part::seconds).sum();
  }

  /**
   * Reckons what experiments take: the runs that are not kept yet, each once, and what is measured
   * after them.
   *
   * @param paces by the name of each model
   */
  public static WorkPlan of(AblateJob job, RunStore store, Map<String, ModelPace> paces) {
    List<Part> parts = new ArrayList<>();
    Set<PendingRun> seen = new HashSet<>();
    for (AblateJob.Task task : job.tasks()) {
      ModelPace pace = Objects.requireNonNull(paces.get(task.model().name()));
      List<PendingRun> own = job.pending(task, store).stream().filter(seen::add).toList();
      for (AblationArm arm : task.arms()) {
        parts.add(searched(job.plan(), task, arm, own, pace));
      }
      double images = task.ablation().observed(task.model(), job.plan().runs());
      double seconds = SECONDS_AN_EXPERIMENT + images / pace.reported();
      parts.add(Part.of(task.model().name(), task.ablation().id(), seconds));
    }
    return new WorkPlan(parts);
  }

  private static Part searched(
      RunPlan plan, AblateJob.Task task, AblationArm arm, List<PendingRun> own, ModelPace pace) {
    Set<String> keys = new HashSet<>();
    IntStream.range(0, plan.networks(arm))
        .forEach(n -> keys.add(ArmKey.of(arm.ofNetwork(n), task.setting(), plan.target())));
    int runs = (int) own.stream().filter(run -> keys.contains(run.key())).count();
    double images = ArmLoad.of(arm, task.setting(), plan.runs(arm), 1).images();
    double each = arm.isFlat() ? SECONDS_A_FLAT_RUN : NEW * images / pace.searched();
    return new Part(task.model().name(), task.ablation().id(), arm.name(), runs, runs * each);
  }
}
