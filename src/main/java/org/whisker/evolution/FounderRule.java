package org.whisker.evolution;

import java.util.List;
import java.util.stream.IntStream;
import org.whisker.evolution.SearchMethod.GenerationContext;
import org.whisker.evolution.operator.Sites;
import org.whisker.image.BlackPixels;
import org.whisker.image.Canvas;
import org.whisker.image.Region;
import org.whisker.random.SplitMix64;
import org.whisker.value.Checks;

/** Initialisation of the individuals of generation 0. */
public sealed interface FounderRule {
  /**
   * A founder's genome.
   *
   * @throws IllegalArgumentException if the image or region is of another canvas
   */
  BlackPixels draw(GenerationContext context);

  /** The genomes of so many founders, drawn one after the other. */
  default List<BlackPixels> draw(int count, GenerationContext context) {
    return IntStream.range(0, count).mapToObj(i -> draw(context)).toList();
  }

  /**
   * The black pixels that all founders of the run from this seed have in common, beside what {@link
   * #draw} gives each. A search may remove and move them as any others.
   */
  default BlackPixels given(Canvas canvas, long seed) {
    return BlackPixels.none(canvas);
  }

  /** A short description, without the content of an image or mask. */
  String label();

  /** One black pixel, uniform over the region of the first generation. */
  record OnePixel() implements FounderRule {
    @Override
    public BlackPixels draw(GenerationContext context) {
      return pixelOf(context.region(), context);
    }

    @Override
    public String label() {
      return "one-pixel";
    }
  }

  /** One black pixel, uniform over this region, whatever the region of mutation. */
  record OnePixelIn(Region region) implements FounderRule {
    @Override
    public BlackPixels draw(GenerationContext context) {
      context.region().canvas().requireSame("region " + region, region.canvas());
      return pixelOf(region, context);
    }

    @Override
    public String label() {
      return "one-pixel-in:" + region;
    }
  }

  /**
   * A fixed number of distinct black pixels, uniform over the region of the first generation.
   *
   * @param count at least 1; drawing fails if the region has fewer pixels
   */
  record Pixels(int count) implements FounderRule {
    public Pixels {
      Checks.refuse(count < 1, "a founder needs at least 1 pixel, was %s", count);
    }

    @Override
    public BlackPixels draw(GenerationContext context) {
      if (count > context.region().size()) {
        throw new IllegalArgumentException(
            count + " founder pixels don't fit in a region of " + context.region().size());
      }
      return Sites.distinct(context.region(), count, context.random());
    }

    @Override
    public String label() {
      return "pixels:" + count;
    }
  }

  /**
   * A share of the region's pixels, rounded, at least 1, black in random places: the same density
   * on every canvas.
   *
   * @param share above 0, at most 1
   */
  record Share(double share) implements FounderRule {
    public Share {
      if (!(share > 0 && share <= 1)) {
        throw new IllegalArgumentException(
            "a founder's share of pixels must be above 0 and at most 1, was " + share);
      }
    }

    @Override
    public BlackPixels draw(GenerationContext context) {
      long count = Math.max(1, Math.round(share * context.region().size()));
      return Sites.distinct(context.region(), (int) count, context.random());
    }

    @Override
    public String label() {
      return "share:" + share;
    }
  }

  /**
   * One black pixel, uniform over the region of the first generation, beside pixels that are given:
   * distinct and uniform over another region, drawn anew for each run and the same in all its
   * founders.
   *
   * @param region the region of the given pixels
   * @param count the number of them, at least 1
   */
  record Given(Region region, int count) implements FounderRule {
    public Given {
      if (count < 1 || count > region.size()) {
        throw new IllegalArgumentException(count + " given pixels in a region of " + region.size());
      }
    }

    @Override
    public BlackPixels draw(GenerationContext context) {
      return pixelOf(context.region(), context);
    }

    @Override
    public BlackPixels given(Canvas canvas, long seed) {
      canvas.requireSame("region " + region, region.canvas());
      return Sites.distinct(region, count, SplitMix64.stream(seed, "given pixels", 0));
    }

    @Override
    public String label() {
      return "given:" + count + "-in:" + region;
    }
  }

  /** No black pixel at all. */
  record Empty() implements FounderRule {
    @Override
    public BlackPixels draw(GenerationContext context) {
      return BlackPixels.none(context.region().canvas());
    }

    @Override
    public String label() {
      return "empty";
    }
  }

  /** Copies of one image. */
  record Image(BlackPixels image) implements FounderRule {
    @Override
    public BlackPixels draw(GenerationContext context) {
      context.region().canvas().requireSame("the founders' image", image.canvas());
      return image;
    }

    @Override
    public String label() {
      return "image";
    }
  }

  private static BlackPixels pixelOf(Region region, GenerationContext context) {
    return BlackPixels.of(region.canvas(), region.get(context.random().nextInt(region.size())));
  }
}
