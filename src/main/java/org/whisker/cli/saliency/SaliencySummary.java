package org.whisker.cli.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.whisker.cli.shared.TextTable;
import org.whisker.saliency.Attribution;
import org.whisker.saliency.Diagnostic;
import org.whisker.saliency.faithfulness.Faithfulness;
import org.whisker.saliency.faithfulness.MaxSensitivity;
import org.whisker.table.ExplainedMap;
import org.whisker.table.TestedMap;

/** Maps in a few lines. */
final class SaliencySummary {
  private SaliencySummary() {}

  /** A row a map. */
  static String text(List<ExplainedMap> maps) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "IMAGE",
            "p(cat)",
            "METHOD",
            "MEAN |VALUE|",
            "EDGE INDEX",
            "P",
            "RHO(u, |V|)",
            "P",
            ""));
    for (ExplainedMap of : maps) {
      rows.add(
          List.of(
              of.picture().name(),
              format("%.3f", of.picture().cat()),
              of.attribution().method().label(),
              format("%.3g", of.profile().profile().meanAbsolute()),
              of.edgeIndex().map(e -> format("%.3f", e.index())).orElse("-"),
              of.edgeIndex().map(e -> p(e.p())).orElse("-"),
              of.profile().byEdgeRank().map(t -> format("%+.2f", t.statistic())).orElse("-"),
              of.profile().byEdgeRank().map(t -> p(t.p())).orElse("-"),
              note(of.attribution())));
    }
    return TextTable.of(rows)
        + "edge index of |value|: 0.5 is everywhere alike, less is nearer the edge;"
        + System.lineSeparator()
        + "rho: rank correlation of the edge rank u (0 at the border) and |value|; p: against the map"
        + " shifted at random"
        + System.lineSeparator();
  }

  /** A row a tested map. */
  static String believed(List<TestedMap> maps) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "IMAGE", "METHOD", "DELETION P", "INSERTION P", "INFIDELITY", "SENSITIVITY", "RHO"));
    for (TestedMap tested : maps) {
      Faithfulness found = tested.faithfulness();
      rows.add(
          List.of(
              tested.map().picture().name(),
              tested.map().attribution().method().label(),
              found.causal().map(c -> p(c.deletion().logit().p())).orElse("-"),
              found.causal().map(c -> p(c.insertion().logit().p())).orElse("-"),
              found
                  .infidelity()
                  .filter(i -> !i.isFlat())
                  .map(i -> format("%.2f", i.scaled() / i.ofZeroMap()))
                  .orElse("-"),
              number(
                  "%.2f",
                  found.sensitivity().map(MaxSensitivity::relative).orElse(OptionalDouble.empty())),
              number("%+.2f", tested.rhoOfRandomised())));
    }
    return System.lineSeparator()
        + TextTable.of(rows)
        + "infidelity: of that of a map of zeros, with the best factor; rho: with the map once all"
        + " layers are drawn anew"
        + System.lineSeparator();
  }

  private static String note(Attribution of) {
    List<String> notes = new ArrayList<>();
    if (of.map().isZero()) {
      notes.add("zero everywhere: nothing stands out");
    }
    of.diagnostic(Diagnostic.WINDOWS)
        .ifPresent(
            windows ->
                notes.add(
                    "%s windows, %s scored, %s change nothing, %s duplicates"
                        .formatted(
                            whole(windows),
                            whole(of, Diagnostic.SCORED),
                            whole(of, Diagnostic.UNCHANGED),
                            whole(of, Diagnostic.DUPLICATES))));
    of.diagnostic(Diagnostic.COMPLETENESS_ERROR)
        .ifPresent(error -> notes.add(format("adds up but for %.2g", error)));
    of.diagnostic(Diagnostic.MEAN_STANDARD_ERROR)
        .ifPresent(error -> notes.add(format("standard error %.2g", error)));
    of.diagnostic(Diagnostic.LARGEST_DIFFERENCE)
        .ifPresent(
            largest ->
                notes.add(
                    format(
                        "%s verified, largest difference %.1e",
                        whole(of, Diagnostic.VERIFIED), largest)));
    return String.join("; ", notes);
  }

  private static String whole(Attribution of, Diagnostic what) {
    return whole(of.diagnostic(what).orElse(0));
  }

  private static String whole(double value) {
    return Long.toString(Math.round(value));
  }

  private static String number(String pattern, OptionalDouble value) {
    return value.isPresent() ? format(pattern, value.getAsDouble()) : "-";
  }

  private static String p(double p) {
    return p < 0.001 ? "<0.001" : format("%.3f", p);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
