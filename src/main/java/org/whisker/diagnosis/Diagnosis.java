package org.whisker.diagnosis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.whisker.diagnosis.result.MeasureTables.CauseRow;
import org.whisker.diagnosis.result.MeasureTables.EvidenceRow;
import org.whisker.network.Window.Padding;
import org.whisker.stats.Holm;
import org.whisker.value.Labelled;

/**
 * The decision. A cause is found where its effect is shown to be above its threshold, after a
 * correction for all causes that were tested; none where it is shown to be below. Uneven padding is
 * known from the layers: it is found wherever it is, whatever its effect.
 *
 * @param causes a row each
 */
public record Diagnosis(List<CauseRow> causes) {
  private static final double ALPHA = 0.05;

  /** A share of the effect of all padding that is too small to explain it. */
  private static final double MINOR = 0.1;

  public Diagnosis {
    causes = List.copyOf(causes);
  }

  /** Decides by the evidence, in which rows of other measures are passed over. */
  public static Diagnosis of(List<EvidenceRow> evidence) {
    List<EvidenceRow> rows =
        Arrays.stream(Cause.values()).flatMap(cause -> of(cause, evidence)).toList();
    List<EvidenceRow> tested = rows.stream().filter(row -> row.pAbove().isPresent()).toList();
    double[] above = corrected(tested.stream().map(EvidenceRow::pAbove).toList());
    double[] below = corrected(tested.stream().map(EvidenceRow::pBelow).toList());
    List<CauseRow> causes = new ArrayList<>();
    for (EvidenceRow row : rows) {
      int at = tested.indexOf(row);
      causes.add(at < 0 ? exact(row) : decided(row, above[at], below[at]));
    }
    return new Diagnosis(causes);
  }

  /** Whether a cause is known from the layers, whatever its effect. */
  private static boolean isSeen(EvidenceRow row) {
    return row.measure().equals(Cause.UNEVEN.label()) && !row.where().isEmpty();
  }

  private static Stream<EvidenceRow> of(Cause cause, List<EvidenceRow> evidence) {
    return evidence.stream().filter(row -> row.measure().equals(cause.label())).limit(1);
  }

  private static double[] corrected(List<OptionalDouble> p) {
    return Holm.adjust(p.stream().mapToDouble(each -> each.orElse(1)).toArray());
  }

  private static CauseRow decided(EvidenceRow row, double above, double below) {
    String verdict =
        above < ALPHA ? CauseRow.FOUND : below < ALPHA ? CauseRow.NONE : CauseRow.UNDECIDED;
    return row(row, verdict, OptionalDouble.of(above));
  }

  private static CauseRow exact(EvidenceRow row) {
    Cause cause = Cause.parse(row.measure());
    String verdict =
        !row.isTested()
            ? CauseRow.UNTESTED
            : isSeen(row) || row.estimate().orElseThrow() >= cause.threshold()
                ? CauseRow.FOUND
                : CauseRow.NONE;
    return row(row, verdict, OptionalDouble.empty());
  }

  private static CauseRow row(EvidenceRow row, String verdict, OptionalDouble p) {
    Cause cause = Cause.parse(row.measure());
    return new CauseRow(
        cause.label(),
        verdict,
        row.estimate(),
        row.ciLow(),
        row.ciHigh(),
        cause.threshold(),
        p,
        row.where(),
        verdict.equals(CauseRow.FOUND) ? mend(cause, row.where()) : "",
        cause.measure(),
        row.note());
  }

  /**
   * The causes that were found, those that explain others first. Uneven padding explains what
   * padding does unless it does little of it, and less than what makes padding a cause: then it
   * comes last.
   */
  public List<CauseRow> found() {
    List<CauseRow> found = causes.stream().filter(CauseRow::isFound).toList();
    double little = Math.min(MINOR * estimate(found, Cause.PADDING), Cause.PADDING.threshold());
    return found.stream()
        .sorted(
            Comparator.comparing(
                row -> is(row, Cause.UNEVEN) && estimate(found, Cause.UNEVEN) < little))
        .toList();
  }

  private static boolean is(CauseRow row, Cause cause) {
    return row.cause().equals(cause.label());
  }

  private static double estimate(List<CauseRow> rows, Cause cause) {
    return rows.stream()
        .filter(row -> is(row, cause))
        .mapToDouble(row -> row.estimate().orElse(0))
        .sum();
  }

  /** The labels of the causes that were found. */
  public List<String> labels() {
    return found().stream().map(CauseRow::cause).collect(Collectors.toList());
  }

  /** The labels of the causes with this verdict. */
  public List<String> labels(String verdict) {
    return causes.stream()
        .filter(row -> row.verdict().equals(verdict))
        .map(CauseRow::cause)
        .toList();
  }

  /**
   * The verdict on all causes that were asked for: found where one is; else undecided, or not
   * tested, where that is the verdict on one; none where each was shown to be below its threshold.
   * Without photos, marks are not asked for.
   */
  public String verdict() {
    return Stream.of(CauseRow.FOUND, CauseRow.UNDECIDED, CauseRow.UNTESTED)
        .filter(
            verdict ->
                causes.stream().anyMatch(row -> row.isAsked() && row.verdict().equals(verdict)))
        .findFirst()
        .orElse(CauseRow.NONE);
  }

  /** The answer in one sentence. */
  public String sentence() {
    return words(found(), causes);
  }

  /** What is said of a layer beside its name. */
  private static final String PLACES =
      ": top \\d+, bottom \\d+, left \\d+, right \\d+|, (?:columns|rows|which) .*";

  /** What is said of a mark behind the folder of its photos. */
  private static final String COLUMNS =
      ", columns \\d+ to \\d+, rows \\d+ to \\d+(?: and \\d+ more)?$";

  /** Stands before the layer whose padding does most. */
  static final String MOST = ", most of all in layer ";

  /** Stands behind tokens that are outlying by the embedding. */
  static final String OF_EMBEDDING = ", which the embedding makes";

  /** The words of a diagnosis. */
  static String words(List<CauseRow> found, List<CauseRow> causes) {
    if (causes.stream().anyMatch(row -> row.note().equals(Examination.ONE_LOGIT))) {
      return "Nothing could be tested: " + Examination.ONE_LOGIT + ".";
    }
    if (found.isEmpty()) {
      return "No cause was found that ties what this network sees in these pictures to places"
          + rest(causes)
          + ".";
    }
    CauseRow first = found.get(0);
    List<String> others = found.stream().skip(1).map(Diagnosis::named).toList();
    return (first.isWeak()
            ? "Nothing was shown to tie what this network sees to places but "
            : "What this network sees is tied to places by ")
        + named(first)
        + where(first)
        + others.stream()
            .limit(Math.max(0, others.size() - 1))
            .map(", by "::concat)
            .collect(Collectors.joining())
        + (others.isEmpty() ? "" : ", and by " + others.get(others.size() - 1))
        + ". Mend: "
        + first.mend()
        + "."
        + openBeside(causes);
  }

  /** What was not decided though no higher number of pictures would, beside what was found. */
  private static String openBeside(List<CauseRow> causes) {
    return causes.stream()
        .filter(row -> isUndecided(row) || is(row, Cause.OTHER))
        .filter(row -> !row.note().isEmpty() && !row.isDecided())
        .map(row -> " " + (isUndecided(row) ? "Undecided: " : "Not tested: ") + open(row) + ".")
        .collect(Collectors.joining());
  }

  private static boolean isUndecided(CauseRow row) {
    return row.verdict().equals(CauseRow.UNDECIDED);
  }

  /** The label, and why it is open where that is not a matter of the number of pictures. */
  private static String open(CauseRow row) {
    return row.note().isEmpty() ? row.cause() : row.cause() + " (" + row.note() + ")";
  }

  private static String named(CauseRow row) {
    return noun(Cause.parse(row.cause())) + (row.isWeak() ? ", which does little" : "");
  }

  private static String where(CauseRow row) {
    String where =
        Stream.of(row.where(), row.note())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; "));
    return where.isEmpty() ? "" : " (" + where + ")";
  }

  private static String rest(List<CauseRow> causes) {
    String open =
        causes.stream()
            .filter(Diagnosis::isUndecided)
            .map(Diagnosis::open)
            .collect(Collectors.joining(", "));
    String untested =
        causes.stream()
            .filter(row -> row.verdict().equals(CauseRow.UNTESTED))
            .map(row -> is(row, Cause.OTHER) ? open(row) : row.cause())
            .collect(Collectors.joining(", "));
    return (open.isEmpty() ? "" : "; undecided: " + open)
        + (untested.isEmpty() ? "" : "; not tested: " + untested);
  }

  static String noun(Cause cause) {
    return switch (cause) {
      case CROP -> "a crop that cuts the border away";
      case MISSED -> "rows or columns that are never read";
      case MARK -> "a mark in the photos";
      case UNEVEN -> "padding that is uneven between opposite sides";
      case HEAD -> "a head that knows places";
      case PADDING -> "the padding";
      case STRIDE -> "the phase of the strides";
      case TOKENS -> "tokens of outlying norm";
      case OTHER -> "another operation";
    };
  }

  static String mend(Cause cause, String where) {
    String layers = where.startsWith("layer") ? where.replaceAll(PLACES, "") : "";
    String there = layers.isEmpty() ? "" : " of " + layers;
    return switch (cause) {
      case CROP -> "leave out the crop" + there + ", or bring pictures to the size that it keeps";
      case MISSED ->
          "let the kernel be at least as wide as the stride, or blur before sampling" + there;
      case MARK ->
          "paint over or crop the mark in the "
              + (where.isEmpty() ? "photos" : where.replaceAll(COLUMNS, ""))
              + ", and train again";
      case UNEVEN -> "pad opposite sides alike" + there + ", and train again";
      case HEAD ->
          "put global average pooling before "
              + (layers.isEmpty() ? "the linear layers" : layers)
              + ", and train again";
      case PADDING ->
          (where.startsWith(Padding.ZERO.label())
                  ? "pad by reflection or wrap around"
                  : "let the padding wrap around")
              + (where.contains(MOST) ? where.substring(where.indexOf(MOST)) : "")
              + ", and train again";
      case STRIDE -> "blur before each stride, as in BlurPool, and train again";
      case TOKENS ->
          where.contains(OF_EMBEDDING)
              ? "train with another position embedding, such as one of sines"
              : "train with register tokens (arXiv:2309.16588)";
      case OTHER -> "leave out what differs by place" + there + ", and train again";
    };
  }

  /**
   * What can tie a network's answers to places. Each has a measure of its own, relative to how much
   * the answers differ between pictures, and a fixed threshold above which it counts as a cause.
   * Causes that explain others come first.
   */
  public enum Cause implements Labelled {
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
        "share of the pixels, in rows and columns within the picture, on which no logit depends;"
            + " where there are none, of the positions of the first map of which a part is lost so",
        0.02),
    UNEVEN(
        "uneven-padding",
        "Is padding uneven between opposite sides?",
        "systematic change of the last feature map's contributions by the zeros that layers read on"
            + " one side above those on the opposite one, in their standard deviations over"
            + " pictures",
        0.02),
    HEAD(
        "head",
        "Does the head know places?",
        "mean change of the logit by rolls of the last feature map, over the mean difference of the"
            + " logit between two pictures",
        0.1),
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
            + " head, over the mean difference of the logit between two pictures; none is below"
            + " 0.5",
        0.8),
    /** Has a row only where tokens attend to each other. */
    TOKENS(
        "outlying-tokens",
        "Do tokens at fixed places have an outlying norm?",
        "mean change of the logit when tokens at fixed places, whose norm is above three times the"
            + " median, become the mean of the others, less that of as many others, over the mean"
            + " difference of the logit between two pictures",
        0.1),
    /** Has a row only where there is such an operation. */
    OTHER(
        "other-operations",
        "Does another operation know places?",
        "mean change of the logit when what other operations read is rolled over its borders and"
            + " what they give is rolled back, over the mean difference of the logit between two"
            + " pictures",
        0.1);

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
    @Override
    public String label() {
      return label;
    }

    public String question() {
      return question;
    }

    /** What its estimate is of. */
    String measure() {
      return measure;
    }

    /** The estimate above which it is a cause. */
    double threshold() {
      return threshold;
    }

    /**
     * The estimate below which it is none. Many a clean network has a third from the phase of its
     * strides, which is no cause; what is above half of what differs between two pictures is not
     * nothing, either.
     */
    double none() {
      return this == STRIDE ? 0.5 : threshold;
    }

    static List<String> labels() {
      return Arrays.stream(values()).map(Cause::label).toList();
    }

    /**
     * The cause of that label.
     *
     * @throws IllegalArgumentException that lists them, if there is none
     */
    public static Cause parse(String label) {
      return Labelled.find(values(), label)
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "a cause is one of " + String.join(", ", labels()) + ", not " + label));
    }
  }
}
