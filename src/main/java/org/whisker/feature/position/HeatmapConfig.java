package org.whisker.feature.position;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.whisker.image.Canvas;
import org.whisker.job.DeviceConfig;
import org.whisker.job.InvalidRequestException;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.option.Seed;
import org.whisker.position.ConditionMaps.PositionHeatmap;
import org.whisker.torch.TorchClassifier;

/**
 * What a heatmap is asked for.
 *
 * @param sources one condition each: a folder of evolve, a folder of PNG files, or a CSV file
 *     run,x,y
 * @param canvas the size of the images in CSV files
 * @param bandwidth standard deviation of the smoothing in pixels, above 0; by default 1/32 of a
 *     canvas's shorter side
 * @param model the classifier that measures what each pixel contributes: the name of a folder in
 *     {@code models/}, or the path of one; by default contributions are those in the files, if they
 *     have them
 * @param running what it runs on
 * @param skipBad whether runs and files that are invalid are left out and counted, not refused
 * @param seed the seed of all random numbers
 */
public record HeatmapConfig(
    @Option(
            needed = true,
            label = "DIR",
            help =
                "One condition each: an output folder of evolve; a folder of black-and-white PNG files,"
                    + " one per run (gray values up to 0.5 count as black); or a CSV file run,x,y with"
                    + " one row per black pixel.")
        List<Path> sources,
    @Option(
            parser = CanvasSize.class,
            names = "--canvas",
            label = "WxH",
            help = "The size of the images in CSV files, such as 128x128.")
        Optional<Canvas> canvas,
    @Option(
            names = "--bandwidth",
            label = "PX",
            help =
                "Standard deviation of the smoothing, in pixels. Default: 1/32 of the shorter side.")
        OptionalDouble bandwidth,
    @Option(
            names = "--model",
            candidates = Option.MODELS,
            label = "NAME",
            help =
                "Measure each pixel's contribution with this classifier, leaving out one pixel at a"
                    + " time. Default: the contributions in best.csv, if it has them.")
        Optional<String> model,
    DeviceConfig running,
    @Option(
            names = "--skip-bad",
            help = "Skip runs and files that are invalid, and report how many.")
        boolean skipBad,
    @Seed long seed) {
  /** How many pictures are scored at once where contributions are measured. */
  private static final int BATCH = 100;

  private static final int MOST_PIXELS = 1 << 22;

  private static final Pattern CANVAS = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");

  /** Reads a size such as {@code 128x128}. */
  static final class CanvasSize implements Option.Parser<Canvas> {
    @Override
    public Canvas parse(String text) {
      Matcher size = CANVAS.matcher(text);
      InvalidRequestException.refuse(
          !size.matches(), "--canvas must be WIDTHxHEIGHT, such as 128x128, was " + text);
      return new Canvas(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
    }
  }

  public HeatmapConfig {
    sources = List.copyOf(sources);
    canvas.ifPresent(
        size ->
            InvalidRequestException.refuse(
                size.pixels() > MOST_PIXELS,
                String.format(
                    Locale.ROOT,
                    "--canvas must have at most %d pixels, such as 2048x2048; was %dx%d",
                    MOST_PIXELS,
                    size.width(),
                    size.height())));
    if (bandwidth.isPresent()
        && !(bandwidth.getAsDouble() > 0 && Double.isFinite(bandwidth.getAsDouble()))) {
      throw new InvalidRequestException(
          "--bandwidth must be above 0, was " + bandwidth.getAsDouble());
    }
  }

  /** All defaults, with seed 1; a condition each. */
  public static HeatmapConfig of(Path... sources) {
    return of(List.of(sources));
  }

  /** All defaults, with seed 1. */
  public static HeatmapConfig of(List<Path> sources) {
    return Options.of(HeatmapConfig.class).defaults(sources);
  }

  /** Sets the size of the images in CSV files. */
  public HeatmapConfig withCanvas(Canvas other) {
    return new HeatmapConfig(sources, Optional.of(other), bandwidth, model, running, skipBad, seed);
  }

  /** Measures contributions by this model, given by the name of a stored one or a path. */
  public HeatmapConfig withModel(String name, DeviceConfig on) {
    return new HeatmapConfig(sources, canvas, bandwidth, Optional.of(name), on, skipBad, seed);
  }

  public HeatmapConfig withSeed(long other) {
    return new HeatmapConfig(sources, canvas, bandwidth, model, running, skipBad, other);
  }

  /** How the classifier that measures is run. */
  TorchClassifier.Settings settings() {
    return running.settings(BATCH);
  }

  /**
   * The bandwidth on a canvas.
   *
   * @throws InvalidRequestException when the one asked for is wider than the canvas
   */
  double bandwidth(Canvas canvas) {
    if (bandwidth.isEmpty()) {
      return PositionHeatmap.usualBandwidth(canvas);
    }
    int most = Math.max(canvas.width(), canvas.height());
    InvalidRequestException.refuse(
        bandwidth.getAsDouble() > most,
        "--bandwidth must be at most the longer side of the %s canvas, was %s"
            .formatted(canvas, bandwidth.getAsDouble()));
    return bandwidth.getAsDouble();
  }
}
