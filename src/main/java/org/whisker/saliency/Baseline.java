package org.whisker.saliency;

import java.util.Objects;
import java.util.function.Function;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;

/**
 * What a picture is compared with, pixel by pixel. A pixel that equals its baseline is given no
 * part in the result: against black, black pixels get nothing, so evolved pictures, black on white,
 * want {@link #white()}.
 *
 * @param name as users type it
 * @param from the baseline of a picture, of the same size
 */
public record Baseline(String name, Function<? super Raster, GrayImage> from) {
  public Baseline {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(from, "from");
  }

  /** The empty canvas. */
  public static Baseline white() {
    return gray("white", 1);
  }

  /** Black; with it, gradient × input is the input times the gradient. */
  public static Baseline black() {
    return gray("black", 0);
  }

  /** Half-way from black to white. */
  public static Baseline gray() {
    return gray("gray", 0.5f);
  }

  private static Baseline gray(String name, float value) {
    return new Baseline(name, picture -> GrayImage.filled(picture.canvas(), value));
  }

  /** One image for all pictures. */
  public static Baseline image(String name, GrayImage image) {
    return new Baseline(name, picture -> image);
  }

  /**
   * The gray values of a picture's baseline.
   *
   * @throws IllegalArgumentException if it is of another size
   */
  public float[] values(Raster picture) {
    GrayImage baseline = from.apply(picture);
    if (!baseline.canvas().equals(picture.canvas())) {
      throw new IllegalArgumentException(
          "baseline " + name + " is " + baseline.canvas() + ", the picture " + picture.canvas());
    }
    return baseline.values();
  }
}
