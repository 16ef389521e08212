package org.whisker.feature.evolve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.whisker.evolution.EvolutionOptions;
import org.whisker.evolution.operator.RegionSchedule;
import org.whisker.image.Canvas;
import org.whisker.image.Tones;
import org.whisker.job.InvalidRequestException;
import picocli.CommandLine.Option;

/** Where pixels may change, what a run begins with, and which grays pictures are painted in. */
final class PlaceOptions {
  @Option(
      names = "--region",
      paramLabel = "REGION",
      description = {
        "Where pixels may change: all, center:FRACTION, edge:FRACTION, x0,y0,x1,y1 or mask:FILE"
            + " (its black pixels may change). @FROM..UNTIL limits a region to these generations,"
            + " as in center:0.5@0..3000; where several apply, the first counts. Default: all."
      })
  private List<String> regions = List.of();

  @Option(
      names = "--start",
      paramLabel = "START",
      description = {
        "Starting images of a run: pixel (one random pixel each), pixels:N, pixels:P%% (N pixels,"
            + " or P %% of the region), empty, a REGION (one pixel in it) or an image file."
            + " Default: as in the preset."
      })
  private @Nullable String start;

  @Option(
      names = "--background",
      paramLabel = "G",
      description = "Gray of the canvas, 0 black to 1 white. Default: 1.")
  private float background = 1;

  @Option(
      names = "--ink",
      paramLabel = "G",
      description = "Gray of the pixels that evolve, 0 black to 1 white. Default: 0.")
  private float ink;

  /**
   * Looks for founders that the method has no use for.
   *
   * @throws InvalidRequestException for them
   */
  void checkFor(MethodOptions method) {
    method.only("--start", start, MethodOptions.GENETIC, MethodOptions.ANNEALING);
  }

  /**
   * The options with these grays.
   *
   * @throws IllegalArgumentException for grays that can't be
   */
  EvolutionOptions tinted(EvolutionOptions base) {
    Tones tones = new Tones(background, ink);
    if (Math.round(background * 255) == Math.round(ink * 255)) {
      throw new IllegalArgumentException(
          "--ink must differ from --background by 1/255 or more to be seen in a picture, were "
              + (ink + " and " + background));
    }
    return base.withTones(tones);
  }

  /**
   * The options with these places on the canvas of a model.
   *
   * @throws InvalidRequestException for a place that there is not on this canvas
   * @throws IOException for a mask or an image that can't be read
   */
  EvolutionOptions on(Canvas canvas, EvolutionOptions base) throws IOException {
    PlaceReader reader = new PlaceReader(canvas, base.tones());
    try {
      EvolutionOptions placed =
          base.withRegions(
              InvalidRequestException.check(() -> RegionSchedule.parse(regions, reader::region)));
      return start == null ? placed : placed.withFounders(reader.founders(start));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
