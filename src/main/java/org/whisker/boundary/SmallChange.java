package org.whisker.boundary;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.image.GaussianBlur;
import org.whisker.image.GrayImage;
import org.whisker.image.JpegRoundTrip;
import org.whisker.image.PlanarImage;
import org.whisker.image.Tones;

/** A change after which a person would still classify the picture the same. */
public sealed interface SmallChange {
  /** A short name with its parameters. */
  String label();

  /** The number of random draws; 1 if nothing is random. */
  default int draws() {
    return 1;
  }

  /**
   * The changed picture.
   *
   * @param tones the grays of background and ink
   * @param random used only if the change is random
   */
  GrayImage of(GrayImage picture, Tones tones, RandomGenerator random);

  /** The same of a picture of any planes; in colours, each plane is changed alike. */
  default PlanarImage ofAny(PlanarImage picture, Tones tones, RandomGenerator random) {
    return picture.eachPlane(plane -> of(plane, tones, random));
  }

  /** The unchanged picture. */
  record None() implements SmallChange {
    @Override
    public String label() {
      return "unchanged";
    }

    @Override
    public GrayImage of(GrayImage picture, Tones tones, RandomGenerator random) {
      return picture;
    }
  }

  /**
   * Shifted by whole pixels, with background filling the uncovered part.
   *
   * @param dx to the right
   * @param dy downwards
   */
  record Shift(int dx, int dy) implements SmallChange {
    @Override
    public String label() {
      return ("shift " + toward(dx, "left ", "right ") + toward(dy, "up ", "down ")).strip();
    }

    private static String toward(int by, String below, String above) {
      return by == 0 ? "" : (by < 0 ? below : above) + Math.abs(by) + " ";
    }

    @Override
    public GrayImage of(GrayImage picture, Tones tones, RandomGenerator random) {
      Canvas canvas = picture.canvas();
      float[] moved = new float[canvas.pixels()];
      for (int i = 0; i < moved.length; i++) {
        int x = canvas.x(i) - dx;
        int y = canvas.y(i) - dy;
        moved[i] = canvas.contains(x, y) ? picture.at(x, y) : tones.background();
      }
      return new GrayImage(canvas, moved);
    }
  }

  /**
   * Mirrored.
   *
   * @param leftRight whether left and right are swapped; otherwise top and bottom
   */
  record Flip(boolean leftRight) implements SmallChange {
    @Override
    public String label() {
      return leftRight ? "flip left-right" : "flip top-bottom";
    }

    @Override
    public GrayImage of(GrayImage picture, Tones tones, RandomGenerator random) {
      Canvas canvas = picture.canvas();
      float[] flipped = new float[canvas.pixels()];
      for (int i = 0; i < flipped.length; i++) {
        int x = canvas.x(i);
        int y = canvas.y(i);
        flipped[i] =
            leftRight
                ? picture.at(canvas.width() - 1 - x, y)
                : picture.at(x, canvas.height() - 1 - y);
      }
      return new GrayImage(canvas, flipped);
    }
  }

  /**
   * Blurred by a Gaussian.
   *
   * @param sigma its standard deviation in pixels
   */
  record Blur(double sigma) implements SmallChange {
    public Blur {
      if (!(sigma > 0 && sigma <= 100)) {
        throw new IllegalArgumentException("a blur is above 0 and at most 100, was " + sigma);
      }
    }

    @Override
    public String label() {
      return "blur " + sigma + " px";
    }

    @Override
    public GrayImage of(GrayImage picture, Tones tones, RandomGenerator random) {
      return GaussianBlur.of(picture, sigma);
    }
  }

  /**
   * Saved as JPEG and read again.
   *
   * @param quality 1 to 100
   */
  record Jpeg(int quality) implements SmallChange {
    public Jpeg {
      if (quality < 1 || quality > 100) {
        throw new IllegalArgumentException("JPEG quality is 1 to 100, was " + quality);
      }
    }

    @Override
    public String label() {
      return "JPEG " + quality;
    }

    @Override
    public GrayImage of(GrayImage picture, Tones tones, RandomGenerator random) {
      return JpegRoundTrip.of(picture, quality);
    }

    @Override
    public PlanarImage ofAny(PlanarImage picture, Tones tones, RandomGenerator random) {
      return JpegRoundTrip.of(picture, quality);
    }
  }

  /**
   * One more inked pixel, at a random position that has another gray.
   *
   * @param draws number of draws, at least 1
   */
  record ExtraPixel(int draws) implements SmallChange {
    public ExtraPixel {
      if (draws < 1) {
        throw new IllegalArgumentException("an extra pixel is drawn at least once, was " + draws);
      }
    }

    @Override
    public String label() {
      return "one extra pixel";
    }

    @Override
    public GrayImage of(GrayImage picture, Tones tones, RandomGenerator random) {
      float[] gray = picture.values();
      int[] free = IntStream.range(0, gray.length).filter(i -> gray[i] != tones.ink()).toArray();
      if (free.length > 0) {
        gray[free[random.nextInt(free.length)]] = tones.ink();
      }
      return new GrayImage(picture.canvas(), Arrays.copyOf(gray, gray.length));
    }

    @Override
    public PlanarImage ofAny(PlanarImage picture, Tones tones, RandomGenerator random) {
      if (picture instanceof GrayImage gray) {
        return of(gray, tones, random);
      }
      float[] values = picture.values();
      int pixels = picture.canvas().pixels();
      int[] free =
          IntStream.range(0, pixels).filter(i -> isOther(values, pixels, i, tones.ink())).toArray();
      if (free.length > 0) {
        int drawn = free[random.nextInt(free.length)];
        for (int at = drawn; at < values.length; at += pixels) {
          values[at] = tones.ink();
        }
      }
      return picture.with(values);
    }

    private static boolean isOther(float[] values, int pixels, int pixel, float ink) {
      for (int at = pixel; at < values.length; at += pixels) {
        if (values[at] != ink) {
          return true;
        }
      }
      return false;
    }
  }
}
