package org.whisker.diagnosis;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.whisker.diagnosis.result.CauseRow;
import org.whisker.network.Window.Padding;

/** The words of a diagnosis. */
final class DiagnosisText {
  /** What is said of a layer beside its name. */
  private static final String PLACES =
      ": top \\d+, bottom \\d+, left \\d+, right \\d+|, (?:columns|rows|which) .*";

  private DiagnosisText() {}

  static String sentence(List<CauseRow> found, List<CauseRow> causes) {
    if (found.isEmpty()) {
      return "No cause was found that ties what this network sees to places" + rest(causes) + ".";
    }
    CauseRow first = found.get(0);
    String others =
        found.stream()
            .skip(1)
            .map(row -> noun(Cause.parse(row.cause())))
            .collect(Collectors.joining(", "));
    return "What this network sees is tied to places by "
        + noun(Cause.parse(first.cause()))
        + where(first)
        + (others.isEmpty() ? "" : ", and by " + others)
        + ". Mend: "
        + first.mend()
        + ".";
  }

  private static String where(CauseRow row) {
    String where =
        Stream.of(row.where(), row.note())
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining("; "));
    return where.isEmpty() ? "" : " (" + where + ")";
  }

  private static String rest(List<CauseRow> causes) {
    String open = named(causes, CauseRow.UNDECIDED);
    String untested = named(causes, CauseRow.UNTESTED);
    return (open.isEmpty() ? "" : "; undecided: " + open)
        + (untested.isEmpty() ? "" : "; not tested: " + untested);
  }

  private static String named(List<CauseRow> causes, String verdict) {
    return causes.stream()
        .filter(row -> row.verdict().equals(verdict))
        .map(CauseRow::cause)
        .collect(Collectors.joining(", "));
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
    };
  }

  static String mend(Cause cause, String where) {
    String layers = where.startsWith("layer") ? where.replaceAll(PLACES, "") : "";
    String there = layers.isEmpty() ? "" : " of " + layers;
    return switch (cause) {
      case CROP -> "leave out the crop, or bring pictures to the size that it keeps";
      case MISSED ->
          "let the kernel be at least as wide as the stride, or blur before sampling" + there;
      case MARK -> "paint over or crop the mark in the photos, and train again";
      case UNEVEN -> "pad opposite sides alike" + there + ", and train again";
      case HEAD -> "put global average pooling before the linear layers, and train again";
      case PADDING ->
          where.startsWith(Padding.ZERO.label())
              ? "pad by reflection or wrap around, and train again"
              : "let the padding wrap around, and train again";
      case STRIDE -> "blur before each stride, as in BlurPool, and train again";
    };
  }
}
