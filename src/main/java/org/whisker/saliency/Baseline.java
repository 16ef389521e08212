package org.whisker.saliency;

import java.util.Objects;
import java.util.function.Function;
import org.whisker.image.GrayImage;
import org.whisker.image.Raster;

/**
 * The reference input of an attribution. A pixel that equals its baseline gets an attribution of 0:
 * with a black baseline, black pixels get none, so evolved images (black on white) call for {@link
 * #white()}.
 *
 * @param name name in options and files
 * @param from gives the baseline of an image, of the same size
 */
public record Baseline(String name, Function<? super Raster, GrayImage> from) {
  public Baseline {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(from, "from");
  }

  /** White, the empty canvas. */
  public static Baseline white() {
    return gray("white", 1);
  }

  /** Black (0), as in the original gradient × input. */
  public static Baseline black() {
    return gray("black", 0);
  }

  /** Mid-gray (½). */
  public static Baseline gray() {
    return gray("gray", 0.5f);
  }

  private static Baseline gray(String name, float value) {
    return new Baseline(name, picture -> GrayImage.filled(picture.canvas(), value));
  }

  /** One baseline for all images. */
  public static Baseline image(String name, GrayImage image) {
    return new Baseline(name, picture -> image);
  }

  /**
   * The gray values of an image's baseline, row-major, 0 black to 1 white.
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
