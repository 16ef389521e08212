package org.whisker.feature.saliency;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.whisker.image.Canvas;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.image.Tone;
import org.whisker.job.InvalidRequestException;
import org.whisker.option.Option;
import org.whisker.option.Options;
import org.whisker.saliency.Fill;
import org.whisker.saliency.Inputs;
import org.whisker.saliency.MethodSettings.Baseline;
import org.whisker.saliency.OcclusionOptions;
import org.whisker.saliency.OcclusionOptions.OcclusionBorder;
import org.whisker.value.Text;

/**
 * How to occlude, and what a hidden place shows in any method.
 *
 * @param fill what a hidden place shows, see {@link ReferenceGray#parse}
 */
public record OcclusionConfig(
    @Option(
            parser = Window.class,
            names = "--window",
            label = "W|WxH",
            help = "Size of the occluding window in pixels. Default: 16, or the image's side.")
        Optional<Size> window,
    @Option(
            names = "--stride",
            label = "N",
            help = "Distance between windows in pixels. Default: 4, or the window's side.")
        OptionalInt stride,
    @Option(
            parser = Border.class,
            names = "--border",
            label = "B",
            defaultValue = "full-windows",
            help = {
              "full-windows (whole windows only), captum (the last window is cut at the border) or"
                  + " wrap (windows continue at the opposite border, so all pixels are covered"
                  + " equally often)."
            })
        OcclusionBorder border,
    @Option(
            names = "--fill",
            label = "F",
            defaultValue = "auto",
            help =
                "What occlusion and rise put in place of hidden pixels: white, black, gray, mean or"
                    + " blur. Default: ${DEFAULT-VALUE}, see below.")
        String fill,
    @Option(
            names = "--verify",
            help = {
              "Score a sample of the windows again by full passes; fail if a logit differs by more"
                  + " than 1e-4."
            })
        boolean verify) {
  private static final int WINDOW = 16;
  private static final int STRIDE = 4;
  private static final int VERIFIED = 64;

  /** A size in pixels. */
  public record Size(int width, int height) {
    private static Size within(Canvas canvas) {
      return new Size(Math.min(WINDOW, canvas.width()), Math.min(WINDOW, canvas.height()));
    }

    private int shorter() {
      return Math.min(width, height);
    }
  }

  /** Reads a side, or a width and a height. */
  static final class Window implements Option.Parser<Size> {
    @Override
    public Size parse(String text) {
      InvalidRequestException.refuse(
          !text.matches("[0-9]{1,5}(x[0-9]{1,5})?"),
          "--window must be a side or WIDTHxHEIGHT in pixels, was '" + text + "'");
      String[] sides = text.split("x", -1);
      return new Size(Integer.parseInt(sides[0]), Integer.parseInt(sides[sides.length - 1]));
    }
  }

  /** Reads what becomes of windows at the border. */
  static final class Border implements Option.Parser<OcclusionBorder> {
    @Override
    public OcclusionBorder parse(String text) {
      try {
        return OcclusionBorder.parse(text);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("--" + e.getMessage(), e);
      }
    }
  }

  public OcclusionConfig {
    ReferenceGray.parse("--fill", fill);
  }

  /** The default options: whole windows of 16 x 16 pixels every 4, filled as suits the picture. */
  public static OcclusionConfig standard() {
    return Options.of(OcclusionConfig.class).defaults();
  }

  /** Sets the window and the distance between windows, in pixels. */
  public OcclusionConfig withWindow(int width, int height, int other) {
    return new OcclusionConfig(
        Optional.of(new Size(width, height)), OptionalInt.of(other), border, fill, verify);
  }

  /**
   * The windows on a canvas.
   *
   * @throws InvalidRequestException for what can't be there
   */
  OcclusionWindows on(Canvas canvas) {
    Size size = window.orElseGet(() -> Size.within(canvas));
    int step = stride.orElseGet(() -> Math.min(STRIDE, size.shorter()));
    InvalidRequestException.refuse(
        size.shorter() < 1 || size.width > canvas.width() || size.height > canvas.height(),
        Text.of(
            "--window must be within the %s image, was %dx%d", canvas, size.width, size.height));
    InvalidRequestException.refuse(
        step < 1 || step > size.shorter(),
        Text.of(
                "--stride must be from 1 to the window's side, so that no pixel is left out; was %d"
                    + " with a",
                step)
            + Text.of(" %dx%d window", size.width, size.height));
    return new OcclusionWindows(
        size.width,
        size.height,
        step,
        border,
        ReferenceGray.parse("--fill", fill),
        verify ? VERIFIED : 0);
  }

  /**
   * Occlusion windows for pictures of one size, and what a hidden place shows.
   *
   * @param verified how many windows to score again, of those scored and of those not
   */
  record OcclusionWindows(
      int width, int height, int stride, OcclusionBorder border, ReferenceGray fill, int verified) {
    OcclusionOptions options(Raster picture, Tone background) {
      return new OcclusionOptions(width, height, stride, fill.fill(picture, background), border);
    }

    Map<String, Object> describe() {
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("window", width + "x" + height);
      map.put("stride", stride);
      map.put("border", border.toString());
      map.put("fill", fill.word());
      map.put("verified_windows", verified);
      return map;
    }
  }

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
        return Inputs.blackOnWhite(picture)
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
}
