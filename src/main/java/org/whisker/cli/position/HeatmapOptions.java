package org.whisker.cli.position;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.whisker.image.Canvas;
import org.whisker.position.PositionHeatmap;
import org.whisker.study.InvalidRequestException;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What heatmap draws, and how. */
final class HeatmapOptions {
  private static final Pattern CANVAS = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");

  @Parameters(
      arity = "1..*",
      paramLabel = "DIR",
      description =
          "One condition each: an output folder of evolve; a folder of black-and-white PNG files,"
              + " one per run (gray values up to 0.5 count as black); or a CSV file run,x,y with"
              + " one row per black pixel.")
  private List<Path> sources = List.of();

  @Option(
      names = "--canvas",
      paramLabel = "WxH",
      description = "The size of the images in CSV files, such as 128x128.")
  private @Nullable String canvas;

  @Option(
      names = "--bandwidth",
      paramLabel = "PX",
      description =
          "Standard deviation of the smoothing, in pixels. Default: 1/32 of the shorter side.")
  private @Nullable Double bandwidth;

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description =
          "Measure each pixel's contribution with this classifier, leaving out one pixel at a"
              + " time. Default: the contributions in best.csv, if it has them.")
  private @Nullable String model;

  @Option(
      names = "--skip-bad",
      description = "Skip runs and files that are invalid, and report how many.")
  private boolean skipBad;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Seed of all random numbers. Default: 1.")
  private long seed = 1;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Output folder, new or empty. Default: a new one, named after the time.")
  private @Nullable Path out;

  List<Path> sources() {
    return sources;
  }

  /** The size of the images in CSV files. */
  Optional<Canvas> canvas() {
    if (canvas == null) {
      return Optional.empty();
    }
    Matcher size = CANVAS.matcher(canvas);
    if (!size.matches()) {
      throw new InvalidRequestException(
          "--canvas must be WIDTHxHEIGHT, such as 128x128, was " + canvas);
    }
    int width = Integer.parseInt(size.group(1));
    int height = Integer.parseInt(size.group(2));
    return Optional.of(InvalidRequestException.check(() -> new Canvas(width, height)));
  }

  /**
   * The bandwidth that was asked for.
   *
   * @throws InvalidRequestException unless it is above 0 and finite
   */
  OptionalDouble bandwidth() {
    if (bandwidth == null) {
      return OptionalDouble.empty();
    }
    if (!(bandwidth > 0 && Double.isFinite(bandwidth))) {
      throw new InvalidRequestException("--bandwidth must be above 0, was " + bandwidth);
    }
    return OptionalDouble.of(bandwidth);
  }

  /** The one asked for, or the usual one; never wider than the canvas. */
  double bandwidth(Canvas canvas) {
    OptionalDouble asked = bandwidth();
    if (asked.isEmpty()) {
      return PositionHeatmap.usualBandwidth(canvas);
    }
    int most = Math.max(canvas.width(), canvas.height());
    if (asked.getAsDouble() > most) {
      throw new InvalidRequestException(
          "--bandwidth must be at most the longer side of the "
              + (canvas + " canvas, was " + asked.getAsDouble()));
    }
    return asked.getAsDouble();
  }

  Optional<String> model() {
    return Optional.ofNullable(model);
  }

  boolean skipBad() {
    return skipBad;
  }

  long seed() {
    return seed;
  }

  Optional<Path> out() {
    return Optional.ofNullable(out);
  }
}
