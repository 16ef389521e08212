package org.whisker.cli.boundary;

import java.util.List;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.ModelConfig;
import org.whisker.study.boundary.MinimalConfig;
import org.whisker.study.boundary.MinimalStarts;
import picocli.CommandLine.Option;

/** What minimal sets are to reach, and how they are searched for. */
final class MinimalOptions {
  @Option(
      names = "--target",
      paramLabel = "P",
      split = ",",
      defaultValue = "0.5,0.96",
      description = "The p(cat) to reach. Default: 0.5,0.96.")
  private List<Double> targets = List.of();

  @Option(
      names = "--starts",
      paramLabel = "START",
      arity = "1..*",
      defaultValue = MinimalStarts.SEEDS,
      description = {
        "Starting points of the searches: output folders of evolve, PNG files of black on white,"
            + " greedy (white, grown pixel by pixel), dense (random sets), seeds (greedy and"
            + " dense). Default: seeds."
      })
  private List<String> starts = List.of();

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "4",
      description = "Number of random dense sets. Default: 4.")
  private int runs = 4;

  @Option(
      names = "--density",
      paramLabel = "D",
      defaultValue = "0.02",
      description = "Share of black pixels in the dense sets. Default: 0.02.")
  private double density = 0.02;

  @Option(
      names = "--evaluations",
      paramLabel = "N",
      defaultValue = "100000",
      description =
          "Images that a search may score, beyond those that removals need, to find pixels whose"
              + " addition allows more removals: a minute or two on a small network. 0 only"
              + " removes. Default: 100000.")
  private long evaluations = 100_000;

  @Option(
      names = "--max-flips",
      paramLabel = "N",
      defaultValue = "3000",
      description =
          "Maximum number of pixels changed to bring a start to the target. Default: 3000.")
  private int maxFlips = 3_000;

  @Option(
      names = "--candidates",
      paramLabel = "N",
      defaultValue = "16",
      description = "Maximum number of pixels scored per such step. Default: 16.")
  private int candidates = 16;

  /**
   * These as configuration.
   *
   * @throws InvalidRequestException for what can't be
   */
  MinimalConfig config(ModelConfig model, long seed) {
    return InvalidRequestException.check(
        () ->
            new MinimalConfig(
                model,
                targets,
                new MinimalStarts(starts, runs, density, seed),
                maxFlips,
                candidates,
                evaluations));
  }
}
