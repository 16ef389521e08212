package org.whisker.training;

import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.whisker.image.Box;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Resample;

/**
 * Augmentation of a training photo: a random crop resized to the input, optionally shifted,
 * randomly mirrored, with random contrast and brightness, and a rectangle erased with one gray.
 *
 * <p>With a shift, crops are taken from the photo's centre and then moved by {@link MirroredShift}.
 * The same random numbers give the same crops at every shift.
 *
 * @param leastArea smallest crop, as a share of the photo
 * @param mostAspect largest aspect ratio (width by height) of a crop, relative to the input's; its
 *     inverse is the smallest
 * @param contrast contrast is multiplied by 1 - contrast to 1 + contrast
 * @param brightness gray is shifted by at most this
 * @param eraseProbability probability of erasing a rectangle
 * @param shift largest offset of the centre of a photo from that of the canvas, horizontally and
 *     vertically, as a share of the canvas: 0 (always centred) to ½; empty: crops lie anywhere in
 *     the photo
 */
public record Augmentation(
    double leastArea,
    double mostAspect,
    double contrast,
    double brightness,
    double eraseProbability,
    OptionalDouble shift) {
  private static final double MIDDLE = 0.5;
  private static final double MOST_SHIFT = 0.5;

  public Augmentation {
    if (!(leastArea > 0 && leastArea <= 1 && mostAspect >= 1)) {
      throw new IllegalArgumentException(
          "crop area must be in (0, 1] and aspect at least 1: " + leastArea + ", " + mostAspect);
    }
    if (!(contrast >= 0 && contrast < 1 && brightness >= 0 && brightness < 1)) {
      throw new IllegalArgumentException(
          "contrast and brightness must be in [0, 1): " + contrast + ", " + brightness);
    }
    if (!(eraseProbability >= 0 && eraseProbability <= 1)) {
      throw new IllegalArgumentException("no probability: " + eraseProbability);
    }
    if (!(shift.orElse(0) >= 0 && shift.orElse(0) <= MOST_SHIFT)) {
      throw new IllegalArgumentException(
          "shift must be from 0 to 0.5 of the canvas, was " + shift.orElseThrow());
    }
  }

  /** Crops that lie anywhere in the photo. */
  public Augmentation(
      double leastArea,
      double mostAspect,
      double contrast,
      double brightness,
      double eraseProbability) {
    this(leastArea, mostAspect, contrast, brightness, eraseProbability, OptionalDouble.empty());
  }

  /** This, with crops of the photo's centre, shifted by up to this share of the canvas. */
  public Augmentation withShift(OptionalDouble other) {
    return new Augmentation(leastArea, mostAspect, contrast, brightness, eraseProbability, other);
  }

  public static Augmentation standard() {
    return new Augmentation(0.35, 4 / 3.0, 0.4, 0.2, 0.25);
  }

  /** The largest crop, anywhere along the longer side, mirrored or not, and nothing else. */
  public static Augmentation none() {
    return new Augmentation(1, 1, 0, 0, 0);
  }

  /** A variant of {@code photo} at {@code size}, as row-major gray values of 0 to 1. */
  float[] vary(GrayImage photo, Canvas size, RandomGenerator random) {
    Sides sides = sides(photo.canvas(), size, random);
    double across = random.nextDouble();
    double down = random.nextDouble();
    float[] values =
        shift.isEmpty()
            ? Resample.resize(photo, sides.in(photo.canvas(), across, down), size).values()
            : new MirroredShift(size, shift.getAsDouble(), across, down)
                .of(Resample.resize(photo, sides.in(photo.canvas(), MIDDLE, MIDDLE), size));
    if (random.nextBoolean()) {
      mirror(values, size.width());
    }
    adjust(values, random);
    if (random.nextDouble() < eraseProbability) {
      erase(values, size, random);
    }
    return values;
  }

  /** The sides of a crop, in pixels of the photo. */
  private record Sides(double width, double height) {
    /** The crop at this share of the free space to its left and above it. */
    Box in(Canvas photo, double across, double down) {
      double x = (photo.width() - width) * across;
      double y = (photo.height() - height) * down;
      return new Box(x, y, width, height);
    }
  }

  private Sides sides(Canvas photo, Canvas size, RandomGenerator random) {
    double area = leastArea + (1 - leastArea) * random.nextDouble();
    double aspect = Math.exp(Math.log(mostAspect) * (2 * random.nextDouble() - 1));
    double shape = aspect * size.width() / size.height();
    double pixels = area * photo.pixels();
    double width = Math.min(photo.width(), Math.sqrt(pixels * shape));
    double height = Math.min(photo.height(), width / shape);
    return new Sides(Math.min(width, height * shape), height);
  }

  static void mirror(float[] values, int width) {
    for (int row = 0; row < values.length; row += width) {
      for (int left = row, right = row + width - 1; left < right; left++, right--) {
        float swap = values[left];
        values[left] = values[right];
        values[right] = swap;
      }
    }
  }

  private void adjust(float[] values, RandomGenerator random) {
    float factor = (float) (1 + contrast * (2 * random.nextDouble() - 1));
    float shift = (float) (brightness * (2 * random.nextDouble() - 1));
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    float mean = (float) (sum / values.length);
    for (int i = 0; i < values.length; i++) {
      float changed = (values[i] - mean) * factor + mean + shift;
      values[i] = Math.min(1f, Math.max(0f, changed));
    }
  }

  private static void erase(float[] values, Canvas size, RandomGenerator random) {
    int width = (int) (size.width() * (0.1 + 0.3 * random.nextDouble()));
    int height = (int) (size.height() * (0.1 + 0.3 * random.nextDouble()));
    int left = random.nextInt(size.width() - width + 1);
    int top = random.nextInt(size.height() - height + 1);
    float gray = random.nextFloat();
    for (int y = top; y < top + height; y++) {
      java.util.Arrays.fill(values, y * size.width() + left, y * size.width() + left + width, gray);
    }
  }
}
