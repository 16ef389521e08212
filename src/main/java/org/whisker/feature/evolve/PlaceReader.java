package org.whisker.feature.evolve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.whisker.evolution.FounderRule;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.ImageFiles;
import org.whisker.image.PlanarImage;
import org.whisker.image.Region;
import org.whisker.image.Tones;
import org.whisker.job.InvalidRequestException;

/** Reads regions and founders as users type them, masks and images included. */
final class PlaceReader {
  private static final String MASK = "mask:";
  private static final String REGION = "all|cent(er|re):.*|edge:.*|mask:.*|[-0-9]+,.*";
  private static final float DARK = 0.5f;

  private final Canvas canvas;
  private final Tones tones;

  PlaceReader(Canvas canvas, Tones tones) {
    this.canvas = canvas;
    this.tones = tones;
  }

  /**
   * The region; of a mask, the pixels darker than ½.
   *
   * @throws UncheckedIOException if a mask can't be read
   */
  Region region(String text) {
    InvalidRequestException.refuse(
        !text.matches(REGION),
        "--region must be all, center:FRACTION, edge:FRACTION, x0,y0,x1,y1 or mask:FILE,"
            + " each with @FROM..UNTIL or without, was '"
            + text
            + "'");
    if (!text.startsWith(MASK)) {
      return InvalidRequestException.check(() -> Region.parse(canvas, text));
    }
    GrayImage mask = GrayImage.of(fitting(path(text.substring(MASK.length()))));
    boolean any = IntStream.range(0, canvas.pixels()).anyMatch(i -> mask.at(i) < DARK);
    InvalidRequestException.refuse(
        !any, text + " has no black pixel: black is where pixels may change");
    return Region.ofMask(canvas, text, i -> mask.at(i) < DARK);
  }

  /**
   * The founders; of an image, the pixels nearer to the ink than to the background.
   *
   * @throws UncheckedIOException if an image can't be read
   */
  FounderRule founders(String text) {
    if (text.equals("pixel")) {
      return new FounderRule.OnePixel();
    }
    if (text.equals("empty")) {
      return new FounderRule.Empty();
    }
    if (text.startsWith("pixels:")) {
      return pixels(text.substring("pixels:".length()));
    }
    if (text.matches(REGION)) {
      return new FounderRule.OnePixelIn(region(text));
    }
    Path file = path(text);
    InvalidRequestException.refuse(
        !Files.exists(file),
        "--start must be pixel, pixels:N, pixels:P%, empty, a region or an image file that there is,"
            + " was '"
            + text
            + "'");
    return new FounderRule.Image(tones.inked(fitting(file)));
  }

  private static FounderRule pixels(String count) {
    try {
      if (count.endsWith("%")) {
        double percent = Double.parseDouble(count.substring(0, count.length() - 1));
        return InvalidRequestException.check(() -> new FounderRule.Share(percent / 100));
      }
      int number = Integer.parseInt(count);
      return InvalidRequestException.check(() -> new FounderRule.Pixels(number));
    } catch (NumberFormatException e) {
      throw new InvalidRequestException(
          "--start pixels:N needs a whole number, or a percentage as in pixels:6%, was '"
              + count
              + "'");
    }
  }

  private PlanarImage fitting(Path file) {
    try {
      PlanarImage image = ImageFiles.read(file, tones.planes());
      InvalidRequestException.refuse(
          !image.canvas().equals(canvas),
          file + " is " + image.canvas() + ", the model takes " + canvas + ": resize it");
      return image;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new InvalidRequestException("not a file name: '" + name + "'");
    }
  }
}
