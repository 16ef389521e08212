package org.whisker.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.whisker.chart.saliency.FaithfulnessFigures;
import org.whisker.io.Decimals;
import org.whisker.table.saliency.CausalColumns;
import org.whisker.table.saliency.FaithfulnessRow;
import org.whisker.table.saliency.FaithfulnessTables;
import org.whisker.table.saliency.FolderPicture;
import org.whisker.table.saliency.InfidelityColumns;
import org.whisker.table.saliency.SaliencyFolder;

/** The section on the faithfulness of maps. */
final class FaithfulnessSection {
  private static final Map<String, String> CAPTIONS =
      Map.of(
          "deletion-insertion",
              "Deletion and insertion in the map's order, against 95 % of random orders.",
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
            "Deletion and insertion: a small p means that the map's order does better than random"
                + " orders of the same pixels. Infidelity: error of the map in predicting the"
                + " effect of occluded squares, after scaling by its best factor, relative to an"
                + " all-zero map; below 1 is better than that. Sensitivity: largest relative change"
                + " of the map when gray values change by up to 0.02. Randomised: rank correlation"
                + " with the map of the network with all layers randomised; should be near 0."),
        figures,
        List.of(table(tables)),
        List.of());
  }

  /** As raster images: as vector graphics they are several times as large. */
  private static List<Figure> figures(
      SaliencyFolder folder, FolderPicture picture, FaithfulnessTables tables) {
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
            "Infidelity, scaled",
            "Sensitivity",
            "Randomised ρ");
    return new DataTable(
        header,
        tables.maps().stream().map(FaithfulnessSection::cells).toList(),
        "Results of the faithfulness tests",
        FaithfulnessTables.MAPS);
  }

  private static List<String> cells(FaithfulnessRow row) {
    InfidelityColumns infidelity = row.infidelity();
    return List.of(
        row.image(),
        row.method(),
        p(row.deletion()),
        p(row.insertion()),
        infidelity == null ? "" : number(infidelity.relative()),
        number(row.maxSensitivityRelative()),
        number(row.rhoAllLayersRandomised()));
  }

  private static String p(@Nullable CausalColumns curve) {
    return curve == null ? "" : Decimals.fixed(curve.p(), 3);
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? Decimals.fixed(value.getAsDouble(), 2) : "";
  }
}
