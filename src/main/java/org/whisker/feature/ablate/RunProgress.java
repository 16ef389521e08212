package org.whisker.feature.ablate;

import java.util.HashMap;
import java.util.Map;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.ArmRun;
import org.whisker.job.JobListener.Progress;

/** Shows how far the runs of one arm are, in percent of a run. */
public final class RunProgress implements AblationRunner.Listener, AblationRunner.ArmProgress {
  /** What a whole run counts. */
  public static final int PERCENT = 100;

  private final Progress progress;
  private final Map<Long, Double> shares = new HashMap<>();

  /** A listener of runs, each of which counts {@value #PERCENT} steps of this progress. */
  public RunProgress(Progress progress) {
    this.progress = progress;
  }

  @Override
  public AblationRunner.ArmProgress onArm(String model, Ablation ablation, AblationArm arm) {
    return this;
  }

  @Override
  public void onProgress(long seed, double share) {
    shares.put(seed, share);
    show();
  }

  @Override
  public void onRun(ArmRun run) {
    shares.put(run.seed(), 1.0);
    show();
  }

  private void show() {
    double sum = shares.values().stream().mapToDouble(s -> s).sum();
    progress.stepTo(Math.round(PERCENT * sum));
  }
}
