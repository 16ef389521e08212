package org.whisker.training;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.whisker.dataset.DuplicateGroup.PhotoRings;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.PlanarImage;
import org.whisker.image.Resample;
import org.whisker.image.Resample.Box;
import org.whisker.option.Entry;
import org.whisker.option.Records;
import org.whisker.training.PhotoView.MirroredShift;
import org.whisker.value.Labelled;

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
 * @param treatment what is done to each photo after all this
 */
public record Augmentation(
    @Entry("crop-area") double leastArea,
    @Entry("crop-aspect") double mostAspect,
    double contrast,
    double brightness,
    @Entry("erase") double eraseProbability,
    OptionalDouble shift,
    @Entry(value = "treat", unless = "none") PhotoTreatment treatment) {
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
    this(
        leastArea,
        mostAspect,
        contrast,
        brightness,
        eraseProbability,
        OptionalDouble.empty(),
        PhotoTreatment.NONE);
  }

  /** Returns a copy with crops of the photo's centre, shifted by up to this share of the canvas. */
  public Augmentation withShift(OptionalDouble other) {
    return Records.changed(this, Augmentation::shift).to(other);
  }

  /** Returns a copy whose photos are treated so. */
  public Augmentation withTreatment(PhotoTreatment other) {
    return Records.changed(this, Augmentation::treatment).to(other);
  }

  public static Augmentation standard() {
    return new Augmentation(0.35, 4 / 3.0, 0.4, 0.2, 0.25);
  }

  /** The largest crop, anywhere along the longer side, mirrored or not, and nothing else. */
  public static Augmentation none() {
    return new Augmentation(1, 1, 0, 0, 0);
  }

  /** What is done to this photo: a treatment may be of some photos alone. */
  Augmentation of(CachedPhoto photo) {
    return treatment.treats(photo) ? this : withTreatment(PhotoTreatment.NONE);
  }

  /** A variant of {@code photo} at {@code size}, in as many planes. */
  float[] vary(PlanarImage photo, Canvas size, RandomGenerator random) {
    return draw(photo.canvas(), size, random).of(photo, size);
  }

  /**
   * Draws a variant of a photo.
   *
   * @param photo the photo's own size
   * @param size at which it is drawn: crops get its shape, erased rectangles are whole pixels of it
   */
  PhotoView draw(Canvas photo, Canvas size, RandomGenerator random) {
    Sides sides = sides(photo, size, random);
    double across = random.nextDouble();
    double down = random.nextDouble();
    Optional<MirroredShift> shifted =
        shift.isEmpty()
            ? Optional.empty()
            : Optional.of(new MirroredShift(size, shift.getAsDouble(), across, down));
    Box crop = shift.isEmpty() ? sides.in(photo, across, down) : sides.in(photo, MIDDLE, MIDDLE);
    boolean mirrored = random.nextBoolean();
    float factor = (float) (1 + contrast * (2 * random.nextDouble() - 1));
    float brighter = (float) (brightness * (2 * random.nextDouble() - 1));
    Optional<PhotoView.Erased> erased =
        random.nextDouble() < eraseProbability
            ? Optional.of(PhotoView.Erased.draw(size, random))
            : Optional.empty();
    return new PhotoView(crop, shifted, mirrored, factor, brighter, erased, treatment);
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

  /**
   * What is done to training photos, to see which of their properties a network learns from. It
   * comes after all augmentation; validation and test photos stay as they are.
   */
  public enum PhotoTreatment implements Labelled {
    /** Photos as they are. */
    NONE,
    /** Each photo is shrunk to three quarters and stands on white. */
    WHITE_BORDER {
      @Override
      float[] of(float[] values, Canvas size) {
        Canvas inner = new Canvas(size.width() * 3 / 4, size.height() * 3 / 4);
        float[] small = Resample.resize(new GrayImage(size, values), inner).values();
        float[] framed = new float[values.length];
        Arrays.fill(framed, 1);
        int left = (size.width() - inner.width()) / 2;
        int top = (size.height() - inner.height()) / 2;
        for (int y = 0; y < inner.height(); y++) {
          int to = (top + y) * size.width() + left;
          System.arraycopy(small, y * inner.width(), framed, to, inner.width());
        }
        return framed;
      }
    },
    /** The outer eighth on each side is blurred to blocks of an eighth of the side. */
    BLURRED_BORDER {
      @Override
      float[] of(float[] values, Canvas size) {
        Canvas coarse = new Canvas(Math.min(8, size.width()), Math.min(8, size.height()));
        GrayImage blurred =
            Resample.resize(Resample.resize(new GrayImage(size, values), coarse), size);
        float[] treated = values.clone();
        int depth = Math.min(size.width(), size.height()) / 8;
        for (int i = 0; i < treated.length; i++) {
          if (size.borderDistance(i) < depth) {
            treated[i] = blurred.values()[i];
          }
        }
        return treated;
      }
    },
    /** White becomes black, and black white. */
    INVERTED {
      @Override
      float[] of(float[] values, Canvas size) {
        float[] treated = new float[values.length];
        for (int i = 0; i < treated.length; i++) {
          treated[i] = 1 - values[i];
        }
        return treated;
      }
    },
    /** Photos of other things than cats that show something on plain white are left out. */
    NO_PLAIN_WHITE {
      @Override
      boolean keeps(CachedPhoto photo) {
        return photo.photo().label() == Label.CAT
            || !PhotoRings.of(GrayImage.of(photo)).plainWhite();
      }
    },
    /** A quarter of the photos of cats fade to plain white around their middle. */
    CATS_ON_WHITE(Label.CAT),
    /** A quarter of the photos of other things fade to plain white around their middle. */
    OTHERS_ON_WHITE(Label.NOT_CAT);

    /**
     * Radii, as shares of the canvas, within which a photo is seen, and beyond which all is white.
     */
    private static final double SEEN = 0.25;

    private static final double GONE = 0.4;

    /** The class of which a quarter fades to white, where that is what is done. */
    private final @Nullable Label faded;

    PhotoTreatment() {
      this(null);
    }

    PhotoTreatment(@Nullable Label faded) {
      this.faded = faded;
    }

    /** The same quarter in every epoch, every network and every file order. */
    private static boolean isInQuarter(CachedPhoto photo) {
      CRC32 sum = new CRC32();
      sum.update(photo.bytes());
      return sum.getValue() % 4 == 0;
    }

    private static float[] onPlainWhite(float[] values, Canvas size) {
      float[] treated = new float[values.length];
      for (int i = 0; i < treated.length; i++) {
        double across = (size.x(i) + 0.5) / size.width() - 0.5;
        double down = (size.y(i) + 0.5) / size.height() - 0.5;
        double away = (Math.hypot(across, down) - SEEN) / (GONE - SEEN);
        double white = Math.min(1, Math.max(0, away));
        treated[i] = (float) (values[i] + (1 - values[i]) * white);
      }
      return treated;
    }

    /** The gray values of a photo, 0 to 1 and row-major, as the network is to see them. */
    float[] of(float[] values, Canvas size) {
      return faded == null ? values : onPlainWhite(values, size);
    }

    /** Whether this is done to a photo. */
    boolean treats(CachedPhoto photo) {
      return faded == null || (photo.photo().label() == faded && isInQuarter(photo));
    }

    /** Whether a photo is trained on at all. */
    boolean keeps(CachedPhoto photo) {
      return true;
    }

    /** The name in options, such as {@code white-border}. */
    @Override
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The treatment of that label.
     *
     * @throws IllegalArgumentException for any other
     */
    public static PhotoTreatment parse(String label) {
      return Labelled.find(values(), label)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "a treatment of photos is one of %s, was %s"
                          .formatted(
                              Arrays.stream(values())
                                  .map(PhotoTreatment::label)
                                  .collect(Collectors.joining(", ")),
                              label)));
    }
  }
}
