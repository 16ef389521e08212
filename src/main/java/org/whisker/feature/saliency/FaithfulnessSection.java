package org.whisker.feature.saliency;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.io.Decimals;
import org.whisker.page.DataTable;
import org.whisker.page.Figure;
import org.whisker.page.Section;
import org.whisker.saliency.result.FaithfulnessRow;
import org.whisker.saliency.result.FaithfulnessTables;
import org.whisker.saliency.result.SaliencyFolder;

/** The section on the faithfulness of maps. */
final class FaithfulnessSection {
  private static final Map<String, String> CAPTIONS =
      Map.of(
          "deletion-insertion",
              "Deletion and insertion in the map's order, against 95 % of random orders and the"
                  + " mean of the shifted maps.",
          "randomisation", "Similarity of the map as layers are randomised from the output down.",
          "agreement", "Similarity of the maps of each pair of methods.");
  private static final Map<String, String> FILES =
      Map.of(
          "deletion-insertion", FaithfulnessTables.CURVES,
          "randomisation", FaithfulnessTables.RANDOMISATION,
          "agreement", FaithfulnessTables.AGREEMENT);

  /** Charts of further images are only in their folders. */
  private static final int MOST_PICTURES = 8;

  private FaithfulnessSection() {}

  /** Creates the section; its tables must be in the page's folder. */
  static Section of(SaliencyFolder folder, FaithfulnessTables tables) {
    List<String> tested = tables.images();
    List<Figure> figures = new ArrayList<>();
    folder.pictures().stream()
        .filter(picture -> tested.contains(picture.name()))
        .limit(MOST_PICTURES)
        .forEach(picture -> figures.addAll(figures(folder, picture, tables)));
    return new Section(
        "faithfulness",
        "Are the maps faithful?",
        List.of(
            "Deletion and insertion: a small p means that the map's order does better than that of the"
                + " same map under toroidal shifts, which is as smooth; in parentheses, than random"
                + " orders of the same pixels, which any smooth map may beat. SRG, the symmetric"
                + " relevance gain in logits: area between deletion of the most relevant pixels first"
                + " and of the least relevant first; above 0 is better. Infidelity: error of the map"
                + " in predicting the effect of occluded squares, after scaling by its best factor,"
                + " relative to an all-zero map; below 1 is better than that. Sensitivity: largest"
                + " relative change of the map when gray values change by up to 0.02.",
            "Randomised: rank correlation with the map of the network with all layers randomised;"
                + " should be near 0. A small p means that both maps are more alike in place than"
                + " under toroidal shifts, whatever the network has learned. Smooth: correlation of"
                + " the means of maps under noise (sMPRT). Complexity: relative rise of the entropy"
                + " of the map's values (eMPRT); above 0 is better."),
        figures,
        List.of(table(tables)),
        List.of());
  }

  /** As raster images: as vector graphics they are several times as large. */
  private static List<Figure> figures(
      SaliencyFolder folder, SaliencyFolder.Picture picture, FaithfulnessTables tables) {
    List<Figure> figures = new ArrayList<>();
    FaithfulnessFigures.charts(folder.of(picture), tables.of(picture.name()))
        .forEach(
            (name, chart) ->
                figures.add(
                    Figure.of(
                        chart.png(1),
                        picture.name() + ": " + CAPTIONS.get(name),
                        picture.name() + ". " + CAPTIONS.get(name),
                        FILES.get(name))));
    return figures;
  }

  private static DataTable table(FaithfulnessTables tables) {
    List<String> header =
        List.of(
            "Image",
            "Method",
            "Deletion p",
            "Insertion p",
            "SRG",
            "SRG p",
            "Infidelity, scaled",
            "Sensitivity",
            "Randomised ρ",
            "ρ p",
            "Smooth ρ",
            "Complexity");
    return new DataTable(
        header,
        tables.maps().stream().map(FaithfulnessSection::cells).toList(),
        "Results of the faithfulness tests",
        FaithfulnessTables.MAPS);
  }

  private static List<String> cells(FaithfulnessRow row) {
    FaithfulnessRow.InfidelityColumns infidelity = row.infidelity();
    FaithfulnessRow.Gain gain = row.gain();
    return List.of(
        row.image(),
        row.method(),
        p(row.deletion()),
        p(row.insertion()),
        gain == null ? "" : Decimals.fixed(gain.logit(), 2),
        gain == null ? "" : p(gain.rolled()),
        infidelity == null ? "" : number(infidelity.relative()),
        number(row.maxSensitivityRelative()),
        number(row.rhoAllLayersRandomised()),
        row.rhoAllLayersP().isPresent() ? p(row.rhoAllLayersP().getAsDouble()) : "",
        number(row.rhoAllLayersSmooth()),
        number(row.entropyRise()));
  }

  /** Against shifted maps, where there are such; then against random orders. */
  private static String p(FaithfulnessRow.@Nullable Causal curve) {
    if (curve == null) {
      return "";
    }
    FaithfulnessRow.Rolled rolled = curve.rolled();
    return rolled == null ? p(curve.p()) : p(rolled) + " (" + p(curve.p()) + ")";
  }

  private static String p(FaithfulnessRow.@Nullable Rolled rolled) {
    return rolled == null ? "" : p(rolled.p());
  }

  private static String p(double p) {
    return Decimals.probability(p);
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? Decimals.fixed(value.getAsDouble(), 2) : "";
  }
}
