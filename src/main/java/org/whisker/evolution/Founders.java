package org.whisker.evolution;

import org.whisker.evolution.operator.SameCanvas;
import org.whisker.evolution.operator.Sites;
import org.whisker.image.BlackPixels;
import org.whisker.image.Region;

/** What each individual of generation 0 is. */
public sealed interface Founders {
  /**
   * A founder's genome.
   *
   * @throws IllegalArgumentException if what founders are made from is of another canvas
   */
  BlackPixels draw(Step step);

  /** In a few words; what an image or a mask looks like is not said. */
  String label();

  /** One black pixel, anywhere in the first generation's region, all with the same chance. */
  record OnePixel() implements Founders {
    @Override
    public BlackPixels draw(Step step) {
      return pixelOf(step.region(), step);
    }

    @Override
    public String label() {
      return "one-pixel";
    }
  }

  /** One black pixel in this region, all with the same chance, wherever mutation may act. */
  record OnePixelIn(Region region) implements Founders {
    @Override
    public BlackPixels draw(Step step) {
      SameCanvas.check("region " + region, region.canvas(), step.region().canvas());
      return pixelOf(region, step);
    }

    @Override
    public String label() {
      return "one-pixel-in:" + region;
    }
  }

  /**
   * So many different black pixels, anywhere in the first generation's region, all with the same
   * chance.
   *
   * @param count at least 1; refused when drawn if the region has fewer
   */
  record Pixels(int count) implements Founders {
    public Pixels {
      if (count < 1) {
        throw new IllegalArgumentException("a founder needs at least 1 pixel, was " + count);
      }
    }

    @Override
    public BlackPixels draw(Step step) {
      if (count > step.region().size()) {
        throw new IllegalArgumentException(
            count + " founder pixels don't fit in a region of " + step.region().size());
      }
      return Sites.distinct(step.region(), count, step.random());
    }

    @Override
    public String label() {
      return "pixels:" + count;
    }
  }

  /**
   * As {@link Pixels}, as many as this share of the first generation's region has, rounded, and at
   * least 1: the same density on every canvas.
   *
   * @param share above 0, at most 1
   */
  record Share(double share) implements Founders {
    public Share {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "a founder's share of pixels must be above 0 and at most 1, was " + share);
      }
    }

    @Override
    public BlackPixels draw(Step step) {
      long count = Math.max(1, Math.round(share * step.region().size()));
      return Sites.distinct(step.region(), (int) count, step.random());
    }

    @Override
    public String label() {
      return "share:" + share;
    }
  }

  /** No black pixel at all. */
  record Empty() implements Founders {
    @Override
    public BlackPixels draw(Step step) {
      return BlackPixels.none(step.region().canvas());
    }

    @Override
    public String label() {
      return "empty";
    }
  }

  /** All the same image. */
  record Image(BlackPixels image) implements Founders {
    @Override
    public BlackPixels draw(Step step) {
      SameCanvas.check("the founders' image", image.canvas(), step.region().canvas());
      return image;
    }

    @Override
    public String label() {
      return "image";
    }
  }

  private static BlackPixels pixelOf(Region region, Step step) {
    return BlackPixels.of(region.canvas(), region.get(step.random().nextInt(region.size())));
  }
}
