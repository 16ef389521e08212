package org.whisker.study.ablate;

import java.util.List;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.planted.Plant;
import org.whisker.planted.PlantedModel;
import org.whisker.selfcheck.PlantedTrial;
import org.whisker.study.InvalidRequestException;

/**
 * Which planted classifiers are held against which hypotheses.
 *
 * @param plants their ids; none leaves the matrix out
 * @param hypotheses their ids
 * @param runs of each arm, and networks where they are trained; at least 2
 * @param evaluations images that a run scores, at least 1
 */
public record MatrixConfig(
    List<String> plants, List<String> hypotheses, int runs, long evaluations) {
  /** Runs of each arm by default: so few that the matrix takes minutes. */
  public static final int RUNS = 16;

  public static final long EVALUATIONS = 3_000;

  public MatrixConfig {
    plants = known("plant", plants, plantIds());
    hypotheses = known("hypothesis", hypotheses, Hypotheses.ids());
    int least = runs;
    long images = evaluations;
    InvalidRequestException.check(() -> new PlantedTrial(least, images, 0));
  }

  private static List<String> plantIds() {
    return Hypotheses.plants().stream().map(Plant::id).toList();
  }

  private static List<String> known(String what, List<String> asked, List<String> all) {
    for (String each : asked) {
      InvalidRequestException.refuse(
          !all.contains(each),
          "there is no %s %s; there are %s".formatted(what, each, String.join(", ", all)));
    }
    return all.stream().filter(asked::contains).toList();
  }

  /** All of them. */
  public static MatrixConfig standard() {
    return new MatrixConfig(plantIds(), Hypotheses.ids(), RUNS, EVALUATIONS);
  }

  /** No matrix. */
  public static MatrixConfig none() {
    return new MatrixConfig(List.of(), List.of(), RUNS, EVALUATIONS);
  }

  /** The classifiers that are asked for. */
  List<PlantedModel> planted() {
    return Hypotheses.plants().stream()
        .filter(plant -> plants.contains(plant.id()))
        .map(PlantedModel::new)
        .toList();
  }

  PlantedTrial trial(long seed) {
    return new PlantedTrial(runs, evaluations, seed);
  }
}
