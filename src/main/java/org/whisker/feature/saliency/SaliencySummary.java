package org.whisker.feature.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.command.TextTable;
import org.whisker.saliency.result.FaithfulnessRow;
import org.whisker.saliency.result.SaliencyRow;

/** Maps in a few lines. */
final class SaliencySummary {
  private SaliencySummary() {}

  /** A row a map. */
  static String text(List<SaliencyRow> maps) {
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
    for (SaliencyRow of : maps) {
      rows.add(
          List.of(
              of.image(),
              format("%.3f", of.pCat()),
              of.method(),
              format("%.3g", of.meanAbsolute()),
              number("%.3f", of.edgeIndex()),
              p(of.pEdgeIndex()),
              number("%+.2f", of.rhoEdgeRank()),
              p(of.pEdgeRank()),
              note(of)));
    }
    return TextTable.of(rows)
        + "edge index of |value|: 0.5 is everywhere alike, less is nearer the edge;"
        + System.lineSeparator()
        + "rho: rank correlation of the edge rank u (0 at the border) and |value|; p: against the map"
        + " shifted at random"
        + System.lineSeparator();
  }

  /** A row a tested map. */
  static String believed(List<FaithfulnessRow> maps) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "IMAGE",
            "METHOD",
            "ORDER",
            "DELETION",
            "P",
            "INSERTION",
            "P",
            "SRG",
            "P",
            "INFIDELITY",
            "SENSITIVITY",
            "RHO",
            "P",
            "SMOOTH RHO",
            "COMPLEXITY"));
    for (FaithfulnessRow tested : maps) {
      FaithfulnessRow.InfidelityColumns infidelity = tested.infidelity();
      FaithfulnessRow.Gain gain = tested.gain();
      rows.add(
          List.of(
              tested.image(),
              tested.method(),
              tested.order(),
              effect(tested.deletion()),
              p(tested.deletion()),
              effect(tested.insertion()),
              p(tested.insertion()),
              gain == null ? "-" : format("%+.2f", gain.logit()),
              gain == null ? "-" : p(gain.rolled()),
              infidelity == null ? "-" : number("%.2f", infidelity.relative()),
              number("%.2f", tested.maxSensitivityRelative()),
              number("%+.2f", tested.rhoAllLayersRandomised()),
              p(tested.rhoAllLayersP()),
              number("%+.2f", tested.rhoAllLayersSmooth()),
              number("%+.2f", tested.entropyRise())));
    }
    return System.lineSeparator()
        + TextTable.of(rows)
        + "deletion, insertion: area under the curve of the logit, less that of shifted maps"
        + System.lineSeparator()
        + "p: against toroidal shifts of the map; SRG: symmetric relevance gain in logits, above 0 is"
        + " better;"
        + System.lineSeparator()
        + "infidelity: relative to an all-zero map, after scaling by the best factor; rho: with the"
        + " map of the network with all layers randomised;"
        + System.lineSeparator()
        + "smooth rho: of means under noise; complexity: relative rise of the map's entropy with all"
        + " layers randomised, above 0 is better"
        + System.lineSeparator();
  }

  private static String effect(FaithfulnessRow.@Nullable Causal curve) {
    if (curve == null) {
      return "-";
    }
    FaithfulnessRow.Rolled rolled = curve.rolled();
    return rolled == null ? "-" : format("%+.2f", curve.aucLogit() - rolled.mean());
  }

  /** A map of copies that are no longer what the image is says nothing of the image. */
  private static String noisy(SaliencyRow of, double p) {
    String said =
        format(
            "noise %.2g: mean p(cat) of noisy copies %.3f",
            of.diagnosed().noise().orElseThrow(), p);
    return p > 0.5 == of.pCat() > 0.5
        ? said
        : said + ", the other side: they are explained, not the image; give less --noise";
  }

  private static String complete(double share, OptionalDouble steps) {
    String adds = format("adds up but for %.2g %%", 100 * share);
    return steps.isPresent() ? adds + " with " + whole(steps) + " steps" : adds;
  }

  private static String note(SaliencyRow of) {
    List<String> notes = new ArrayList<>();
    if (of.zero()) {
      notes.add("zero everywhere: nothing stands out");
    }
    SaliencyRow.Diagnostics known = of.diagnosed();
    known
        .windows()
        .ifPresent(
            windows ->
                notes.add(
                    "%s windows, %s scored, %s change nothing, %s duplicates"
                        .formatted(
                            whole(windows),
                            whole(known.scored()),
                            whole(known.unchanged()),
                            whole(known.duplicates()))));
    known.noisyPCat().ifPresent(p -> notes.add(noisy(of, p)));
    of.completenessShare().ifPresent(share -> notes.add(complete(share, known.steps())));
    known.meanStandardError().ifPresent(error -> notes.add(format("standard error %.2g", error)));
    known
        .largestDifference()
        .ifPresent(
            largest ->
                notes.add(
                    format(
                        "%s verified, largest difference %.1e", whole(known.verified()), largest)));
    return String.join("; ", notes);
  }

  private static String whole(OptionalDouble value) {
    return whole(value.orElse(0));
  }

  private static String whole(double value) {
    return Long.toString(Math.round(value));
  }

  private static String number(String pattern, OptionalDouble value) {
    return value.isPresent() ? format(pattern, value.getAsDouble()) : "-";
  }

  private static String p(FaithfulnessRow.@Nullable Causal curve) {
    return curve == null ? "-" : p(curve.rolled());
  }

  private static String p(FaithfulnessRow.@Nullable Rolled rolled) {
    return rolled == null ? "-" : p(OptionalDouble.of(rolled.p()));
  }

  private static String p(OptionalDouble p) {
    return p.isPresent() && p.getAsDouble() < 0.001 ? "<0.001" : number("%.3f", p);
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
