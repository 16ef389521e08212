package org.whisker.ablation;

import java.util.Collections;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.whisker.value.Checks;

/** A transform between an evolved image and the network; applied by {@link ArmSource}. */
public sealed interface InputTransform {
  /** Name in files and messages. */
  String label();

  record Direct() implements InputTransform {
    @Override
    public String label() {
      return "direct";
    }
  }

  /**
   * A flat fitness without a network: every image has the same logit, so only the operators act.
   */
  record Flat() implements InputTransform {
    @Override
    public String label() {
      return "flat";
    }
  }

  /**
   * The image is rolled over the borders by an offset that is fixed within a run and drawn anew for
   * each run: the null of a positional preference under selection. The search is exactly as
   * difficult, with the same operators, founders, border handling and canvas, but on average over
   * runs no position is better than another.
   *
   * @param then what follows the roll
   */
  record Rolled(InputTransform then) implements InputTransform {
    public Rolled {
      if (!(then instanceof Direct || then instanceof Noise)) {
        throw new IllegalArgumentException("nothing is rolled before " + then.label());
      }
    }

    public Rolled() {
      this(new Direct());
    }

    @Override
    public String label() {
      return then instanceof Direct ? "rolled" : "rolled-" + then.label();
    }
  }

  /**
   * White is replaced by noise, fixed within a run and different between runs.
   *
   * @param low darkest gray of the noise, 0 to 1; the lightest is 1
   */
  record Noise(float low) implements InputTransform {
    public Noise {
      Checks.require(low > 0 && low < 1, "noise must begin between 0 and 1, was %s", low);
    }

    @Override
    public String label() {
      return "noise-" + low;
    }
  }

  /**
   * White is replaced by a photo, another for each run, so that a search makes pixels of photos
   * black.
   *
   * @param photos the grays of each photo, row-major, by the seed of the run
   * @param digest tells these photos from others
   */
  record OnPhotos(SortedMap<Long, float[]> photos, String digest) implements InputTransform {
    public OnPhotos {
      photos = Collections.unmodifiableSortedMap(new TreeMap<>(photos));
    }

    /** The photo that a run begins with. */
    float[] of(long seed) {
      return Objects.requireNonNull(photos.get(seed));
    }

    @Override
    public String label() {
      return "photos-" + digest;
    }
  }

  /**
   * The search uses a surrogate: the logit minus a refund for the cost of single black pixels (see
   * {@link PixelRefund}). Reports and success use the network's own logit.
   *
   * @param seed seed of the scattered pixels to which the surrogate is fitted
   */
  record Refunded(PixelRefund.Kind kind, long seed) implements InputTransform {
    @Override
    public String label() {
      return "refunded-" + kind.name().toLowerCase(Locale.ROOT) + "-" + seed;
    }
  }
}
