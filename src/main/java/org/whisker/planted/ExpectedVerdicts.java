package org.whisker.planted;

import static org.whisker.planted.Expected.ANY;
import static org.whisker.planted.Expected.NOT_ENOUGH_CATS;
import static org.whisker.planted.Expected.NOT_TESTED;
import static org.whisker.planted.Expected.NO_EFFECT;
import static org.whisker.planted.Expected.OPPOSITE;
import static org.whisker.planted.Expected.REFUTED;
import static org.whisker.planted.Expected.SUPPORTED;

import java.util.List;
import java.util.stream.Stream;
import org.whisker.explain.HypothesisTest;

/**
 * The right verdict of every hypothesis on every plant. Each follows from the plant's formula, with
 * its reason; none is fitted to what the experiments say. The first line that names a hypothesis
 * and a plant counts, so exceptions stand before the rule.
 */
final class ExpectedVerdicts {
  private static final String ALL = "*";
  private static final String EDGES =
      "edge-benefit padding training-position background distractor head";
  private static final String MATES = "price-without-bias position-blind";
  private static final String PRICED = "safe-harbour padding-and-price";
  private static final String OPAQUE = "its layers are not known";
  private static final String BOTH = "derivatives are large at the edge and in the middle";
  private static final String NOTHING = "nothing in the formula depends on it";
  private static final String MIRROR =
      "both halves, and all columns taken together, lie as deep as the whole canvas";

  private static final List<Line> LINES =
      List.of(
          line("geometry", MATES, SUPPORTED, "a rolled image has the same logit"),
          line("geometry", "strides sides", SUPPORTED, MIRROR),
          line("geometry", ALL, REFUTED, "edge and centre are not worth the same"),
          line("uniformity", MATES, NO_EFFECT, "a rolled image has the same logit"),
          line(
              "uniformity",
              "strides",
              NO_EFFECT,
              "every block of the canvas has as many such columns"),
          line("uniformity", ALL, SUPPORTED, "some blocks of the canvas are worth more"),
          line("sides", "sides", SUPPORTED, "the right half is worth more"),
          line("sides", ALL, NO_EFFECT, "the formula is the same for mirrored images"),
          line("operators", ALL, NO_EFFECT, "the search is the same, and prefers no place"),
          line("search", "strides sides", NO_EFFECT, MIRROR),
          line("search", ALL, ANY, "depends on how well each search tells places apart"),
          line("founders", ALL, ANY, "depends on how near to a cat it is when released"),
          line("safe-harbour", PRICED, SUPPORTED, "the price of the centre is a cause"),
          line("safe-harbour", ALL, NO_EFFECT, "no pixel has a price where others are"),
          line("landscape", "strides sides foveation", SUPPORTED, "the logit is a sum over pixels"),
          line("landscape", "padding-and-price", SUPPORTED, "quarters of a ring differ in worth"),
          line("landscape", "distractor", NO_EFFECT, "what tiles do alone they don't do in place"),
          line(
              "landscape",
              ALL,
              NOT_TESTED,
              "within a ring one pixel alone does as much as another"),
          line("padding", "centre-benefit", NOT_TESTED, OPAQUE),
          line("padding", "padding padding-and-price", SUPPORTED, "zero padding is a cause"),
          line("padding", ALL, NO_EFFECT, NOTHING),
          line("background", "background", SUPPORTED, "a white background is the cause"),
          line("background", ALL, NO_EFFECT, NOTHING),
          line("canvas-border", EDGES, SUPPORTED, "inside the margin all pixels are alike"),
          line("canvas-border", "centre-benefit", OPPOSITE, "inside the margin all are alike"),
          line("canvas-border", "foveation", OPPOSITE, "inside the margin the slope is less"),
          line("canvas-border", "strides sides", NO_EFFECT, MIRROR),
          line("canvas-border", "padding-and-price", ANY, "inside the margin the price is left"),
          line("canvas-border", PRICED, NOT_ENOUGH_CATS, "inside, pixels cost more than they give"),
          line("canvas-border", MATES, ANY, "inside the margin few places have a mate"),
          line("training-centre", "centre-benefit", NOT_TESTED, OPAQUE),
          line("training-centre", "training-position", SUPPORTED, "centred photos are the cause"),
          line("training-centre", ALL, NO_EFFECT, NOTHING),
          line("foveation", "centre-benefit", NOT_TESTED, OPAQUE),
          line("foveation", "foveation", SUPPORTED, "gains are as the paths"),
          line(
              "foveation", PRICED, ANY, "in a ring, mates without a price are nearer some corners"),
          line("foveation", ALL, NO_EFFECT, "within a ring gains are not as the paths"),
          line("receptive-field", "centre-benefit", NOT_TESTED, OPAQUE),
          line("receptive-field", EDGES, OPPOSITE, "the derivative is largest at the edge"),
          line("receptive-field", "foveation", SUPPORTED, "the derivative is as the paths"),
          line("receptive-field", "padding-and-price", ANY, BOTH),
          line("receptive-field", PRICED, SUPPORTED, "the price of the centre is a derivative"),
          line("receptive-field", "strides sides", NO_EFFECT, MIRROR),
          line("receptive-field", ALL, NO_EFFECT, "derivatives are where pairs are: anywhere"),
          line("learned-field", "centre-benefit", NOT_TESTED, OPAQUE),
          line("learned-field", EDGES, OPPOSITE, "random weights look everywhere alike"),
          line("learned-field", "foveation", SUPPORTED, "random weights look everywhere alike"),
          line("learned-field", "padding-and-price", ANY, BOTH),
          line("learned-field", PRICED, SUPPORTED, "random weights have no price"),
          line("learned-field", ALL, NO_EFFECT, "both look everywhere alike"),
          line("location-tied", MATES, NO_EFFECT, "a rolled image has the same logit"),
          line("location-tied", "strides", NO_EFFECT, "rolled by the stride it has the same logit"),
          line("location-tied", ALL, SUPPORTED, "elsewhere pixels are worth less"),
          line("stride-parity", "strides", SUPPORTED, "every second column is worth more"),
          line("stride-parity", ALL, NO_EFFECT, "no column or row is worth more than the next"),
          line("head", "centre-benefit", NOT_TESTED, OPAQUE),
          line("head", "head", SUPPORTED, "a flattening head is the cause"),
          line("head", ALL, NO_EFFECT, NOTHING),
          line("resize", "strides sides", NO_EFFECT, MIRROR),
          line("resize", ALL, ANY, "enlarged pixels are blurred over the steps of the formula"));

  private ExpectedVerdicts() {}

  /** A verdict that is right, and why. */
  record Right(String plant, Expected expected, String reason) {
    MatrixCell cell(HypothesisTest test) {
      return new MatrixCell(plant, expected, reason, test);
    }
  }

  private record Line(String hypothesis, List<String> plants, Expected expected, String reason) {
    boolean isOf(String plant, String which) {
      return hypothesis.equals(which) && (plants.contains(plant) || plants.contains(ALL));
    }
  }

  private static Line line(String hypothesis, String plants, Expected expected, String reason) {
    return new Line(hypothesis, List.of(plants.split(" ")), expected, reason);
  }

  /** What is right for a plant and a hypothesis. */
  static Right of(String plant, String hypothesis) {
    return LINES.stream()
        .filter(line -> line.isOf(plant, hypothesis))
        .findFirst()
        .map(line -> new Right(plant, line.expected(), line.reason()))
        .orElseGet(() -> new Right(plant, ANY, "not argued yet"));
  }

  /** Plants and hypotheses that the table names, for a check that they are there. */
  static Stream<String> named() {
    return LINES.stream()
        .flatMap(line -> Stream.concat(Stream.of(line.hypothesis()), line.plants().stream()))
        .filter(name -> !name.equals(ALL));
  }
}
