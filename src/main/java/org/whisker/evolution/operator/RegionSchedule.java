package org.whisker.evolution.operator;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.whisker.image.Canvas;
import org.whisker.image.Region;

/**
 * Schedule of the region in which pixels may change: that of the first span that contains the
 * generation; the whole canvas if there is none.
 */
public record RegionSchedule(List<Span> spans) {
  private static final Pattern WHEN = Pattern.compile("(.+)@(\\d*)\\.\\.(\\d*)");

  /**
   * A region for a range of generations.
   *
   * @param from first generation, inclusive; the founders are generation 0
   * @param until last generation, exclusive; above {@code from}
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

    /**
     * Reads {@code REGION}, for all generations, or {@code REGION@FROM..UNTIL}, where either end
     * may be omitted; {@code UNTIL} is exclusive: {@code center:0.5@0..3000} holds for 3,000
     * generations, including the founders.
     *
     * @param region reads the region
     */
    public static Span parse(String text, Function<String, Region> region) {
      Matcher when = WHEN.matcher(text);
      if (!when.matches()) {
        return new Span(region.apply(text), 0, Integer.MAX_VALUE);
      }
      try {
        int from = when.group(2).isEmpty() ? 0 : Integer.parseInt(when.group(2));
        int until = when.group(3).isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(when.group(3));
        return new Span(region.apply(when.group(1)), from, until);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("no such generation in " + text, e);
      }
    }

    /** The text that {@link #parse} reads. */
    public String label() {
      boolean forGood = from == 0 && until == Integer.MAX_VALUE;
      String end = until == Integer.MAX_VALUE ? "" : Integer.toString(until);
      return forGood ? region.toString() : region + "@" + from + ".." + end;
    }
  }

  public RegionSchedule {
    spans = List.copyOf(spans);
  }

  public static RegionSchedule everywhere() {
    return new RegionSchedule(List.of());
  }

  /** Reads spans, the first matching one of which applies; see {@link Span#parse}. */
  public static RegionSchedule parse(List<String> texts, Function<String, Region> region) {
    return new RegionSchedule(texts.stream().map(text -> Span.parse(text, region)).toList());
  }

  /** One region for all generations. */
  public static RegionSchedule always(Region region) {
    return new RegionSchedule(List.of(new Span(region, 0, Integer.MAX_VALUE)));
  }

  /**
   * The region of a generation; empty for the whole canvas.
   *
   * @throws IllegalArgumentException if the region is of another canvas
   */
  public Optional<Region> restriction(Canvas canvas, int generation) {
    for (Span span : spans) {
      if (span.holds(generation)) {
        canvas.requireSame("region " + span.region(), span.region().canvas());
        return Optional.of(span.region());
      }
    }
    return Optional.empty();
  }

  /**
   * The region of a generation.
   *
   * @throws IllegalArgumentException if the region is of another canvas
   */
  public Region at(Canvas canvas, int generation) {
    return restriction(canvas, generation).orElseGet(() -> Region.everywhere(canvas));
  }
}
