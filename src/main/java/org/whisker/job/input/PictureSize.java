package org.whisker.job.input;

import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Path;
import java.util.zip.CRC32;
import org.whisker.classifier.Classifier;
import org.whisker.image.Canvas;
import org.whisker.image.ImageFiles;
import org.whisker.image.PlanarImage;
import org.whisker.image.Raster;
import org.whisker.image.Resample;
import org.whisker.option.Option;
import org.whisker.value.Text;

/**
 * Brings pictures to the size that a classifier takes. Photos are resized; pictures of two grays,
 * such as evolved ones, only where that was asked for, since their single pixels don't survive it.
 *
 * @param canvas the size
 * @param planes the number of planes that the classifier sees: 3 to read the colours of photos, 1
 *     to read their gray
 * @param resize whether pictures of two grays are resized, too
 */
public record PictureSize(Canvas canvas, int planes, boolean resize) {
  /** Name of the option that asks for it. */
  public static final String OPTION = "--resize";

  private static final float ONE_STEP = 1.001f / 255;

  /** What a classifier takes. */
  public static PictureSize of(Classifier classifier, boolean resize) {
    return new PictureSize(classifier.canvas(), classifier.planes(), resize);
  }

  /**
   * The picture itself when it has that size; else its middle, resized.
   *
   * @param file the file that it is from, for the message
   * @throws IOException for a picture of two grays that is not to be resized
   */
  public Raster fit(String file, Raster picture) throws IOException {
    if (!resize && isResized(picture) && hasTwoGrays(picture)) {
      throw new IOException(
          "%s has single pixels in two grays, which don't survive resizing from %s to %s; %s does it all the same"
              .formatted(file, picture.canvas(), canvas, OPTION));
    }
    return fitted(picture, canvas);
  }

  /**
   * A picture of a file, at its own size.
   *
   * @throws IOException also where 0 and 1 of 255 are its only values, and so black to every eye
   */
  public Raster read(Path file) throws IOException {
    return seen(file.toString(), ImageFiles.read(file, planes));
  }

  /** Refuses a picture that was written as 0 and 1 in place of 0 and 255. */
  public static <R extends Raster> R seen(String file, R picture) throws IOException {
    float highest = 0;
    for (float value : picture.values()) {
      highest = Math.max(highest, value);
    }
    if (highest > 0 && highest <= ONE_STEP) {
      throw new IOException(
          file + " has no value above 1 of 255, and is seen as black; write 255 in place of 1");
    }
    return picture;
  }

  /** Whether the picture is of another size. */
  public boolean isResized(Raster picture) {
    return !picture.canvas().equals(canvas);
  }

  private static boolean hasTwoGrays(Raster picture) {
    if (picture.planes() > 1) {
      return false;
    }
    float[] gray = picture.grayValues();
    float first = gray[0];
    float second = first;
    for (float each : gray) {
      if (each != first && each != second) {
        if (second != first) {
          return false;
        }
        second = each;
      }
    }
    return second != first;
  }

  /** What is said where pictures were resized. */
  public String note(int resized, int all) {
    return Text.of("%d of %d images resized to %s, cropped to their middle", resized, all, canvas);
  }

  /**
   * A picture at the size that a classifier takes: itself when it has that size; else its middle,
   * resized.
   */
  public static Raster fitted(Raster picture, Canvas canvas) {
    if (picture.canvas().equals(canvas)) {
      return picture;
    }
    return Resample.shorterSideThenCentreCrop(PlanarImage.from(picture), canvas);
  }

  /** A checksum of the values, to tell whether two pictures are the same. */
  public static String crc(Raster picture) {
    CRC32 crc = new CRC32();
    for (float value : picture.values()) {
      int bits = Float.floatToIntBits(value);
      for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
        crc.update(bits >>> shift);
      }
    }
    return Long.toHexString(crc.getValue());
  }

  /** {@code --resize}: whether pictures of two grays are resized, too. */
  @Option(
      names = OPTION,
      help =
          "Also resize images of two grays, such as evolved ones, which are refused otherwise:"
              + " single pixels don't survive it. Photos are always resized.")
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  public @interface Resize {}
}
