package org.whisker.feature.saliency;

import java.util.List;
import java.util.Locale;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.image.Tone;
import org.whisker.saliency.Fill;
import org.whisker.saliency.Inputs.BlackOnWhite;
import org.whisker.saliency.MethodSettings.Baseline;

/** What a picture is compared with, as users name it; {@code auto} depends on the picture. */
public sealed interface ReferenceGray {
  String AUTO = "auto";
  List<String> WORDS = List.of(AUTO, "white", "black", "gray", "mean", "blur");

  /** How wide a blur is, as a share of the shorter side. */
  double BLUR = 1 / 16.0;

  /** The word that users type. */
  String word();

  /** The filling of what is hidden in a picture. */
  Fill fill(Raster picture, Tone background);

  /** The baseline that a picture is compared with. */
  default Baseline baseline(Raster picture, Tone background) {
    Fill fill = fill(picture, background);
    return new Baseline(fill.toString(), fill::of);
  }

  static boolean isWord(String text) {
    return WORDS.contains(text) || text.matches("(gray|blur):.*|#.*");
  }

  /**
   * Reads one of the {@link #WORDS}, or {@code gray:VALUE} or {@code blur:SIGMA}.
   *
   * @throws IllegalArgumentException for another, naming the option
   */
  static ReferenceGray parse(String option, String text) {
    if (WORDS.contains(text)) {
      return new Word(text);
    }
    try {
      return new Given(text, Fill.parse(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          option
              + " must be auto, white, black, mean, gray or gray:VALUE, blur or blur:SIGMA, was '"
              + text
              + "'",
          e);
    }
  }

  static ReferenceGray image(String name, PlanarImage image) {
    return new Image(name, image);
  }

  /** A reference by one of the words. */
  record Word(String word) implements ReferenceGray {
    @Override
    public Fill fill(Raster picture, Tone background) {
      return switch (word) {
        case "gray" -> new Fill.Gray(0.5f);
        case "blur" -> new Fill.Blur(sigma(picture));
        case AUTO -> fitting(picture, background);
        default -> Fill.parse(word);
      };
    }

    private static double sigma(Raster picture) {
      int side = Math.min(picture.canvas().width(), picture.canvas().height());
      return Math.max(0.5, BLUR * side);
    }

    /** White takes black pixels away, but says nothing of the white canvas. */
    private static Fill fitting(Raster picture, Tone background) {
      if (!background.equals(Tone.gray(1))) {
        return background.isGray() ? new Fill.Gray(background.gray()) : new Fill.Of(background);
      }
      return BlackOnWhite.of(picture)
          .map(black -> black.count() == 0 ? Fill.black() : Fill.white())
          .orElseGet(Fill.Mean::new);
    }
  }

  /** A reference with a number, such as {@code gray:0.3}. */
  record Given(String word, Fill given) implements ReferenceGray {
    @Override
    public Fill fill(Raster picture, Tone background) {
      return given;
    }
  }

  /** An image, for a baseline alone. */
  record Image(String word, PlanarImage image) implements ReferenceGray {
    @Override
    public Fill fill(Raster picture, Tone background) {
      throw new UnsupportedOperationException("windows are not filled with " + word);
    }

    @Override
    public Baseline baseline(Raster picture, Tone background) {
      return Baseline.image(word.toLowerCase(Locale.ROOT), image);
    }
  }
}
