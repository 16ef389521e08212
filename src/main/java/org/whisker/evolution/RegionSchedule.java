package org.whisker.evolution;

import java.util.List;
import org.whisker.image.Canvas;
import org.whisker.image.Region;

/**
 * Where pixels may change, generation by generation: the region of the first span that holds the
 * generation, everywhere when none does.
 */
public record RegionSchedule(List<Span> spans) {
  /**
   * A region for some generations.
   *
   * @param from the first generation that it holds for; the founders are generation 0
   * @param until the first that it no longer holds for, above {@code from}
   */
  public record Span(Region region, int from, int until) {
    public Span {
      if (from < 0 || until <= from) {
        throw new IllegalArgumentException(
            "a region holds from a generation to a later one, was " + from + ".." + until);
      }
    }

    boolean holds(int generation) {
      return generation >= from && generation < until;
    }
  }

  public RegionSchedule {
    spans = List.copyOf(spans);
  }

  public static RegionSchedule everywhere() {
    return new RegionSchedule(List.of());
  }

  /** One region for good. */
  public static RegionSchedule always(Region region) {
    return new RegionSchedule(List.of(new Span(region, 0, Integer.MAX_VALUE)));
  }

  /**
   * The region of a generation.
   *
   * @throws IllegalArgumentException if it is of another canvas
   */
  public Region at(Canvas canvas, int generation) {
    for (Span span : spans) {
      if (span.holds(generation)) {
        if (!span.region().canvas().equals(canvas)) {
          throw new IllegalArgumentException(
              "region "
                  + span.region()
                  + " is on a "
                  + span.region().canvas()
                  + " canvas, not "
                  + canvas);
        }
        return span.region();
      }
    }
    return Region.everywhere(canvas);
  }
}
