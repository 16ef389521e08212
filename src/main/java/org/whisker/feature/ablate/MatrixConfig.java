package org.whisker.feature.ablate;

import java.util.List;
import org.whisker.hypothesis.Hypotheses;
import org.whisker.job.InvalidRequestException;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.planted.Plant;
import org.whisker.planted.PlantedModel;
import org.whisker.selfcheck.PlantedTrial;

/**
 * Which planted classifiers are held against which hypotheses.
 *
 * @param plants their ids; none leaves the matrix out
 * @param hypotheses their ids
 * @param runs the number of runs of each arm, and networks where they are trained; at least 2
 * @param evaluations images that a run scores, at least 1
 */
public record MatrixConfig(
    @Option(
            parser = Plants.class,
            names = "--plants",
            label = "ID",
            split = ",",
            defaultValue = "all",
            help = "Planted classifiers: ids, all, or none. Default: all.")
        List<String> plants,
    @Option(
            parser = Ids.class,
            names = "--hypotheses",
            label = "ID",
            split = ",",
            defaultValue = "all",
            help = "Hypotheses that are held against them: ids, or all. Default: all.")
        List<String> hypotheses,
    @Option(
            names = "--plant-runs",
            label = "N",
            defaultValue = "16",
            help = "Runs of each arm on a planted classifier. Default: 16.")
        int runs,
    @Option(
            names = "--plant-evaluations",
            label = "N",
            defaultValue = "3000",
            help = "Images that each of these runs scores. Default: 3000.")
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
