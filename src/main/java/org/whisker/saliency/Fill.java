package org.whisker.saliency;

import org.whisker.image.GaussianBlur;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.image.Tone;
import org.whisker.value.Checks;

/** The replacement of occluded or removed pixels. */
public sealed interface Fill {
  /** The fully replaced image, of which the occluded part is used; it has the picture's planes. */
  PlanarImage of(Raster picture);

  /** White, the background of evolved images. */
  static Fill white() {
    return new Gray(1);
  }

  static Fill black() {
    return new Gray(0);
  }

  /**
   * A constant gray.
   *
   * @param value 0 black to 1 white
   */
  record Gray(float value) implements Fill {
    public Gray {
      Checks.require(value >= 0 && value <= 1, "a fill's gray is from 0 to 1, was %s", value);
    }

    @Override
    public PlanarImage of(Raster picture) {
      return PlanarImage.filled(picture.canvas(), value, picture.planes());
    }

    @Override
    public String toString() {
      return value == 1 ? "white" : value == 0 ? "black" : "gray:" + value;
    }
  }

  /** A constant colour, of which gray pictures have the luma. */
  record Of(Tone tone) implements Fill {
    @Override
    public PlanarImage of(Raster picture) {
      return tone.filled(picture.canvas(), picture.planes());
    }

    @Override
    public String toString() {
      return tone.toString();
    }
  }

  /** The mean gray of the image, or its mean colour. */
  record Mean() implements Fill {
    @Override
    public PlanarImage of(Raster picture) {
      return PlanarImage.from(picture).eachPlane(Mean::of);
    }

    private static GrayImage of(GrayImage plane) {
      double sum = 0;
      for (float gray : plane.values()) {
        sum += gray;
      }
      return GrayImage.filled(plane.canvas(), (float) (sum / plane.canvas().pixels()));
    }

    @Override
    public String toString() {
      return "mean";
    }
  }

  /**
   * The image blurred by a Gaussian with mirrored borders: removes fine structure and keeps the
   * mean.
   *
   * @param sigma its standard deviation in pixels, above 0, at most 1000
   */
  record Blur(double sigma) implements Fill {
    public Blur {
      if (!(sigma > 0 && sigma <= 1000)) {
        throw new IllegalArgumentException(
            "a blur's sigma is above 0 and at most 1000 pixels, was " + sigma);
      }
    }

    @Override
    public PlanarImage of(Raster picture) {
      return GaussianBlur.of(PlanarImage.from(picture), sigma);
    }

    @Override
    public String toString() {
      return "blur:" + sigma;
    }
  }

  /**
   * Reads {@code white}, {@code black}, {@code mean}, {@code gray:VALUE} or {@code blur:SIGMA}, as
   * {@code toString} gives them.
   */
  static Fill parse(String text) {
    try {
      return switch (text) {
        case "white" -> white();
        case "black" -> black();
        case "mean" -> new Mean();
        default -> withNumber(text);
      };
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("no number in fill " + text, e);
    }
  }

  private static Fill withNumber(String text) {
    if (text.startsWith("gray:")) {
      return new Gray(Float.parseFloat(text.substring("gray:".length())));
    }
    if (text.startsWith("blur:")) {
      return new Blur(Double.parseDouble(text.substring("blur:".length())));
    }
    if (text.startsWith("#")) {
      return new Of(Tone.parse(text));
    }
    throw new IllegalArgumentException(
        "fill must be white, black, mean, gray:VALUE, blur:SIGMA or #RRGGBB, was " + text);
  }
}
