package org.whisker.hypothesis;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.whisker.ablation.result.ObservationRow;
import org.whisker.hypothesis.Barrier.Side;
import org.whisker.io.Decimals;
import org.whisker.value.Text;

/**
 * What an answer says of the middle: that a barrier lies around it, that single pixels help there,
 * or that pixels cost too little more there than elsewhere to close it.
 *
 * @param decided the test of {@link Barrier}, and its observations
 */
record BarrierClause(HypothesisResult decided) {
  private static final double LEVEL = 0.05;

  /** How many times what pixels gain a barrier must cost, so that no search passes it in a step. */
  private static final double TIMES = 2;

  /** The least part of what pixels cost in the middle that they must cost less at the edge. */
  private static final double LEAST = 0.25;

  /** The share of random pixels in a fifth of the area. */
  private static final double BY_CHANCE = 0.2;

  private static final String IN_FIFTH = " logits in the innermost fifth of the area";

  /** The clause; empty where no test bears one. */
  Optional<String> text() {
    return switch (decided.verdict()) {
      case SUPPORTED ->
          Optional.of(
              isBarrier() && !isEntered() ? barrier() : isFree() ? free() : closesNothing());
      case NO_EFFECT ->
          Optional.of(
              isFree()
                  ? free()
                  : "black pixels in the innermost fifth of the area cost nothing, or no more than"
                      + " in the outermost"
                      + between());
      case OPPOSITE ->
          Optional.of(
              "black pixels in the middle push towards the target, more than near the border"
                  + numbers());
      default -> isFree() ? Optional.of(free()) : Optional.empty();
    };
  }

  private Optional<ObservationRow> row(String name) {
    return decided.observation(name);
  }

  /** Whether no fewer evolved pixels lie in the middle than random ones would. */
  private boolean isEntered() {
    return row(Barrier.ENTERED).filter(share -> share.effect() >= BY_CHANCE).isPresent();
  }

  /** Whether the middle costs so much more than the edge that this closes it. */
  private boolean isBarrier() {
    return row(Barrier.HEIGHT)
        .map(height -> height.effect() >= Math.max(TIMES * gained(), LEAST * mostCost()))
        .orElse(true);
  }

  /** What a pixel gains: the first one in the middle, or one of an evolved image. */
  private double gained() {
    double first = row(Barrier.FIRST + Barrier.CENTRE).map(ObservationRow::effect).orElse(0.0);
    double evolved = row(Barrier.GAINED).map(ObservationRow::effect).orElse(0.0);
    return Math.max(-first, evolved);
  }

  /** What the pixels cost in the middle at which the barrier is highest, in logits. */
  private double mostCost() {
    String dose =
        row(Barrier.DOSE_OF + Barrier.HEIGHT)
            .filter(pixels -> pixels.effect() > 1)
            .map(pixels -> Text.of("%.0f", pixels.effect()) + Barrier.PIXELS)
            .orElse(Barrier.FIRST);
    return row(dose + Barrier.CENTRE).map(ObservationRow::effect).orElse(0.0);
  }

  /** Whether a single pixel of the middle is shown to help on average. */
  private boolean isFree() {
    return row(Barrier.FIRST + Barrier.CENTRE)
        .filter(first -> first.ciHigh().orElse(0) < 0 && first.pShaffer().orElse(1) <= LEVEL)
        .isPresent();
  }

  private String free() {
    return "black pixels are free to enter the middle" + numbers() + helping();
  }

  private String closesNothing() {
    return "that pixels cost more in the middle than at the edge closes nothing"
        + (isEntered()
            ? Text.of(
                " (%.0f\u00a0%% of the evolved pixels lie in the innermost fifth of the area)",
                100 * row(Barrier.ENTERED).orElseThrow().effect())
            : "")
        + numbers();
  }

  private String helping() {
    return row(Barrier.HELPING + Barrier.CENTRE)
        .flatMap(
            share ->
                row(Barrier.FIRST + Barrier.CENTRE)
                    .map(
                        first ->
                            Text.of(
                                "; of %d single pixels tried in that fifth %d help",
                                first.runs(), Math.round(share.effect() * first.runs()))))
        .orElse("");
  }

  /** What a barrier costs that leaves the middle itself free; empty text where none is shown. */
  private String between() {
    return row(Barrier.BETWEEN)
        .filter(row -> row.ciLow().orElse(0) > Barrier.MARGIN && row.pShaffer().orElse(1) <= LEVEL)
        .map(
            row -> ", but one between the two costs " + Decimals.fixed(row.effect(), 1) + " logits")
        .orElse("");
  }

  /** The costs in numbers, where the table has them. */
  private String barrier() {
    String numbers = numbers();
    return numbers.isEmpty()
        ? "the first black pixels in the middle cost more than near the border"
        : "there is a barrier around the middle" + open() + numbers + onTheWay();
  }

  private String numbers() {
    Map<Integer, ByZone> byCount = ByZone.byCount(decided);
    Optional<ByZone> first = ByZone.of(decided, Barrier.FIRST);
    if (first.isEmpty() || byCount.isEmpty()) {
      return "";
    }
    StringBuilder told =
        new StringBuilder(": one black pixel ")
            .append(first.get().told(Verb.ONE, IN_FIFTH, " in the outermost"));
    byCount.forEach(
        (count, many) ->
            told.append(", ")
                .append(count)
                .append(' ')
                .append(
                    many.areAlike()
                        ? many.told(Verb.MANY, "", "")
                        : many.told(Verb.MANY, " in the middle", Barrier.EDGE)));
    return told.toString();
  }

  /**
   * Says towards which sides the barrier is open, where it is closed towards others: above these it
   * has less than half of its height above the lowest side. Empty text where it is open towards
   * all, or one of them is not shown to be either.
   */
  private String open() {
    Map<Side, ObservationRow> above = new EnumMap<>(Side.class);
    for (Side side : Side.values()) {
      row(Barrier.ABOVE_SIDE + side.label()).ifPresent(row -> above.put(side, row));
    }
    double half = above.values().stream().mapToDouble(ObservationRow::effect).max().orElse(0) / 2;
    List<String> open = sides(above, row -> row.ciLow().orElse(half) > half);
    List<String> closed = sides(above, row -> row.ciHigh().orElse(half) < half);
    return closed.isEmpty() || open.isEmpty() || open.size() + closed.size() < Side.values().length
        ? ""
        : ", open towards the " + String.join(" and the ", open) + " alone";
  }

  private static List<String> sides(
      Map<Side, ObservationRow> above, Predicate<ObservationRow> which) {
    return above.entrySet().stream()
        .filter(side -> which.test(side.getValue()))
        .map(side -> side.getKey().label())
        .toList();
  }

  /**
   * A clause with the barrier's height half-way to a cat, beside that on the empty canvas, by the
   * same measure; empty text where it is not shown to be there.
   */
  private String onTheWay() {
    return row(Barrier.AT_HALF)
        .filter(row -> row.verdict().equals(Barrier.present(row.effect())))
        .flatMap(half -> row(Barrier.HEIGHT).map(white -> heights(white, half)))
        .orElse("");
  }

  private String heights(ObservationRow white, ObservationRow half) {
    return "; its height is %s logits%s on the empty canvas, and %s%s on images at p(target) \u00bd"
        .formatted(
            Decimals.fixed(white.effect(), 1),
            dose(white),
            Decimals.fixed(half.effect(), 1),
            dose(half));
  }

  /** The pixels at which a barrier is as high as it gets; empty text where that is not known. */
  private String dose(ObservationRow height) {
    return row(Barrier.DOSE_OF + height.observed())
        .map(row -> Text.of(row.effect() == 1 ? " at %.0f pixel" : " at %.0f pixels", row.effect()))
        .orElse("");
  }

  /**
   * What changes of the logit are called: above 0, away from the target, they cost; below 0 they
   * gain.
   */
  private record Verb(String costs, String gains) {
    static final Verb ONE = new Verb("costs ", "gains ");
    static final Verb MANY = new Verb("cost ", "gain ");

    String of(boolean gain) {
      return gain ? gains : costs;
    }
  }

  /** What as many pixels cost in the centre and at the edge, in logits. */
  private record ByZone(double centre, double edge) {
    static Optional<ByZone> of(HypothesisResult decided, String pixels) {
      return decided
          .observation(pixels + Barrier.CENTRE)
          .flatMap(
              centre ->
                  decided
                      .observation(pixels + Barrier.EDGE)
                      .map(edge -> new ByZone(centre.effect(), edge.effect())));
    }

    /** What is told of several pixels, by their number, ascending. */
    static Map<Integer, ByZone> byCount(HypothesisResult decided) {
      Map<Integer, ByZone> byCount = new TreeMap<>();
      for (ObservationRow row : decided.observations()) {
        if (row.observed().endsWith(Barrier.PIXELS + Barrier.CENTRE)) {
          String count = row.observed().replace(Barrier.PIXELS + Barrier.CENTRE, "");
          of(decided, count + Barrier.PIXELS)
              .ifPresent(it -> byCount.put(Integer.valueOf(count), it));
        }
      }
      return byCount;
    }

    /** Whether both cost, or both gain. */
    boolean areAlike() {
      return isGain(centre, decimals()) == isGain(edge, 1);
    }

    /** Both without signs, the verb once where it is the same. */
    String told(Verb verb, String ofCentre, String ofEdge) {
      return verb.of(isGain(centre, decimals()))
          + Decimals.fixed(Math.abs(centre), decimals())
          + ofCentre
          + " and "
          + (areAlike() ? "" : verb.of(isGain(edge, 1)))
          + Decimals.fixed(Math.abs(edge), 1)
          + ofEdge;
    }

    /** Decimals of what the centre costs, which is not to read as nothing. */
    private int decimals() {
      return Math.abs(centre) < 0.1 ? 2 : 1;
    }

    /** Below 0 as rounded on the page. */
    private static boolean isGain(double logits, int decimals) {
      return Math.round(Math.pow(10, decimals) * logits) < 0;
    }
  }
}
