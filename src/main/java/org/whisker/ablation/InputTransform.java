package org.whisker.ablation;

import java.util.Locale;
import org.whisker.image.Canvas;

/** What stands between an evolved image and the network; {@link ArmSource} puts it there. */
public sealed interface InputTransform {
  /** As files and messages call it. */
  String label();

  /** The canvas on which images evolve. */
  default Canvas canvas(Canvas model) {
    return model;
  }

  /** Nothing. */
  record Direct() implements InputTransform {
    @Override
    public String label() {
      return "direct";
    }
  }

  /** No network at all: every image has the same logit, so that only the operators move pixels. */
  record Flat() implements InputTransform {
    @Override
    public String label() {
      return "flat";
    }
  }

  /**
   * White is seen as noise, the same throughout a run and another one in each.
   *
   * @param low the darkest gray of it, 0 to 1; the lightest is 1
   */
  record Noise(float low) implements InputTransform {
    public Noise {
      if (!(low > 0 && low < 1)) {
        throw new IllegalArgumentException("noise must begin between 0 and 1, was " + low);
      }
    }

    @Override
    public String label() {
      return "noise-" + low;
    }
  }

  /**
   * The search goes by a surrogate: the logit less what a black pixel costs in the centre beyond
   * what it costs at the border (see {@link CentralPenalty}). What is reported, and what counts as
   * success, is the network's own logit.
   *
   * @param seed of the scattered pixels that the surrogate is fitted to
   */
  record WithoutPenalty(long seed) implements InputTransform {
    @Override
    public String label() {
      return "without-penalty-" + seed;
    }
  }

  /**
   * Images evolve at another size and are resized for the network.
   *
   * @param factor of both sides, above 0
   */
  record Resized(double factor, Filter filter) implements InputTransform {
    /** How they are resized. */
    public enum Filter {
      NEAREST,
      /** With antialiasing where it shrinks. */
      BILINEAR;

      /** The name in small letters. */
      public String label() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    public Resized {
      if (!(factor > 0 && Double.isFinite(factor))) {
        throw new IllegalArgumentException("a resizing factor must be above 0, was " + factor);
      }
    }

    @Override
    public String label() {
      return filter.label() + "-" + factor;
    }

    @Override
    public Canvas canvas(Canvas model) {
      return new Canvas(
          (int) Math.max(1, Math.round(model.width() * factor)),
          (int) Math.max(1, Math.round(model.height() * factor)));
    }
  }
}
