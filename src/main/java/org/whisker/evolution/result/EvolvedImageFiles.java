package org.whisker.evolution.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.whisker.image.BlackPixels;
import org.whisker.image.ImageFiles;
import org.whisker.image.Tones;

/**
 * An image of a run as two files: {@code NAME.png}, one pixel per canvas pixel, and {@code
 * NAME.csv}, with one {@link PixelRow} per inked pixel.
 */
public final class EvolvedImageFiles {
  /** The name of a run's fittest image. */
  public static final String BEST = "best";

  private EvolvedImageFiles() {}

  /** Writes a run's fittest image, black on white, without the effects of its pixels. */
  public static void best(Path folder, BlackPixels best) throws IOException {
    best(folder, best, Tones.standard());
  }

  /** Writes a run's fittest image in the given tones, without the effects of its pixels. */
  public static void best(Path folder, BlackPixels best, Tones tones) throws IOException {
    picture(folder, BEST, best, tones);
    PixelRow.write(folder.resolve(BEST + ".csv"), best);
  }

  /**
   * Writes an image of a run with the effect of each pixel.
   *
   * @param name such as {@code best} or {@code minimal}
   * @param deltas change of the logit by each pixel, see {@link PixelRow}
   * @throws IllegalArgumentException unless there is one per pixel
   */
  public static void image(Path folder, String name, BlackPixels image, float[] deltas, Tones tones)
      throws IOException {
    if (deltas.length != image.count()) {
      throw new IllegalArgumentException(deltas.length + " changes for " + image.count());
    }
    picture(folder, name, image, tones);
    PixelRow.write(folder.resolve(name + ".csv"), image, deltas);
  }

  /** Writes the picture of an image of a run alone. */
  public static void picture(Path folder, String name, BlackPixels image, Tones tones)
      throws IOException {
    Files.createDirectories(folder);
    ImageFiles.writePng(folder.resolve(name + ".png"), tones.painted(image));
  }
}
