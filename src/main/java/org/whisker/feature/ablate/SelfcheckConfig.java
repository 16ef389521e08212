package org.whisker.feature.ablate;

import java.util.List;
import java.util.Optional;
import org.whisker.ablation.Controls;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.job.SharedOptions;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.option.Seed;
import org.whisker.planted.Plant;
import org.whisker.planted.PlantedModel;
import org.whisker.selfcheck.PlantedTrial;

/**
 * What controls are asked for, and which planted classifiers.
 *
 * @param seed the seed of the first run of each control; the next has the next
 * @param matrix the matrix of planted classifiers and hypotheses
 * @param on what the model runs on
 */
public record SelfcheckConfig(
    @Option(
            names = "--model",
            candidates = Option.MODELS,
            label = "NAME",
            help =
                "Also run the permuted control with this classifier: a name in models/, or a path.")
        Optional<String> model,
    @Option(names = "--runs", label = "N", defaultValue = "20", min = 1, help = SharedOptions.RUNS)
        int runs,
    @Option(
            names = "--generations",
            label = "N",
            defaultValue = "150",
            min = 1,
            help = SharedOptions.GENERATIONS)
        int generations,
    @Option(
            names = "--permuted-runs",
            label = "N",
            defaultValue = "160",
            help = {
              "Runs of the permuted control. Its images have only one to four black pixels, so E"
                  + " varies widely."
            })
        int permutedRuns,
    @Option(
            names = "--permuted-generations",
            label = "N",
            defaultValue = "30",
            help = "Generations of each of these runs.")
        int permutedGenerations,
    @Seed long seed,
    MatrixConfig matrix,
    DeviceConfig on) {
  public SelfcheckConfig {
    Options.check(
        SelfcheckConfig.class,
        model,
        runs,
        generations,
        permutedRuns,
        permutedGenerations,
        seed,
        matrix,
        on);
    controls(runs, generations, seed);
    controls(permutedRuns, permutedGenerations, seed);
  }

  /**
   * Settles the matrix: without planted classifiers there is none, whatever else was asked of it.
   */
  public SelfcheckConfig withMatrixOfPlants() {
    MatrixConfig settled = matrix.plants().isEmpty() ? MatrixConfig.none() : matrix;
    return new SelfcheckConfig(
        model, runs, generations, permutedRuns, permutedGenerations, seed, settled, on);
  }

  /** The planted and flat controls. */
  Controls.Options planted() {
    return controls(runs, generations, seed);
  }

  Controls.Options permuted() {
    return controls(permutedRuns, permutedGenerations, seed);
  }

  private static Controls.Options controls(int runs, int generations, long seed) {
    return InvalidRequestException.check(() -> Controls.Options.quick(runs, generations, seed));
  }

  /**
   * Which planted classifiers are held against which hypotheses.
   *
   * @param runs the number of runs of each arm, and networks where they are trained; at least 2
   */
  public record MatrixConfig(
      @Option(
              parser = Plants.class,
              names = "--plants",
              label = "ID",
              split = ",",
              defaultValue = "all",
              help = "Planted classifiers: ids, all, or none.")
          List<String> plants,
      @Option(
              parser = Ids.class,
              names = "--hypotheses",
              label = "ID",
              split = ",",
              defaultValue = "all",
              help = "Hypotheses to test on the planted classifiers: ids, or all.")
          List<String> hypotheses,
      @Option(
              names = "--plant-runs",
              label = "N",
              defaultValue = "16",
              help = "Runs of each arm on a planted classifier.")
          int runs,
      @Option(
              names = "--plant-evaluations",
              label = "N",
              defaultValue = "3000",
              help = "Images that each of these runs scores.")
          long evaluations) {

    /** Reads ids, {@code all} or {@code none}. */
    static final class Plants implements Option.Parser<List<String>> {
      @Override
      public List<String> parse(String text) {
        return switch (text) {
          case "all" -> plantIds();
          case "none" -> List.of();
          default -> List.of(text);
        };
      }
    }

    /** Reads ids of hypotheses, or {@code all}. */
    static final class Ids implements Option.Parser<List<String>> {
      @Override
      public List<String> parse(String text) {
        return text.equals("all") ? Hypotheses.ids() : List.of(text);
      }
    }

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

    /** The default matrix, of all hypotheses and plants. */
    public static MatrixConfig standard() {
      return Options.of(MatrixConfig.class).defaults();
    }

    /** The configuration without a matrix. */
    public static MatrixConfig none() {
      MatrixConfig usual = standard();
      return new MatrixConfig(List.of(), List.of(), usual.runs, usual.evaluations);
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

  /**
   * Which hypotheses are calibrated by simulation.
   *
   * @param hypotheses their ids
   * @param replicates simulated reports of each, at least 1
   * @param runs the number of runs of each arm, at least 2
   * @param evaluations images that a run scores, at least 1
   * @param seed the seed of the first replicate
   */
  record CalibrationConfig(
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
}
