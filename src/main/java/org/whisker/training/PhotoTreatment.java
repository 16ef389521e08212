package org.whisker.training;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.whisker.dataset.PhotoCache.CachedPhoto;
import org.whisker.dataset.PhotoRings;
import org.whisker.dataset.PhotoSet.Label;
import org.whisker.image.Canvas;
import org.whisker.image.GrayImage;
import org.whisker.image.Resample;

/**
 * What is done to all training photos, to see which of their properties a network learns from. It
 * comes after all augmentation; validation and test photos stay as they are.
 */
public enum PhotoTreatment {
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
      return photo.photo().label() == Label.CAT || !PhotoRings.of(GrayImage.of(photo)).plainWhite();
    }
  };

  /** The gray values of a photo, 0 to 1 and row-major, as the network is to see them. */
  float[] of(float[] values, Canvas size) {
    return values;
  }

  /** Whether a photo is trained on at all. */
  boolean keeps(CachedPhoto photo) {
    return true;
  }

  /** The name in options, such as {@code white-border}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The treatment of that label.
   *
   * @throws IllegalArgumentException for any other
   */
  public static PhotoTreatment parse(String label) {
    return Arrays.stream(values())
        .filter(each -> each.label().equals(label))
        .findFirst()
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
