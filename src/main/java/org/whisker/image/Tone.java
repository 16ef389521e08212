package org.whisker.image;

import java.util.Arrays;
import java.util.List;
import org.whisker.value.Checks;
import org.whisker.value.Text;

/**
 * A colour that pixels are painted in: its red, green and blue from 0 to 1, which are the same for
 * a gray, 0 black to 1 white.
 */
public record Tone(float red, float green, float blue) {
  private static final int LEVELS = 255;

  public Tone {
    check(red);
    check(green);
    check(blue);
  }

  private static void check(float value) {
    Checks.require(value >= 0 && value <= 1, "must be 0 (black) to 1 (white), was %s", value);
  }

  public static Tone gray(float value) {
    return new Tone(value, value, value);
  }

  /**
   * Reads a gray such as 0.5, or a colour such as {@code #ff8000}.
   *
   * @throws IllegalArgumentException for anything else
   */
  public static Tone parse(String text) {
    if (text.matches("#[0-9a-fA-F]{6}")) {
      int rgb = Integer.parseInt(text.substring(1), 16);
      return new Tone(level(rgb >> 16), level(rgb >> 8), level(rgb));
    }
    try {
      return gray((float) Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "must be a gray from 0 to 1 or a colour such as #ff8000, was '" + text + "'", e);
    }
  }

  private static float level(int bits) {
    return (bits & LEVELS) / (float) LEVELS;
  }

  /** The colour of a pixel. */
  public static Tone of(PlanarImage picture, int pixel) {
    int pixels = picture.canvas().pixels();
    return picture.planes() == 1
        ? gray(picture.at(pixel))
        : new Tone(picture.at(pixel), picture.at(pixels + pixel), picture.at(2 * pixels + pixel));
  }

  public boolean isGray() {
    return red == green && green == blue;
  }

  /** Gray value, 0 to 1: of a colour its luma. */
  public float gray() {
    return isGray() ? red : Luma.of(red, green, blue);
  }

  /** The values of the planes: one for a gray, red, green and blue for a colour. */
  public List<Float> values() {
    return isGray() ? List.of(red) : List.of(red, green, blue);
  }

  /**
   * Value in a plane of a picture of {@code planes} planes: gray if it has one, else red, green or
   * blue.
   */
  float in(int plane, int planes) {
    return planes == 1 ? gray() : plane == 0 ? red : plane == 1 ? green : blue;
  }

  /** A picture of this colour alone, in {@code planes} planes. */
  public PlanarImage filled(Canvas canvas, int planes) {
    float[] values = new float[planes * canvas.pixels()];
    for (int plane = 0; plane < planes; plane++) {
      int from = plane * canvas.pixels();
      Arrays.fill(values, from, from + canvas.pixels(), in(plane, planes));
    }
    return PlanarImage.of(canvas, values);
  }

  /** Rounds to 255ths, as a picture file stores it. */
  public Tone rounded() {
    return new Tone(rounded(red), rounded(green), rounded(blue));
  }

  private static float rounded(float value) {
    return Math.round(value * LEVELS) / (float) LEVELS;
  }

  /** How far apart two colours are: the sum over red, green and blue. */
  float distance(Tone other) {
    return Math.abs(red - other.red) + Math.abs(green - other.green) + Math.abs(blue - other.blue);
  }

  public String hex() {
    return Text.of(
        "#%02x%02x%02x",
        Math.round(red * LEVELS), Math.round(green * LEVELS), Math.round(blue * LEVELS));
  }

  /** What {@link #parse} reads, up to a 255th of a colour: a number for a gray, or text. */
  public Object written() {
    return isGray() ? (Object) red : hex();
  }

  /** A gray as its number, a colour as {@code #rrggbb}. */
  @Override
  public String toString() {
    return String.valueOf(written());
  }
}
