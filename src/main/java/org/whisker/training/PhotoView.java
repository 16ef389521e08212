package org.whisker.training;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.image.Resample;
import org.whisker.image.Resample.Box;
import org.whisker.training.Augmentation.PhotoTreatment;

/**
 * What an {@link Augmentation} drew for one photo. It is the same view at every size: the same part
 * of the photo, shifted, mirrored, adjusted and erased alike, up to the rounding of a shift and of
 * a rectangle to whole pixels.
 *
 * @param crop the part that is seen, in pixels of the photo
 * @param contrast factor of the difference from the view's mean over all planes
 * @param brightness added to all values, which are then clamped to 0 to 1
 * @param treatment what is done last
 */
public record PhotoView(
    Box crop,
    Optional<MirroredShift> shift,
    boolean mirrored,
    float contrast,
    float brightness,
    Optional<Erased> erased,
    PhotoTreatment treatment) {
  /**
   * A rectangle of one gray.
   *
   * @param drawn the canvas whose pixels the other numbers count
   */
  record Erased(Canvas drawn, int left, int top, int width, int height, float gray) {
    static Erased draw(Canvas size, RandomGenerator random) {
      int width = (int) (size.width() * (0.1 + 0.3 * random.nextDouble()));
      int height = (int) (size.height() * (0.1 + 0.3 * random.nextDouble()));
      int left = random.nextInt(size.width() - width + 1);
      int top = random.nextInt(size.height() - height + 1);
      return new Erased(size, left, top, width, height, random.nextFloat());
    }

    void paint(float[] values, Canvas size) {
      int from = scaled(left, size.width(), drawn.width());
      int to = scaled(left + width, size.width(), drawn.width());
      int bottom = scaled(top + height, size.height(), drawn.height());
      for (int y = scaled(top, size.height(), drawn.height()); y < bottom; y++) {
        Arrays.fill(values, y * size.width() + from, y * size.width() + to, gray);
      }
    }

    private static int scaled(int place, int side, int drawnSide) {
      return (int) Math.round(place * (double) side / drawnSide);
    }
  }

  /** The view of {@code photo} at {@code size}: values of 0 to 1, plane after plane, row-major. */
  float[] of(PlanarImage photo, Canvas size) {
    float[] values = photo.eachPlane(plane -> placed(plane, size)).values();
    adjust(values);
    return PlanarImage.of(size, values).eachPlane(plane -> finished(plane, size)).values();
  }

  private GrayImage placed(GrayImage plane, Canvas size) {
    GrayImage seen = Resample.resize(plane, crop, size);
    float[] values = shift.map(by -> by.at(size).of(seen)).orElseGet(seen::values);
    if (mirrored) {
      mirror(values, size.width());
    }
    return new GrayImage(size, values);
  }

  private GrayImage finished(GrayImage plane, Canvas size) {
    float[] values = plane.values();
    erased.ifPresent(rectangle -> rectangle.paint(values, size));
    return new GrayImage(size, treatment.of(values, size));
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

  private void adjust(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    float mean = (float) (sum / values.length);
    for (int i = 0; i < values.length; i++) {
      float changed = (values[i] - mean) * contrast + mean + brightness;
      values[i] = Math.min(1f, Math.max(0f, changed));
    }
  }

  /**
   * Shifts a picture by whole pixels, horizontally and vertically, and fills the uncovered area
   * with the picture mirrored at its own border.
   *
   * <p>This leaves no cue: the fill consists of the photo, so it has no gray and no flatness that
   * photos don't have, and at the old border neighbours remain neighbours, so there is no step as
   * at the seam of a picture that is wrapped around. What remains is a line of symmetry, which is
   * equally frequent in cats and others. A fill of one gray would instead teach the network the
   * meaning of a uniform strip at the border, which is close to what is studied in evolved images.
   * In the mirrored picture, the depth of pixels (their distance from its border) is periodic with
   * the picture's side; so under shifts of up to half of it, each position of the canvas shows each
   * depth equally often, and nothing is learned about the centre that is not learned about the
   * edge.
   */
  public static final class MirroredShift {
    private final Canvas canvas;
    private final int right;
    private final int down;

    /**
     * A shift.
     *
     * @param most the largest shift, as a share of the canvas, at most ½
     * @param across from 0 (farthest left) to 1 (farthest right)
     * @param down from 0 (farthest up) to 1 (farthest down)
     */
    public MirroredShift(Canvas canvas, double most, double across, double down) {
      this(
          canvas,
          (int) Math.round((2 * across - 1) * most * canvas.width()),
          (int) Math.round((2 * down - 1) * most * canvas.height()));
    }

    private MirroredShift(Canvas canvas, int right, int down) {
      this.canvas = canvas;
      this.right = right;
      this.down = down;
    }

    /** The shift for a picture of another size, rounded to its pixels. */
    MirroredShift at(Canvas other) {
      return new MirroredShift(
          other,
          (int) Math.round(right * (double) other.width() / canvas.width()),
          (int) Math.round(down * (double) other.height() / canvas.height()));
    }

    /**
     * The picture, which must have this canvas, shifted; as row-major gray values in a new array.
     */
    public float[] of(GrayImage picture) {
      float[] from = picture.values();
      float[] moved = new float[canvas.pixels()];
      for (int y = 0; y < canvas.height(); y++) {
        int row = source(y - down, canvas.height()) * canvas.width();
        for (int x = 0; x < canvas.width(); x++) {
          moved[y * canvas.width() + x] = from[row + source(x - right, canvas.width())];
        }
      }
      return moved;
    }

    private static int source(int i, int side) {
      if (i < 0) {
        return -1 - i;
      }
      return i < side ? i : 2 * side - 1 - i;
    }
  }
}
