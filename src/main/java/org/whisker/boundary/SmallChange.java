package org.whisker.boundary;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.whisker.image.Canvas;
import org.whisker.image.GaussianBlur;
import org.whisker.image.GrayImage;
import org.whisker.image.JpegRoundTrip;
import org.whisker.image.PlanarImage;
import org.whisker.image.Tones;
import org.whisker.value.Checks;

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
   * @param tones the colours of background and ink
   * @param random used only if the change is random
   */
  GrayImage of(GrayImage picture, Tones tones, RandomGenerator random);

  /** Changes a picture of any planes; in colours, each plane is changed alike. */
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
      return GrayImage.of(ofAny(picture, tones, random));
    }

    @Override
    public PlanarImage ofAny(PlanarImage picture, Tones tones, RandomGenerator random) {
      Canvas canvas = picture.canvas();
      float[] moved = tones.background().filled(canvas, picture.planes()).values();
      for (int i = 0; i < moved.length; i++) {
        int pixel = i % canvas.pixels();
        int x = canvas.x(pixel) - dx;
        int y = canvas.y(pixel) - dy;
        if (canvas.contains(x, y)) {
          moved[i] = picture.at(i - pixel + canvas.index(x, y));
        }
      }
      return picture.with(moved);
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
      Checks.require(sigma > 0 && sigma <= 100, "a blur is above 0 and at most 100, was %s", sigma);
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
      Checks.refuse(quality < 1 || quality > 100, "JPEG quality is 1 to 100, was %s", quality);
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
      Checks.refuse(draws < 1, "an extra pixel is drawn at least once, was %s", draws);
    }

    @Override
    public String label() {
      return "one extra pixel";
    }

    @Override
    public GrayImage of(GrayImage picture, Tones tones, RandomGenerator random) {
      return GrayImage.of(ofAny(picture, tones, random));
    }

    @Override
    public PlanarImage ofAny(PlanarImage picture, Tones tones, RandomGenerator random) {
      PlanarImage ink = tones.ink().filled(picture.canvas(), picture.planes());
      int[] free =
          IntStream.range(0, picture.canvas().pixels())
              .filter(i -> !ink.isSameAt(picture, i))
              .toArray();
      float[] values = picture.values();
      if (free.length > 0) {
        ink.copyTo(values, free[random.nextInt(free.length)]);
      }
      return picture.with(values);
    }
  }
}
