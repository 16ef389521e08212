package org.whisker.selfcheck;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.whisker.ablation.Ablation;
import org.whisker.ablation.AblationArm;
import org.whisker.ablation.AblationRunner;
import org.whisker.ablation.ArmRun;
import org.whisker.explain.Finding;
import org.whisker.hypothesis.Expectation;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.planted.Plant;
import org.whisker.planted.PlantedModel;

/**
 * Plants by hypotheses: what the chain from evolution to the verdict says, beside what is right.
 * Rows can be made by several threads at once; they share what needs no plant.
 */
public final class PlantedMatrix {
  private final PlantedTrial trial;
  private final Set<String> hypotheses;
  private final Progress progress;
  private final BooleanSupplier stopped;
  private final MemoryRuns runs = new MemoryRuns();

  /** Told of each run that is done. */
  @FunctionalInterface
  public interface Progress {
    /** An arm of this plant has one run more. */
    void onRun(String plant);
  }

  /**
   * A matrix of these columns.
   *
   * @param hypotheses ids, in any order
   * @param stopped asked after every generation
   * @throws IllegalArgumentException for a hypothesis that there is not
   */
  public PlantedMatrix(
      PlantedTrial trial, Set<String> hypotheses, Progress progress, BooleanSupplier stopped) {
    this.trial = trial;
    this.hypotheses = Set.copyOf(hypotheses);
    this.progress = progress;
    this.stopped = stopped;
    for (String each : hypotheses) {
      if (Hypotheses.find(each).isEmpty()) {
        throw new IllegalArgumentException(
            "there is no hypothesis "
                + each
                + "; there are "
                + String.join(", ", Hypotheses.ids()));
      }
    }
  }

  /**
   * The row of a plant, in the order of the hypotheses' table.
   *
   * @param ended asked as {@code stopped} is
   * @throws CancellationException when stopped
   */
  public List<MatrixCell> row(PlantedModel plant, BooleanSupplier ended) {
    BooleanSupplier either = () -> ended.getAsBoolean() || stopped.getAsBoolean();
    return trial.verdicts(plant, hypotheses, runs, listener(plant), either).stream()
        .map(test -> cell(plant.plant(), test))
        .toList();
  }

  private static MatrixCell cell(Plant plant, Finding test) {
    Expectation right = Hypotheses.get(test.hypothesis()).expectedOn(plant);
    return new MatrixCell(plant.id(), right.expected(), right.reason(), test);
  }

  /**
   * Does what rows share, under a flat fitness; without it each row that begins does it.
   *
   * @throws CancellationException when stopped
   */
  public void shared(PlantedModel plant) {
    Set<String> flat =
        hypotheses.stream().filter(each -> trial.isFlat(each, plant)).collect(Collectors.toSet());
    if (!flat.isEmpty()) {
      trial.verdicts(plant, flat, runs, listener(plant), stopped);
    }
  }

  /** The runs that the row of a plant takes; rows share some. */
  public Set<AblationRunner.PendingRun> pending(PlantedModel plant) {
    return trial.pending(plant, hypotheses, runs);
  }

  private AblationRunner.Listener listener(PlantedModel plant) {
    return new AblationRunner.Listener() {
      @Override
      public AblationRunner.ArmProgress onArm(String model, Ablation ablation, AblationArm arm) {
        return new AblationRunner.ArmProgress() {
          @Override
          public void onRun(ArmRun run) {
            progress.onRun(plant.name());
          }
        };
      }
    };
  }
}
