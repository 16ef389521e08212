package org.whisker.feature.ablate;

import java.util.List;
import org.whisker.job.InvalidRequestException;
import org.whisker.selfcheck.PlantedTrial;

/**
 * Which hypotheses are calibrated by simulation.
 *
 * @param hypotheses their ids
 * @param replicates simulated reports of each, at least 1
 * @param runs the number of runs of each arm, at least 2
 * @param evaluations images that a run scores, at least 1
 * @param seed the seed of the first replicate
 */
public record CalibrationConfig(
    List<String> hypotheses, int replicates, int runs, long evaluations, long seed) {
  /** Default number of replicates, enough to tell 3 % from 7 %. */
  public static final int REPLICATES = 200;

  public CalibrationConfig {
    hypotheses = new MatrixConfig(List.of(), hypotheses, runs, evaluations).hypotheses();
    InvalidRequestException.refuse(
        replicates < 1, "replicates must be at least 1, were " + replicates);
  }

  PlantedTrial trial() {
    return new PlantedTrial(runs, evaluations, seed);
  }
}
