package org.whisker.diagnosis;

import java.util.Arrays;
import java.util.List;

/**
 * What can tie a network's answers to places. Each has a measure of its own, relative to how much
 * the answers differ between pictures, and a fixed threshold above which it counts as a cause.
 * Causes that explain others come first.
 */
public enum Cause {
  MARK(
      "mark",
      "Do the photos of a class carry a mark?",
      "change of the logit when what the photos share near the border is painted over, less that"
          + " of the same painting elsewhere, in standard deviations of the logit over photos",
      0.5),
  CROP(
      "crop",
      "Does a crop cut the border away?",
      "share of the pixels, in bands along the border, on which no logit depends",
      0.02),
  MISSED(
      "missed-pixels",
      "Does a stride or a resize miss rows or columns?",
      "share of the pixels, in rows and columns within the picture, on which no logit depends; where"
          + " there are none, of the positions of the first map of which a part is lost so",
      0.02),
  UNEVEN(
      "uneven-padding",
      "Is padding uneven between opposite sides?",
      "systematic change of the last feature map's contributions by the zeros that layers read on one"
          + " side above those on the opposite one, in their standard deviations over pictures",
      0.02),
  HEAD(
      "head",
      "Does the head know places?",
      "mean change of the logit by rolls of the last feature map, over the mean difference of the"
          + " logit between two pictures",
      0.25),
  PADDING(
      "padding",
      "Does the padding mark the border?",
      "systematic change of the last feature map's contributions by the values beyond the border,"
          + " in their standard deviations over pictures",
      0.2),
  STRIDE(
      "stride-phase",
      "Does the answer change with the phase of the strides?",
      "mean change of the logit by shifts of one to three pixels, on a torus and with an averaged"
          + " head, over the mean difference of the logit between two pictures",
      0.8);

  private final String label;
  private final String question;
  private final String measure;
  private final double threshold;

  Cause(String label, String question, String measure, double threshold) {
    this.label = label;
    this.question = question;
    this.measure = measure;
    this.threshold = threshold;
  }

  /** The name in tables, options and scripts. */
  public String label() {
    return label;
  }

  /** The question for people. */
  public String question() {
    return question;
  }

  /** What its estimate is of. */
  public String measure() {
    return measure;
  }

  /** The estimate above which it is a cause. */
  public double threshold() {
    return threshold;
  }

  /** All labels, in their order. */
  public static List<String> labels() {
    return Arrays.stream(values()).map(Cause::label).toList();
  }

  /**
   * The cause of that label.
   *
   * @throws IllegalArgumentException that lists them, if there is none
   */
  public static Cause parse(String label) {
    return Arrays.stream(values())
        .filter(cause -> cause.label.equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "a cause is one of " + String.join(", ", labels()) + ", not " + label));
  }
}
