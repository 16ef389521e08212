package org.whisker.study.position;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.whisker.image.Canvas;
import org.whisker.position.PositionHeatmap;
import org.whisker.study.DeviceConfig;
import org.whisker.study.InvalidRequestException;
import org.whisker.torch.TorchClassifier;

/**
 * What a heatmap is asked for.
 *
 * @param sources one condition each: a folder of evolve, a folder of PNG files, or a CSV file
 *     run,x,y
 * @param canvas the size of the images in CSV files
 * @param bandwidth standard deviation of the smoothing in pixels, above 0; by default 1/32 of a
 *     canvas's shorter side
 * @param measuring the classifier that measures what each pixel contributes; by default
 *     contributions are those in the files, if they have them
 * @param skipBad whether runs and files that are invalid are left out and counted, not refused
 * @param seed of all random numbers
 */
public record HeatmapConfig(
    List<Path> sources,
    Optional<Canvas> canvas,
    OptionalDouble bandwidth,
    Optional<Measuring> measuring,
    boolean skipBad,
    long seed) {
  /** How many pictures are scored at once where contributions are measured. */
  public static final int BATCH = 100;

  private static final int MOST_PIXELS = 1 << 22;

  /**
   * The classifier that measures contributions.
   *
   * @param model the name of a folder in {@code models/}, or the path of one
   * @param settings what it runs on; its batch is how many pictures are scored at once
   */
  public record Measuring(String model, TorchClassifier.Settings settings) {}

  public HeatmapConfig {
    sources = List.copyOf(sources);
    canvas.ifPresent(
        size ->
            InvalidRequestException.refuse(
                size.pixels() > MOST_PIXELS,
                "--canvas must have at most %d pixels, such as 2048x2048; was %dx%d"
                    .formatted(MOST_PIXELS, size.width(), size.height())));
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
    return new HeatmapConfig(
        sources, Optional.empty(), OptionalDouble.empty(), Optional.empty(), false, 1);
  }

  /** With a size of the images in CSV files. */
  public HeatmapConfig withCanvas(Canvas other) {
    return new HeatmapConfig(sources, Optional.of(other), bandwidth, measuring, skipBad, seed);
  }

  /** With another smoothing: a standard deviation in pixels, above 0. */
  public HeatmapConfig withBandwidth(double pixels) {
    OptionalDouble other = OptionalDouble.of(pixels);
    return new HeatmapConfig(sources, canvas, other, measuring, skipBad, seed);
  }

  /** With contributions measured by this model, see {@link Measuring}. */
  public HeatmapConfig withModel(String model, DeviceConfig on) {
    Optional<Measuring> by = Optional.of(new Measuring(model, on.settings(BATCH)));
    return new HeatmapConfig(sources, canvas, bandwidth, by, skipBad, seed);
  }

  /** With another seed. */
  public HeatmapConfig withSeed(long other) {
    return new HeatmapConfig(sources, canvas, bandwidth, measuring, skipBad, other);
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
