package org.whisker.cli.boundary;

import java.util.Arrays;
import java.util.List;
import org.whisker.boundary.PathKind;
import org.whisker.boundary.PathOptions;
import org.whisker.study.InvalidRequestException;
import picocli.CommandLine.Option;

/** Which paths between two pictures, and how finely. */
final class PathsOptions {
  @Option(
      names = "--orders",
      paramLabel = "LIST",
      split = ",",
      description = {
        "Which paths: best-first, worst-first (greedy, see below), outward-in, inward-out (by edge"
            + " rank), random, straight (all pixels at once, in gray levels). Default: all."
      })
  private List<String> orders = List.of();

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "500",
      description =
          "Maximum number of steps per pixel path; more pixels than that change in blocks."
              + " Default: 500.")
  private int steps = 500;

  @Option(
      names = "--random",
      paramLabel = "N",
      defaultValue = "20",
      description = "Number of random orders. Default: 20.")
  private int random = 20;

  @Option(
      names = "--candidates",
      paramLabel = "N",
      defaultValue = "16",
      description = "Maximum number of pixels scored per greedy step. Default: 16.")
  private int candidates = 16;

  @Option(
      names = "--line-steps",
      paramLabel = "N",
      defaultValue = "100",
      description = "Number of equal parts in which the straight line is scanned. Default: 100.")
  private int lineSteps = 100;

  @Option(
      names = "--tolerance",
      paramLabel = "T",
      defaultValue = "1e-4",
      description =
          "Crossings on the straight line are bisected to an interval of this width in t. Default:"
              + " 1e-4.")
  private double tolerance = 1e-4;

  /**
   * These, under this seed.
   *
   * @throws InvalidRequestException for what can't be
   */
  PathOptions options(long seed) {
    return InvalidRequestException.check(
        () ->
            new PathOptions(
                orders.isEmpty()
                    ? Arrays.asList(PathKind.values())
                    : orders.stream().map(PathKind::parse).toList(),
                steps,
                random,
                candidates,
                lineSteps,
                tolerance,
                seed));
  }
}
