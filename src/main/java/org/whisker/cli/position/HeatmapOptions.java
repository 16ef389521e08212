package org.whisker.cli.position;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.whisker.cli.shared.ModelNames;
import org.whisker.cli.shared.RunningOptions;
import org.whisker.image.Canvas;
import org.whisker.study.InvalidRequestException;
import org.whisker.study.position.HeatmapConfig;
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
      completionCandidates = ModelNames.class,
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

  /**
   * What was asked for.
   *
   * @param running what the classifier runs on, where one measures
   * @param batch pictures that it scores at once
   * @throws InvalidRequestException for a value that can't be
   */
  HeatmapConfig config(RunningOptions running, int batch) {
    return new HeatmapConfig(
        sources,
        canvas(),
        bandwidth == null ? OptionalDouble.empty() : OptionalDouble.of(bandwidth),
        Optional.ofNullable(model)
            .map(name -> new HeatmapConfig.Measuring(name, running.settings(batch))),
        skipBad,
        seed);
  }

  private Optional<Canvas> canvas() {
    if (canvas == null) {
      return Optional.empty();
    }
    Matcher size = CANVAS.matcher(canvas);
    InvalidRequestException.refuse(
        !size.matches(), "--canvas must be WIDTHxHEIGHT, such as 128x128, was " + canvas);
    int width = Integer.parseInt(size.group(1));
    int height = Integer.parseInt(size.group(2));
    return Optional.of(InvalidRequestException.check(() -> new Canvas(width, height)));
  }

  Optional<Path> out() {
    return Optional.ofNullable(out);
  }
}
