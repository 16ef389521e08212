package org.whisker.position.result;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.whisker.image.Canvas;
import org.whisker.position.Interactions;
import org.whisker.position.PixelPair;
import org.whisker.table.MapFiles;

/**
 * The tables of a probe. Maps are indexed by place: x and y are those of a block's top left pixel.
 * The maps of a mode are {@code probe} and {@code predicted}, with the suffix {@code _remove} when
 * pixels are set to white.
 */
public final class ProbeTables {
  /** Measured Δlogit of not-cat by place; 0 where the change does not alter the image. */
  public static final String PROBE = "probe";

  /** Δlogit as predicted by the gradient. */
  public static final String PREDICTED = "predicted";

  private ProbeTables() {}

  /** The name of a mode's file. */
  public static String name(String what, boolean adds) {
    return adds ? what : what + "_remove";
  }

  /**
   * Writes all measurements: maps, {@code profile.csv}, {@code summary.csv} and the gradient.
   *
   * @param gradient of the logit of not-cat by pixel, in logits per step of gray
   * @param parts number of bins of edge rank in the profile
   */
  public static void write(
      Path folder, List<ProbeMode> modes, Canvas canvas, float[] gradient, int parts)
      throws IOException {
    for (ProbeMode mode : modes) {
      boolean adds = mode.label().equals(ProbeMode.ADD);
      Canvas places = mode.map().canvas();
      MapFiles.write(folder.resolve(name(PROBE, adds)), places, mode.map().values(), "delta_logit");
      MapFiles.write(
          folder.resolve(name(PREDICTED, adds)),
          places,
          mode.prediction(),
          "predicted_delta_logit");
    }
    MapFiles.write(
        folder.resolve("gradient"), canvas, MapFiles.doubles(gradient), "logits_per_step");
    ProbeRingRow.TABLE.write(
        folder.resolve(ProbeRingRow.FILE),
        modes.stream().flatMap(mode -> ProbeRingRow.of(mode, parts).stream()).toList());
    ProbeModeRow.TABLE.write(
        folder.resolve(ProbeModeRow.FILE), modes.stream().map(ProbeModeRow::of).toList());
  }

  /** Writes {@code pairs.csv} and {@code interactions.csv}. */
  public static void write(
      Path folder, Canvas places, List<PixelPair> pairs, Interactions interactions)
      throws IOException {
    PixelPairRow.TABLE.write(
        folder.resolve(PixelPairRow.FILE),
        pairs.stream().map(pair -> PixelPairRow.of(places, pair)).toList());
    InteractionRow.TABLE.write(
        folder.resolve(InteractionRow.FILE), InteractionRow.of(interactions));
  }
}
